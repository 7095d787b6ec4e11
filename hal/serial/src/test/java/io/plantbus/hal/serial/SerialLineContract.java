package io.plantbus.hal.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import io.plantbus.hal.linux.PseudoTerminal;
import io.plantbus.hal.linux.TerminalSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every serial line does, shown over a pseudo terminal.
@EnabledOnOs(value = OS.LINUX, disabledReason = "pseudo terminals are made on Linux only")
@Timeout(30)
abstract class SerialLineContract {
  private static final SerialSettings SETTINGS = SerialSettings.MODBUS_DEFAULT;

  /// Opens a port in the way that is tested.
  abstract SerialLine open(String device, SerialSettings settings) throws PortException;

  /// The beginning of the name of a line's thread; the device's own name follows.
  abstract String threadPrefix();

  private final Semaphore peerActive = new Semaphore(0);
  private final Semaphore active = new Semaphore(0);
  @TempDir Path directory;
  private PseudoTerminal peer;
  private SerialLine line;

  @BeforeEach
  void openBoth() throws PortException {
    peer = PseudoTerminal.open(directory.resolve("ttyBench"), SETTINGS, NanoClock.system());
    peer.onActivity(peerActive::release);
    line = openLine();
  }

  private SerialLine openLine() throws PortException {
    SerialLine opened = open(peer.slavePath().toString(), SETTINGS);
    opened.onActivity(active::release);
    return opened;
  }

  @AfterEach
  void closeBoth() {
    line.close();
    peer.close();
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

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private Thread readerOf(PseudoTerminal peer) throws Exception {
    String name = threadPrefix() + peer.slavePath().toRealPath().getFileName();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void everyByteValuePassesUnchangedInBothDirections() throws Exception {
    assertEquals(256, line.write(everyByte(), 0, 256));
    assertArrayEquals(everyByte(), receive(peer, peerActive, 256));

    peer.write(everyByte(), 0, 256);
    assertArrayEquals(everyByte(), receive(line, active, 256));
  }

  @Test
  void aPartOfAnArrayIsSent() throws Exception {
    assertEquals(3, line.write(everyByte(), 17, 3));
    assertArrayEquals(new byte[] {17, 18, 19}, receive(peer, peerActive, 3));
  }

  @Test
  void manyRequestsAndAnswersKeepTheirOrder() throws Exception {
    for (int i = 0; i < 500; i++) {
      line.write(new byte[] {(byte) i, 1, 2, 3, 4, 5, 6, 7}, 0, 8);
      assertEquals((byte) i, receive(peer, peerActive, 8)[0]);
      peer.write(new byte[] {9, 8, 7, 6, (byte) i}, 0, 5);
      assertEquals((byte) i, receive(line, active, 5)[4]);
    }
    assertEquals(0, line.overruns());
  }

  @Test
  void bytesCarryAMonotonicTimeOfArrival() throws Exception {
    long before = System.nanoTime();
    peer.write(new byte[] {1}, 0, 1);
    receive(line, active, 1);
    long first = line.arrivalNanos();
    peer.write(new byte[] {2}, 0, 1);
    receive(line, active, 1);
    long second = line.arrivalNanos();

    assertTrue(before - first <= 0 && first - second <= 0 && second - System.nanoTime() <= 0);
  }

  @Test
  void bytesThatAreNotReadInTimeAreCounted() throws Exception {
    byte[] block = everyByte();
    int sent = 0;
    while (sent < 16384) {
      int taken = peer.write(block, 0, block.length);
      sent += taken;
      if (taken < block.length) {
        assertTrue(peerActive.tryAcquire(10, TimeUnit.SECONDS));
      }
    }
    while (line.overruns() < sent - 8192) {
      assertTrue(active.tryAcquire(10, TimeUnit.SECONDS));
    }
    assertEquals(sent - 8192, line.overruns());
    line.discardInput();
    assertEquals(0, line.read(new byte[1], 0, 1));
  }

  @Test
  void whatTheDriverAppliedIsReadBackAndDifferencesAreNamed() {
    assertEquals("rtu:" + directory.resolve("ttyBench") + "?baud=19200&format=8E1", line.name());
    assertEquals("19200 8N1 (asked for 19200 8E1)", line.appliedSettings());
    assertEquals(SETTINGS, line.settings());
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 9600, 19_200, 31_250, 115_200, 187_500, 921_600})
  void everySpeedIsReadBackAsItWasAskedFor(int baud) throws Exception {
    SerialSettings asked = SerialSettings.of(baud, "8N1");
    try (PseudoTerminal fresh = PseudoTerminal.open(asked, NanoClock.system());
        SerialLine fast = open(fresh.slavePath().toString(), asked)) {
      assertEquals(baud + " 8N1", fast.appliedSettings());
      assertEquals(asked, TerminalSettings.inForce(fresh.slavePath().toRealPath()));
    }
  }

  @Test
  void rs485ThatTheDriverDoesNotDoIsNamed() throws Exception {
    SerialSettings asked = SerialSettings.of(9600, "8N1").withRs485(true);
    try (PseudoTerminal fresh = PseudoTerminal.open(asked, NanoClock.system());
        SerialLine rs485 = open(fresh.slavePath().toString(), asked)) {
      assertEquals(
          "9600 8N1, RS-485 direction not switched by kernel (asked for, but the driver does not do it)",
          rs485.appliedSettings());
    }
  }

  @Test
  void rs485ThatIsInsistedOnIsRefusedWithARemedyAndThePortIsFreeAgain() throws Exception {
    LineDirection insisting = LineDirection.KERNEL.withWhenRefused(WhenRefused.FAIL);
    SerialSettings asked = SETTINGS.withDirection(insisting);
    try (PseudoTerminal fresh = PseudoTerminal.open(asked, NanoClock.system())) {
      String device = fresh.slavePath().toString();
      PortException refused = assertThrows(PortException.class, () -> open(device, asked));
      assertEquals(PortFault.UNSUPPORTED_SETTINGS, refused.fault());
      assertTrue(
          refused.getMessage().contains("does not switch RS-485 direction"), refused::getMessage);
      assertTrue(refused.getMessage().contains("a port whose driver does"), refused::getMessage);
      open(device, SETTINGS).close();
    }
  }

  @Test
  void directionByAnRtsThatIsNotThereIsRefused() throws Exception {
    SerialSettings asked = SETTINGS.withDirection(LineDirection.RTS);
    try (PseudoTerminal fresh = PseudoTerminal.open(asked, NanoClock.system())) {
      PortException refused =
          assertThrows(PortException.class, () -> open(fresh.slavePath().toString(), asked));
      assertEquals(PortFault.UNSUPPORTED_SETTINGS, refused.fault());
      assertTrue(refused.getMessage().contains("switches by itself"), refused::getMessage);
    }
  }

  @Test
  void nothingThatArrivesIsSentBack() throws Exception {
    peer.write(new byte[] {'a', '\r', '\n', 3, 17, 19, 26, 127}, 0, 8);
    assertArrayEquals(new byte[] {'a', '\r', '\n', 3, 17, 19, 26, 127}, receive(line, active, 8));
    line.write(new byte[] {42}, 0, 1);

    assertEquals(42, receive(peer, peerActive, 1)[0]);
    assertEquals(LineErrors.NONE, line.errors());
  }

  @Test
  void aVanishedDeviceHandsOutWhatCameBeforeAndIsLost() throws Exception {
    peer.write(new byte[] {1, 2}, 0, 2);
    assertTrue(active.tryAcquire(10, TimeUnit.SECONDS));
    peer.close();
    while (line.state() == LinkState.OPEN) {
      assertTrue(active.tryAcquire(10, TimeUnit.SECONDS));
    }

    assertEquals(LinkState.LOST, line.state());
    byte[] into = new byte[4];
    assertEquals(2, line.read(into, 0, 4));
    PortException first = assertThrows(PortException.class, () -> line.read(into, 0, 4));
    PortException again = assertThrows(PortException.class, () -> line.write(into, 0, 4));
    assertEquals(PortFault.LOST, first.fault());
    assertSame(first, again);
    assertTrue(first.getMessage().contains(line.name()), first::getMessage);
  }

  @Test
  void aVanishedDeviceCostsNoProcessorTime() throws Exception {
    Thread reader = readerOf(peer);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getThreadCpuTime(reader.threadId());
    peer.close();
    assertFalse(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS));
    long after = threads.getThreadCpuTime(reader.threadId());

    assertTrue(after < 0 || after - before < TimeUnit.MILLISECONDS.toNanos(100));
    assertTrue(reader.join(Duration.ofSeconds(10)), "the reader ends without a close");
  }

