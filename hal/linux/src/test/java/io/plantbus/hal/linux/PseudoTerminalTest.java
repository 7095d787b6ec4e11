package io.plantbus.hal.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class PseudoTerminalTest {
  @TempDir Path directory;
  private final Semaphore active = new Semaphore(0);
  private PseudoTerminal terminal;

  @BeforeEach
  void open() throws PortException {
    terminal =
        PseudoTerminal.open(
            directory.resolve("ttyTest"), SerialSettings.MODBUS_DEFAULT, NanoClock.system());
    terminal.onActivity(active::release);
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  private RandomAccessFile peer() throws IOException {
    return new RandomAccessFile(terminal.slavePath().toFile(), "rw");
  }

  private byte[] receive(int count) throws PortException, InterruptedException {
    byte[] into = new byte[count];
    int received = terminal.read(into, 0, count);
    while (received < count) {
      assertTrue(active.tryAcquire(10, TimeUnit.SECONDS), "activity within the time allowed");
      received += terminal.read(into, received, count - received);
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

  @Test
  void everyByteValuePassesUnchangedInBothDirections() throws Exception {
    try (RandomAccessFile peer = peer()) {
      peer.write(everyByte());
      assertArrayEquals(everyByte(), receive(256));

      assertEquals(256, terminal.write(everyByte(), 0, 256));
      byte[] answer = new byte[256];
      peer.readFully(answer);
      assertArrayEquals(everyByte(), answer);
    }
  }

  @Test
  void bytesCarryAMonotonicTimeOfArrival() throws Exception {
    try (RandomAccessFile peer = peer()) {
      long before = System.nanoTime();
      peer.write(1);
      receive(1);
      long first = terminal.arrivalNanos();
      peer.write(2);
      receive(1);
      long second = terminal.arrivalNanos();

      assertTrue(before - first <= 0, "arrived after it was sent");
      assertTrue(first - second <= 0, "arrivals do not go back");
      assertTrue(second - System.nanoTime() <= 0, "arrived before it was read");
    }
  }

  @Test
  void aPeerThatClosesAndOpensAgainFindsTheLineInOrder() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (RandomAccessFile peer = peer()) {
        peer.write(round);
        assertEquals(round, receive(1)[0]);
        terminal.write(new byte[] {(byte) ~round}, 0, 1);
        assertEquals(~round & 0xFF, peer.read());
      }
      assertEquals(LinkState.OPEN, terminal.state());
    }
  }

  @Test
  void bytesWrittenBeforeAPeerOpensWaitForIt() throws Exception {
    assertEquals(3, terminal.write(new byte[] {7, 8, 9}, 0, 3));

    try (RandomAccessFile peer = peer()) {
      byte[] waiting = new byte[3];
      peer.readFully(waiting);
      assertArrayEquals(new byte[] {7, 8, 9}, waiting);
    }
  }

  @Test
  void anAnswerThatAPeerDidNotReadIsNotGivenToTheNextOne() throws Exception {
    try (RandomAccessFile peer = peer()) {
      peer.write(1);
      receive(1);
      terminal.write(new byte[] {66, 66}, 0, 2);
    }
    try (RandomAccessFile peer = peer()) {
      peer.write(2);
      assertEquals(2, receive(1)[0]);
      terminal.write(new byte[] {3}, 0, 1);
      assertEquals(3, peer.read());
    }
  }

  @Test
  void whatIsWrittenAfterAPeerHasLeftWaitsForTheNextOne() throws Exception {
    for (int round = 0; round < 100; round++) {
      peer().close();
      terminal.write(new byte[] {(byte) round}, 0, 1);
      try (RandomAccessFile next = peer()) {
        assertEquals(round, next.read());
      }
    }
  }

  @Test
  void aFullLineTakesNothingAndTellsWhenRoomComesFree() throws Exception {
    byte[] block = new byte[1024];
    int written = 0;
    int taken = terminal.write(block, 0, block.length);
    while (taken > 0) {
      written += taken;
      assertTrue(written < 1 << 20, "the kernel's buffer is bounded");
      taken = terminal.write(block, 0, block.length);
    }
    active.drainPermits();

    try (RandomAccessFile peer = peer()) {
      peer.readFully(new byte[written]);
      assertTrue(active.tryAcquire(10, TimeUnit.SECONDS));
      assertTrue(terminal.write(block, 0, block.length) > 0);
    }
  }

  @Test
  void bytesThatAreNotReadInTimeAreCounted() throws Exception {
    try (RandomAccessFile peer = peer()) {
      for (int i = 0; i < 64; i++) {
        peer.write(everyByte());
      }
      while (terminal.overruns() < 64 * 256 - 8192) {
        assertTrue(active.tryAcquire(10, TimeUnit.SECONDS));
      }
      assertEquals(64 * 256 - 8192, terminal.overruns());
      terminal.discardInput();
      assertEquals(0, terminal.read(new byte[1], 0, 1));
    }
  }

  @Test
  void nobodyOnTheOtherSideCostsNoProcessorTime() throws Exception {
    try (RandomAccessFile peer = peer()) {
      peer.write(1);
      receive(1);
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Thread reader = readerThread();
    long before = threads.getThreadCpuTime(reader.threadId());
    assertFalse(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS));
    long used = threads.getThreadCpuTime(reader.threadId()) - before;

    assertTrue(used < TimeUnit.MILLISECONDS.toNanos(100), () -> "used " + used + " ns of 500 ms");
  }

  private Thread readerThread() throws IOException {
    String name = "plantbus-pty-" + Files.readSymbolicLink(terminal.slavePath()).getFileName();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void closeRemovesTheNameAndEndsTheReaderAndMayBeRepeated() throws Exception {
    Thread reader = readerThread();
    terminal.close();
    terminal.close();

    assertFalse(Files.exists(directory.resolve("ttyTest"), LinkOption.NOFOLLOW_LINKS));
    assertTrue(reader.join(java.time.Duration.ofSeconds(10)));
    assertEquals(LinkState.CLOSED, terminal.state());
    PortException refused =
        assertThrows(PortException.class, () -> terminal.write(new byte[1], 0, 1));
    assertEquals(PortFault.CLOSED, refused.fault());
  }

  @Test
  void theKernelTellsTheSettingsOfAnOpenTerminal() throws Exception {
    SerialSettings inForce = TerminalSettings.inForce(terminal.slavePath().toRealPath());

    assertNotNull(inForce);
    assertEquals("50 8N1", inForce.toString());
  }

  @Test
  void aPeerLeavesNoSettingsToTheNextOne() throws Exception {
    Process stty =
        new ProcessBuilder("stty", "-F", terminal.slavePath().toString(), "sane", "19200").start();
    assertTrue(stty.waitFor(10, TimeUnit.SECONDS));
    Path device = terminal.slavePath().toRealPath();
    SerialSettings inForce = TerminalSettings.inForce(device);
    while (!"50 8N1".equals(String.valueOf(inForce))) {
      Thread.onSpinWait();
      inForce = TerminalSettings.inForce(device);
    }
    try (RandomAccessFile peer = peer()) {
      terminal.write(everyByte(), 0, 256);
      byte[] unchanged = new byte[256];
      peer.readFully(unchanged);
      assertArrayEquals(everyByte(), unchanged);
    }
  }

  @Test
  void aDeviceThatIsNotOpenHasNoSettingsToTell() {
    assertEquals(null, TerminalSettings.inForce(Path.of("/dev/ttyNobody")));
  }
}
