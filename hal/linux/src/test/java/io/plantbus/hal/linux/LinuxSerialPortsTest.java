package io.plantbus.hal.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.LineDirection;
import io.plantbus.hal.LineDirection.WhenRefused;
import io.plantbus.hal.LineErrors;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ports with what a UART has, lent to pseudo terminals. What every serial line does is tested
/// elsewhere, for all of them.
@Timeout(30)
class LinuxSerialPortsTest {
  private static final SerialSettings SETTINGS = SerialSettings.of(19_200, "8N1");
  private static UartShim uart;

  private final Semaphore active = new Semaphore(0);
  private final Semaphore peerActive = new Semaphore(0);
  private LinuxSerialPorts ports;
  private PseudoTerminal peer;

  @BeforeAll
  static void compile(@TempDir Path directory) throws Exception {
    uart = UartShim.compile(directory);
  }

  @BeforeEach
  void connect() throws PortException {
    uart.reset();
    ports = new LinuxSerialPorts(NanoClock.system(), uart.symbols());
    peer = PseudoTerminal.open(SETTINGS, NanoClock.system());
    peer.onActivity(peerActive::release);
  }

  @AfterEach
  void disconnect() {
    peer.close();
  }

  private SerialLine open(LineDirection direction) throws PortException {
    SerialLine line = ports.open(peer.slavePath().toString(), SETTINGS.withDirection(direction));
    line.onActivity(active::release);
    return line;
  }

  private PortException refusal(LineDirection direction) {
    PortException refused = assertThrows(PortException.class, () -> open(direction).close());
    assertEquals(PortFault.UNSUPPORTED_SETTINGS, refused.fault());
    return refused;
  }

  private static byte[] receive(Link link, Semaphore activity, int count) throws Exception {
    byte[] into = new byte[count];
    int received = link.read(into, 0, count);
    while (received < count) {
      assertTrue(activity.tryAcquire(10, TimeUnit.SECONDS), "activity within the time allowed");
      received += link.read(into, received, count - received);
    }
    return into;
  }