  @Test
  void anIdleLineCostsNoProcessorTime() throws Exception {
    Thread reader = readerOf(peer);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getThreadCpuTime(reader.threadId());
    assertFalse(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS));
    long used = threads.getThreadCpuTime(reader.threadId()) - before;

    assertTrue(used < TimeUnit.MILLISECONDS.toNanos(100), () -> "used " + used + " ns");
  }

  @Test
  void aDeviceThatComesBackUnderItsNameIsOpenedAgain() throws Exception {
    for (int round = 0; round < 3; round++) {
      peer.close();
      while (line.state() == LinkState.OPEN) {
        assertTrue(active.tryAcquire(10, TimeUnit.SECONDS));
      }
      line.close();
      peer = PseudoTerminal.open(directory.resolve("ttyBench"), SETTINGS, NanoClock.system());
      peer.onActivity(peerActive::release);
      line = openLine();
      line.write(new byte[] {(byte) round}, 0, 1);
      assertEquals(round, receive(peer, peerActive, 1)[0]);
    }
  }

  @Test
  void theSameDeviceCanBeOpenedAgainAtOnceAfterClosing() throws Exception {
    for (int round = 0; round < 5; round++) {
      line.close();
      line = openLine();
    }
    peer.write(new byte[] {42}, 0, 1);
    assertEquals(42, receive(line, active, 1)[0]);
  }

  @Test
  void bytesFromBeforeTheOpeningAreDropped() throws Exception {
    line.close();
    peer.write(new byte[] {66, 66}, 0, 2);
    line = openLine();
    peer.write(new byte[] {1}, 0, 1);

    assertEquals(1, receive(line, active, 1)[0]);
  }

  @Test
  void aFrameWrittenJustBeforeClosingStillLeaves() throws Exception {
    line.write(everyByte(), 0, 256);
    line.close();

    assertArrayEquals(everyByte(), receive(peer, peerActive, 256));
  }

  @Test
  void closeEndsTheReaderAndMayBeRepeated() throws Exception {
    Thread reader = readerOf(peer);
    line.close();
    line.close();

    assertFalse(reader.isAlive());
    assertEquals(LinkState.CLOSED, line.state());
    PortException refused = assertThrows(PortException.class, () -> line.read(new byte[1], 0, 1));
    assertEquals(PortFault.CLOSED, refused.fault());
  }

  @Test
  void aCallbackMayCloseTheLine() throws Exception {
    Thread reader = readerOf(peer);
    line.onActivity(line::close);
    peer.write(new byte[] {1}, 0, 1);

    assertTrue(reader.join(Duration.ofSeconds(10)));
    assertEquals(LinkState.CLOSED, line.state());
  }
}
