package io.plantbus.simulators.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.simulators.BusSimulation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedRs485Test {
  private static final SerialSettings SETTINGS = SerialSettings.MODBUS_DEFAULT;
  private static final byte[] FRAME = {1, 3, 0, 0, 0, 2, (byte) 0xC4, 0x0B};
  private static final long SECOND = 1_000_000_000L;

  private final BusSimulation simulation = new BusSimulation(7);
  private final SimulatedRs485 pair = new SimulatedRs485(simulation, "rs485");

  private static byte[] readAll(SerialLine line) throws PortException {
    byte[] into = new byte[256];
    return Arrays.copyOf(into, line.read(into, 0, into.length));
  }

  @Test
  void everybodyElseHearsAFrameAfterItsByteTimes() throws PortException {
    SerialLine master = pair.opener("master", SETTINGS).open();
    SerialLine slave1 = pair.opener("slave1", SETTINGS).open();
    SerialLine slave2 = pair.opener("slave2", SETTINGS).open();
    assertEquals(8, master.write(FRAME, 0, 8));
    simulation.runUntil(8 * SETTINGS.characterNanos() - 1);
    assertArrayEquals(Arrays.copyOf(FRAME, 7), readAll(slave1));
    simulation.runFor(1);
    assertArrayEquals(Arrays.copyOfRange(FRAME, 7, 8), readAll(slave1));
    assertEquals(8 * SETTINGS.characterNanos(), slave1.arrivalNanos());
    assertArrayEquals(FRAME, readAll(slave2));
    assertEquals(0, readAll(master).length);
    assertEquals(8 * SETTINGS.characterNanos(), pair.busyNanos());
  }

  @Test
  void anAdapterThatHearsItselfGetsItsEcho() throws PortException {
    SerialLine master = pair.opener("master", SETTINGS, new Adapter(0, true)).open();
    master.write(FRAME, 0, 8);
    simulation.runFor(SECOND);
    assertArrayEquals(FRAME, readAll(master));
  }

  @Test
  void aUsbAdapterHandsOverWhatItGathered() throws PortException {
    SerialLine master = pair.opener("master", SETTINGS).open();
    SerialLine slave = pair.opener("slave", SETTINGS, Adapter.USB).open();
    int[] calls = {0};
    slave.onActivity(() -> calls[0]++);
    master.write(FRAME, 0, 8);
    simulation.runUntil(15_999_999);
    assertEquals(0, readAll(slave).length);
    simulation.runUntil(16_000_000);
    assertArrayEquals(FRAME, readAll(slave));
    assertEquals(1, calls[0]);
    assertEquals(16_000_000, slave.arrivalNanos());
  }

  @Test
  void twoAtOnceGarbleEachOther() throws PortException {
    SerialLine one = pair.opener("one", SETTINGS).open();
    SerialLine two = pair.opener("two", SETTINGS).open();
    SerialLine listener = pair.opener("listener", SETTINGS).open();
    one.write(FRAME, 0, 8);
    simulation.runFor(SETTINGS.characterNanos() / 2);
    two.write(FRAME, 0, 8);
    simulation.runFor(SECOND);
    assertEquals(16, pair.collisions());
    byte[] heard = readAll(listener);
    assertEquals(16, heard.length);
    assertFalse(Arrays.equals(FRAME, Arrays.copyOf(heard, 8)));
    assertTrue(
        simulation.transcript().lines().stream().anyMatch(line -> line.endsWith("one collision")));
  }

  @ParameterizedTest
  @CsvSource({"9600,8E1", "38400,8E1", "115200,8N1", "19200,8O1", "19200,8N1", "19200,7E1"})
  void aReceiverWithOtherSettingsReadsGarbage(int baud, String format) throws PortException {
    SerialLine master = pair.opener("master", SETTINGS).open();
    SerialLine slave = pair.opener("slave", SerialSettings.of(baud, format)).open();
    master.write(FRAME, 0, 8);
    simulation.runFor(SECOND);
    byte[] heard = readAll(slave);
    assertTrue(heard.length > 0);
    assertFalse(Arrays.equals(FRAME, heard));
  }

  @Test
  void anUnpluggedAdapterIsLostUntilItIsPluggedInAgain() throws PortException {
    SerialOpener opener = pair.opener("master", SETTINGS);
    SerialLine master = opener.open();
    int[] calls = {0};
    master.onActivity(() -> calls[0]++);
    pair.unplug("master");
    assertEquals(LinkState.LOST, master.state());
    assertEquals(1, calls[0]);
    PortException lost = assertThrows(PortException.class, () -> readAll(master));
    assertEquals(PortFault.LOST, lost.fault());
    PortException missing = assertThrows(PortException.class, opener::open);
    assertEquals(PortFault.MISSING, missing.fault());
    pair.replug("master");
    assertEquals(LinkState.OPEN, opener.open().state());
  }

  @Test
  void aDisconnectedStationNeitherHearsNorIsHeard() throws PortException {
    SerialLine master = pair.opener("master", SETTINGS).open();
    SerialLine slave = pair.opener("slave", SETTINGS).open();
    pair.setDisconnected("slave", true);
    master.write(FRAME, 0, 8);
    simulation.runFor(SECOND);
    slave.write(FRAME, 0, 8);
    simulation.runFor(SECOND);
    assertEquals(0, readAll(slave).length);
    assertEquals(0, readAll(master).length);
    pair.setDisconnected("slave", false);
    master.write(FRAME, 0, 8);
    simulation.runFor(SECOND);
    assertArrayEquals(FRAME, readAll(slave));
  }

  @Test
  void aPortIsOpenedOnlyOnceAtATime() throws PortException {
    SerialOpener opener = pair.opener("master", SETTINGS);
    SerialLine first = opener.open();
    assertEquals(PortFault.BUSY, assertThrows(PortException.class, opener::open).fault());
    first.close();
    assertEquals(PortFault.CLOSED, assertThrows(PortException.class, () -> readAll(first)).fault());
    opener.open();
  }

  @Test
  void bytesBeyondTheReceiveBufferAreCounted() throws PortException {
    SerialLine master = pair.opener("master", SETTINGS).open();
    SerialLine slave = pair.opener("slave", SETTINGS).open();
    byte[] many = new byte[4_096];
    assertEquals(4_096, master.write(many, 0, many.length));
    assertTrue(master.write(many, 0, many.length) < 2);
    simulation.runFor(10 * SECOND);
    master.write(many, 0, 100);
    simulation.runFor(10 * SECOND);
    assertTrue(slave.overruns() >= 100);
  }
}
