package io.plantbus.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher itself, with a `java` that writes down what it is asked to do.
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "the launcher is a shell script")
class LauncherTest {
  private static final Path SCRIPT = Path.of("../../plantbus");
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path home;
  private Path jar;
  private Path archive;
  private Path calls;

  @BeforeEach
  void layOut() throws IOException {
    executable(home.resolve("plantbus"), Files.readString(SCRIPT));
    Path built = Files.createDirectories(home.resolve("bus-master/app/target/plantbus/lib"));
    jar = Files.createFile(built.resolve("plantbus-bus-master-app-0.1.jar"));
    archive = built.resolveSibling("classes.jsa");
    calls = home.resolve("calls");
    Path programs = Files.createDirectories(home.resolve("jdk/bin"));
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
    executable(
        programs.resolve("java"),
        """
        #!/bin/sh
        echo "$*" >>"%s"
        for word; do
          case $word in -XX:ArchiveClassesAtExit=*) : >"${word#*=}" ;; esac
        done
        """
            .formatted(calls));
    age(Files.createFile(home.resolve("pom.xml")), LONG_AGO);
    age(jar, LONG_AGO);
    age(built, LONG_AGO);
    Files.createFile(built.resolveSibling("built"));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void age(Path file, Instant time) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  /// @return what `java` was asked to do, call by call
  private List<String> launch(String... arguments) throws Exception {
    Files.deleteIfExists(calls);
    ProcessBuilder launcher = new ProcessBuilder(home.resolve("plantbus").toString());
    launcher.command().addAll(List.of(arguments));
    launcher.environment().put("PLANTBUS_JAVA_HOME", home.resolve("jdk").toString());
    launcher.environment().remove("PLANTBUS_JAVA_OPTS");
    Process run =
        launcher.redirectErrorStream(true).redirectOutput(home.resolve("output").toFile()).start();
    assertTrue(run.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, run.exitValue(), () -> output());
    return Files.readAllLines(calls);
  }

  private String output() {
    try {
      return Files.readString(home.resolve("output"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private static boolean archives(String call) {
    return call.contains("-XX:ArchiveClassesAtExit=");
  }

  @Test
  void theFirstStartMakesTheArchiveOfClassesAndLaterOnesUseIt() throws Exception {
    List<String> first = launch("check", "a b.yaml");
    assertEquals(2, first.size());
    assertTrue(archives(first.getFirst()));
    assertTrue(first.getLast().contains("-XX:SharedArchiveFile=" + archive));
    assertTrue(first.getLast().endsWith("-jar " + jar + " check a b.yaml"));
    List<String> second = launch("check");
    assertEquals(1, second.size());
    assertFalse(archives(second.getFirst()));
  }

  @Test
  void theArchiveIsMadeAnewWhenAJarIsNewer() throws Exception {
    launch("check");
    age(jar, Instant.now().plus(Duration.ofMinutes(1)));
    List<String> again = launch("check");
    assertEquals(2, again.size());
    assertTrue(archives(again.getFirst()));
  }

  @Test
  void theArchiveIsMadeAnewWhenAJarIsAddedOrTakenOut() throws Exception {
    launch("check");
    age(archive, LONG_AGO.plus(Duration.ofDays(1)));
    age(Files.createFile(jar.resolveSibling("another.jar")), LONG_AGO);
    assertTrue(archives(launch("check").getFirst()));
  }

  @Test
  void onlyTheSoakGetsTheSecondCompiler() throws Exception {
    assertFalse(launch("run").getLast().contains("TieredStopAtLevel=4"));
    assertTrue(launch("soak", "--hours", "1").getLast().contains("TieredStopAtLevel=4"));
  }
}
