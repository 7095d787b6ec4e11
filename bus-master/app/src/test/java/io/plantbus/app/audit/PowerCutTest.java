package io.plantbus.app.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.audit.AuditSpec.Sync;
import io.plantbus.hal.NanoClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PowerCutTest {
  private static final int RECORDS = 50;

  @TempDir private Path folder = Path.of("");

  @Test
  void whatWasOnTheDiskIsThereAfterTheProcessWasKilled() throws Exception {
    Path file = folder.resolve("audit.jsonl");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<String> promised = new HashSet<>();
    try (BufferedReader out = child.inputReader()) {
      for (int i = 0; i < RECORDS; i++) {
        promised.add(String.valueOf(out.readLine()));
      }
      child.destroyForcibly();
      out.lines().filter(line -> !line.isEmpty()).forEach(promised::add);
    } catch (IOException | UncheckedIOException _) {
      // The pipe broke with the process.
    } finally {
      child.destroyForcibly();
    }
    assertTrue(child.waitFor(20, TimeUnit.SECONDS));
    assertNotEquals(0, child.exitValue());

    AuditLog.open(new AuditSpec(file, 100_000_000, 1, Sync.EACH), "next", NanoClock.system())
        .close();

    List<String> lines = Files.readAllLines(file);
    Set<String> kept = new HashSet<>();
    for (String line : lines) {
      assertTrue(line.startsWith("{") && line.endsWith("}"), line);
      kept.add(line.replaceAll(".*\"id\":([0-9]+).*", "$1"));
    }
    assertTrue(promised.size() >= RECORDS, "only " + promised);
    promised.removeAll(kept);
    assertEquals(Set.of(), promised, "promised and lost");
    assertTrue(lines.getLast().contains("\"withoutOutcome\""));
  }
}
