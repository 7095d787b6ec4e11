package io.plantbus.app.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.audit.AuditSpec.Sync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  @TempDir private Path folder = Path.of("");
  private final Disk disk = new Disk();

  private Path path() {
    return folder.resolve("audit.jsonl");
  }

  private AuditFile open(int keep) throws IOException {
    return AuditFile.open(new AuditSpec(path(), 4096, keep, Sync.GROUPED), disk::open);
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private List<String> lines() throws IOException {
    String text = Files.readString(path());
    assertTrue(text.isEmpty() || text.endsWith("\n"), "ends with a whole line");
    return text.lines().toList();
  }

  @Test
  void aFileThatWasCutAtAnyByteKeepsItsWholeLinesAndTakesMore() throws IOException {
    byte[] whole = "first\nsecond ü\nthird\n".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(path(), cut);
      AuditFile file = open(1);
      file.append(line("next"));
      file.close();
      String text = new String(cut, StandardCharsets.UTF_8);
      String kept = text.substring(0, text.lastIndexOf('\n') + 1);
      assertEquals(kept + "next\n", Files.readString(path()), "cut to " + length);
      assertEquals(
          length - kept.getBytes(StandardCharsets.UTF_8).length, file.tornBytes(), "at " + length);
    }
  }

  @Test
  void aTornLineLongerThanABlockIsCutOffToo() throws IOException {
    Files.writeString(path(), "first\n" + "x".repeat(200_000));
    AuditFile file = open(1);
    file.close();
    assertEquals(200_000, file.tornBytes());
    assertEquals(List.of("first"), lines());
  }

  @Test
  void aFullFileIsFollowedByTheNextAndOnlySoManyStay() throws IOException {
    AuditFile file = open(2);
    for (int i = 0; i < 50; i++) {
      file.append(line(i + " " + "x".repeat(1000)));
    }
    file.close();
    assertTrue(lines().getLast().startsWith("49 "));
    assertTrue(Files.readString(folder.resolve("audit.jsonl.1")).startsWith("44 "));
    assertTrue(Files.readString(folder.resolve("audit.jsonl.2")).startsWith("40 "));
    assertFalse(Files.exists(folder.resolve("audit.jsonl.3")));
    try (var files = Files.list(folder)) {
      assertTrue(files.allMatch(each -> each.toFile().length() <= 4096));
    }
  }

  @Test
  void withoutOlderFilesTheNewestBeginsAnew() throws IOException {
    AuditFile file = open(0);
    for (int i = 0; i < 9; i++) {
      file.append(line(i + " " + "x".repeat(1000)));
    }
    file.close();
    assertEquals(1, lines().size());
    assertFalse(Files.exists(folder.resolve("audit.jsonl.1")));
  }

  @Test
  void aLineForWhichThereIsNoRoomLeavesNoPieceOfItself() throws IOException {
    AuditFile file = open(1);
    file.append(line("first"));
    disk.room.set(3);
    assertThrows(IOException.class, () -> file.append(line("second")));
    assertEquals(List.of("first"), lines());
    disk.room.set(1000);
    file.append(line("third"));
    file.close();
    assertEquals(List.of("first", "third"), lines());
  }

  @Test
  void aFileThatCannotBeOpenedSaysWhere() {
    Path nowhere = folder.resolve("missing").resolve("audit.jsonl");
    IOException failure =
        assertThrows(
            IOException.class,
            () -> AuditFile.open(new AuditSpec(nowhere, 4096, 1, Sync.GROUPED), AuditStore::open));
    assertTrue(String.valueOf(failure.getMessage()).contains(nowhere + " cannot be written"));
  }
}