  /// Waits until something was asked once more than for the opening.
  private static void awaitInJournal(String entry) {
    while (uart.journal().stream().filter(entry::equals).count() < 2) {
      Thread.onSpinWait();
    }
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @Covers(Requirement.RTS_DIRECTION)
  @Test
  void directionByKernelIsSetInFullAndReadBack() throws Exception {
    LineDirection asked =
        LineDirection.KERNEL
            .withRtsHighWhileSending(false)
            .withDelaysMicros(1000, 2000)
            .withReceiveWhileSending(true)
            .withWhenRefused(WhenRefused.FAIL);
    try (SerialLine line = open(asked)) {
      assertEquals(
          "19200 8N1, RS-485 direction by kernel, low while sending, 1000 us before, 2000 us after,"
              + " receiving while sending, low latency",
          line.appliedSettings());
    }
    assertEquals("rs485 15 before 1 after 2", uart.journal().getFirst());
  }

  @Test
  void echoOfTheTransceiverIsOffUnlessAskedFor() throws Exception {
    uart.enableRs485(0x10);
    try (SerialLine line = open(LineDirection.KERNEL)) {
      assertEquals("19200 8N1, RS-485 direction by kernel, low latency", line.appliedSettings());
    }
    assertEquals("rs485 3 before 0 after 0", uart.journal().getFirst());
  }

  @Test
  void whatTheDriverMadeOfItIsNamedWhereItDiffers() throws Exception {
    uart.forceRs485(0x10, 0);
    try (SerialLine line = open(LineDirection.KERNEL.withDelaysMicros(300, 0))) {
      assertEquals(
          "19200 8N1, RS-485 direction by kernel, 1000 us before, receiving while sending"
              + " (asked for RS-485 direction by kernel, 300 us before), low latency",
          line.appliedSettings());
    }
  }

  @Test
  void directionThatWasSetBeforeIsLeftAloneAndNamed() throws Exception {
    uart.enableRs485(0x3);
    try (SerialLine line = open(LineDirection.NONE)) {
      assertEquals(
          "19200 8N1, RS-485 direction by kernel (set before, not asked for), low latency",
          line.appliedSettings());
    }
    assertTrue(uart.journal().stream().noneMatch(entry -> entry.startsWith("rs485")));
  }

  @Test
  void successThatReadsBackAsOffIsARefusal() {
    uart.forceRs485(0, 0x1);
    PortException refused = refusal(LineDirection.KERNEL.withWhenRefused(WhenRefused.FAIL));

    assertTrue(refused.getMessage().contains("reads back as off"), refused::getMessage);
  }

  @Test
  void aDriverWithoutRs485IsARefusalWithARemedy() {
    uart.failRs485With(Errno.ENOTTY);
    PortException refused = refusal(LineDirection.KERNEL.withWhenRefused(WhenRefused.FAIL));

    assertTrue(refused.getMessage().contains("errno 25"), refused::getMessage);
    assertTrue(refused.getMessage().contains("let RTS or the adapter"), refused::getMessage);
  }

  @Test
  void rtsStepsInForTheKernelWhereThatIsAllowed() throws Exception {
    uart.failRs485With(Errno.ENOTTY);
    try (SerialLine line = open(LineDirection.KERNEL.withWhenRefused(WhenRefused.RTS))) {
      assertEquals(
          "19200 8N1, RS-485 direction by RTS (the driver does not do it by kernel), low latency",
          line.appliedSettings());
      line.write(new byte[] {1}, 0, 1);
      assertEquals(1, receive(peer, peerActive, 1)[0]);
    }
    assertTrue(uart.journal().containsAll(List.of("RTS off", "RTS on")), uart.journal()::toString);
  }

  @Test
  void rtsIsRaisedBeforeTheFrameAndDroppedWhenTheTransmitterIsEmpty() throws Exception {
    uart.busyFor(2);
    try (SerialLine line = open(LineDirection.RTS)) {
      assertEquals("19200 8N1, RS-485 direction by RTS, low latency", line.appliedSettings());
      assertEquals(256, line.write(everyByte(), 0, 256));
      assertArrayEquals(everyByte(), receive(peer, peerActive, 256));
      awaitInJournal("RTS off");
    }
    assertEquals(
        List.of(
            "RTS off",
            "rs485 0 before 0 after 0",
            "DTR on",
            "exclusive",
            "RTS on",
            "sends 256",
            "transmitter busy",
            "transmitter busy",
            "transmitter empty",
            "RTS off"),
        uart.journal().subList(0, 10));
  }

  @Test
  void rtsFollowsTheComputedTimeWhereTheDriverDoesNotTell() throws Exception {
    uart.failTransmitterWith(Errno.ENOTTY);
    long before;
    try (SerialLine line = open(LineDirection.RTS.withRtsHighWhileSending(false))) {
      before = System.nanoTime();
      line.write(everyByte(), 0, 96);
      awaitInJournal("RTS on");
    }
    assertTrue(System.nanoTime() - before >= 96 * SETTINGS.characterNanos());
    assertEquals(
        List.of("RTS off", "sends 96", "RTS on"),
        uart.journal().subList(4, 7),
        uart.journal()::toString);
  }

  @Test
  void directionByRtsNeedsAnRtsAndADriverThatKeepsOff() {
    uart.forceRs485(0x1, 0);
    assertTrue(refusal(LineDirection.RTS).getMessage().contains("ask for direction by kernel"));

    uart.failRtsWith(Errno.EINVAL);
    assertTrue(refusal(LineDirection.RTS).getMessage().contains("has no RTS"));
  }

  @Test
  void anRtsThatStopsMovingLosesThePort() throws Exception {
    try (SerialLine line = open(LineDirection.RTS)) {
      uart.failRtsWith(Errno.EIO);
      line.write(new byte[] {1}, 0, 1);
      while (line.state() == LinkState.OPEN) {
        assertTrue(active.tryAcquire(10, TimeUnit.SECONDS));
      }
      PortException lost = assertThrows(PortException.class, () -> line.write(everyByte(), 0, 1));
      assertEquals(PortFault.LOST, lost.fault());
      assertTrue(lost.getMessage().contains("switching direction"), lost::getMessage);
    }
  }

  @Test
  void everyByteValuePassesAlthoughDamageIsMarked() throws Exception {
    try (SerialLine line = open(LineDirection.NONE)) {
      for (int round = 0; round < 4; round++) {
        peer.write(everyByte(), 0, 256);
        peer.write(new byte[] {-1, 0, 5, -1}, 0, 4);
        assertArrayEquals(everyByte(), receive(line, active, 256));
        assertArrayEquals(new byte[] {-1, 0, 5, -1}, receive(line, active, 4));
      }
      assertEquals(LineErrors.NONE, line.errors());
    }
  }

  @Covers(Requirement.PARITY_DAMAGE)
  @Test
  void aCharacterWithAWrongParityBitIsCountedAndIsNoData() throws Exception {
    uart.damage('E');
    try (SerialLine line = open(LineDirection.NONE)) {
      peer.write(new byte[] {1, 'E', 2, 'E', 3}, 0, 5);
      assertArrayEquals(new byte[] {1, 2, 3}, receive(line, active, 3));
      assertEquals(new LineErrors(2, 2, 0, 2, 4), line.errors());
    }
  }

  @Test
  void aPortIsHeldExclusivelyUntilItIsClosed() throws Exception {
    try (SerialLine line = open(LineDirection.NONE)) {
      PortException refused = assertThrows(PortException.class, () -> open(LineDirection.NONE));
      assertEquals(PortFault.BUSY, refused.fault());
      assertTrue(refused.getMessage().contains("fuser"), refused::getMessage);
      assertEquals(LinkState.OPEN, line.state());
    }
    open(LineDirection.NONE).close();
    assertTrue(uart.journal().containsAll(List.of("exclusive", "shared")));
  }

  @Test
  void aMissingDeviceAndAFileAreNoPorts(@TempDir Path directory) throws Exception {
    String missing = directory.resolve("ttyUSB0").toString();
    PortException refused =
        assertThrows(PortException.class, () -> ports.opener(missing, SETTINGS).open());
    assertEquals(PortFault.MISSING, refused.fault());
    assertTrue(refused.getMessage().contains(missing), refused::getMessage);

    LinuxSerialPorts plain = new LinuxSerialPorts(NanoClock.system());
    String file = Files.createFile(directory.resolve("notes.txt")).toString();
    for (String device : List.of(file, "/dev/null")) {
      for (LineDirection direction : List.of(LineDirection.NONE, LineDirection.RTS)) {
        SerialSettings asked = SETTINGS.withDirection(direction);
        refused = assertThrows(PortException.class, () -> plain.open(device, asked));
        assertEquals(PortFault.UNSUPPORTED_SETTINGS, refused.fault());
        assertTrue(refused.getMessage().contains("is no serial port"), refused::getMessage);
      }
    }
  }
}
