package io.plantbus.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class StableLinkTest {
  @TempDir Path directory;
  private Path link;

  @BeforeEach
  void name() {
    link = directory.resolve("ttyPump");
  }

  private PseudoTerminal open() throws PortException {
    return PseudoTerminal.open(link, SerialSettings.MODBUS_DEFAULT, NanoClock.system());
  }

  private PortFault refusal() {
    return assertThrows(PortException.class, this::open).fault();
  }

  @Test
  void aDanglingLinkToAPseudoTerminalIsReplaced() throws Exception {
    Files.createSymbolicLink(link, Path.of("/dev/pts/999999"));

    try (PseudoTerminal terminal = open()) {
      assertEquals(link, terminal.slavePath());
      assertTrue(Files.exists(link));
    }
    try (var left = Files.list(directory)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aLinkWhosePseudoTerminalWasMadeAfterItIsReplaced() throws Exception {
    Path reused;
    try (PseudoTerminal killed =
        PseudoTerminal.open(SerialSettings.MODBUS_DEFAULT, NanoClock.system())) {
      reused = killed.slavePath();
    }
    Files.createSymbolicLink(link, reused);
    awaitLaterFileTime();
    try (PseudoTerminal another =
            PseudoTerminal.open(SerialSettings.MODBUS_DEFAULT, NanoClock.system());
        PseudoTerminal terminal = open()) {
      assertTrue(Files.exists(another.slavePath()));
      assertEquals(link, terminal.slavePath());
    }
  }

  /// File times have the resolution of the kernel's tick on older kernels.
  private void awaitLaterFileTime() throws Exception {
    FileTime ofLink = (FileTime) Files.getAttribute(link, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    FileTime now = ofLink;
    while (now.compareTo(ofLink) <= 0) {
      Path probe = Files.createTempFile(directory, "probe", "");
      now = (FileTime) Files.getAttribute(probe, "unix:ctime");
      Files.delete(probe);
    }
  }

  @Test
  void aLinkInUseIsRefusedAndLeftAlone() throws Exception {
    try (PseudoTerminal first = open()) {
      Path target = Files.readSymbolicLink(link);
      assertEquals(PortFault.BUSY, refusal());
      assertEquals(target, Files.readSymbolicLink(link));
      assertEquals(link, first.slavePath());
    }
  }

  @Test
  void aFileIsRefusedAndLeftAlone() throws Exception {
    Files.writeString(link, "precious");

    assertEquals(PortFault.BUSY, refusal());
    assertEquals("precious", Files.readString(link));
  }

  @Test
  void aLinkToSomethingElseIsRefusedEvenWhereItDangles() throws Exception {
    Files.createSymbolicLink(link, Path.of("/dev/ttyUnplugged"));

    assertEquals(PortFault.BUSY, refusal());
    assertTrue(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aMissingDirectoryIsNamed() {
    link = directory.resolve("nowhere").resolve("ttyPump");

    PortException refused = assertThrows(PortException.class, this::open);
    assertEquals(PortFault.MISSING, refused.fault());
    assertTrue(refused.getMessage().contains(link.toString()));
  }

  @Test
  void aLinkThatAnotherRunHasTakenOverIsNotRemoved() throws Exception {
    try (PseudoTerminal terminal = open()) {
      Files.delete(link);
      Files.writeString(link, "somebody else");
      assertEquals(link, terminal.slavePath());
    }
    assertEquals("somebody else", Files.readString(link));
  }
}
