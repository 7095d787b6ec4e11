package io.plantbus.simulators.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.simulators.BusSimulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When runs of characters are handed over, and what becomes of them where they overlap.
class BurstsTest {
  private static final SerialSettings SETTINGS = SerialSettings.MODBUS_DEFAULT;
  private static final long CHARACTER = SETTINGS.characterNanos();
  private static final byte[] FRAME = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

  private final BusSimulation simulation = new BusSimulation(3);
  private final SimulatedRs485 pair = new SimulatedRs485(simulation, "pair");
  private final List<String> told = new ArrayList<>();

  private SerialLine open(String station, Adapter adapter) throws PortException {
    return pair.opener(station, SETTINGS, adapter).open();
  }

  private static byte[] read(SerialLine line) throws PortException {
    byte[] into = new byte[256];
    return Arrays.copyOf(into, line.read(into, 0, into.length));
  }

  /// Every hand-over as characters@nanos.
  private void follow(SerialLine line) {
    line.onActivity(
        () -> {
          try {
            int count = read(line).length;
            if (count > 0) {
              told.add(count + "@" + line.arrivalNanos() + "/" + simulation.nowNanos());
            }
          } catch (PortException lost) {
            throw new IllegalStateException(lost);
          }
        });
  }

  @Test
  void aWholeBurstIsHandedOverAtItsEndWhereverItWasExtended() throws PortException {
    SerialLine master = open("master", Adapter.DIRECT);
    follow(open("slave", Adapter.BURST));
    master.write(FRAME, 0, 4);
    simulation.runFor(CHARACTER / 2);
    master.write(FRAME, 4, 4);
    simulation.runUntil(20 * CHARACTER);
    master.write(FRAME, 8, 4);
    simulation.runFor(20 * CHARACTER);
    assertEquals(
        List.of(
            "8@" + 8 * CHARACTER + "/" + 8 * CHARACTER,
            "4@" + 24 * CHARACTER + "/" + 24 * CHARACTER),
        told);
  }

  @Test
  void aUartHandsOverAtItsLevelAndWhenNothingCameForFourCharacters() throws PortException {
    SerialLine master = open("master", Adapter.DIRECT);
    follow(open("slave", Adapter.UART));
    master.write(FRAME, 0, 12);
    simulation.runFor(40 * CHARACTER);
    assertEquals(
        List.of(
            "8@" + 8 * CHARACTER + "/" + 8 * CHARACTER,
            "4@" + 16 * CHARACTER + "/" + 16 * CHARACTER),
        told);
  }

  @Test
  void aUartGathersAcrossAShortGap() throws PortException {
    SerialLine master = open("master", Adapter.DIRECT);
    follow(open("slave", Adapter.UART));
    master.write(FRAME, 0, 5);
    simulation.runUntil(7 * CHARACTER);
    master.write(FRAME, 5, 5);
    simulation.runFor(40 * CHARACTER);
    assertEquals(
        List.of(
            "8@" + 10 * CHARACTER + "/" + 10 * CHARACTER,
            "2@" + 16 * CHARACTER + "/" + 16 * CHARACTER),
        told);
  }

  @Test
  void onlyCharactersThatOverlapAreGarbledAndBothDriversAreTold() throws PortException {
    SerialLine one = open("one", Adapter.DIRECT);
    SerialLine two = open("two", Adapter.DIRECT);
    SerialLine listener = open("listener", Adapter.DIRECT);
    pair.listen(
        new WireListener() {
          @Override
          public void burst(
              String station, long start, long end, byte[] bytes, int offset, int length) {
            told.add(station + " " + start + ".." + end + " " + length + " first " + bytes[offset]);
          }

          @Override
          public void collision(List<String> stations, long nanos) {
            told.add(stations + "@" + nanos);
          }
        });
    one.write(FRAME, 0, 12);
    long begin = 9 * CHARACTER + CHARACTER / 2;
    simulation.runUntil(begin);
    two.write(FRAME, 0, 3);
    simulation.runUntil(20 * CHARACTER);
    byte[] heard = read(listener);
    assertEquals(15, heard.length);
    assertArrayEquals(Arrays.copyOf(FRAME, 9), Arrays.copyOf(heard, 9));
    assertFalse(Arrays.equals(Arrays.copyOf(FRAME, 12), Arrays.copyOf(heard, 12)));
    assertEquals(6, pair.collisions());
    assertEquals(begin + 3 * CHARACTER, pair.busyNanos());
    assertEquals(
        List.of(
            "[one, two]@" + begin,
            "one 0.." + 12 * CHARACTER + " 12 first 1",
            "two " + begin + ".." + (begin + 3 * CHARACTER) + " 3 first 1"),
        told);
  }

  @Test
  void aPortThatSendsHearsNobodyElseMeanwhileHoweverItIsHandedOver() throws PortException {
    SerialLine one = open("one", Adapter.BURST);
    SerialLine two = open("two", Adapter.DIRECT);
    two.write(FRAME, 0, 8);
    simulation.runUntil(2 * CHARACTER);
    one.write(FRAME, 0, 2);
    simulation.runUntil(20 * CHARACTER);
    byte[] heard = read(one);
    assertArrayEquals(new byte[] {1, 2, 5, 6, 7, 8}, heard);
    assertEquals(0, read(two).length);
  }

  @Test
  void levelsTakeTheirTimeAlongTheCable() throws PortException {
    SerialLine master = open("master", Adapter.DIRECT);
    SerialLine near = open("near", Adapter.BURST);
    SerialLine far = open("far", Adapter.BURST);
    pair.place("far", 1_200);
    master.write(FRAME, 0, 8);
    simulation.runUntil(20 * CHARACTER);
    assertEquals(8, read(near).length);
    assertEquals(8 * CHARACTER, near.arrivalNanos());
    assertEquals(8, read(far).length);
    assertEquals(8 * CHARACTER + 6_000, far.arrivalNanos());
  }

  @Test
  void aStationThatIsTakenOffInTheMiddleIsHeardUntilThenAndAgainAfterwards() throws PortException {
    SerialLine master = open("master", Adapter.DIRECT);
    SerialLine slave = open("slave", Adapter.BURST);
    master.write(FRAME, 0, 8);
    simulation.runUntil(3 * CHARACTER);
    pair.setDisconnected("master", true);
    simulation.runUntil(20 * CHARACTER);
    assertArrayEquals(new byte[] {1, 2, 3}, read(slave));
    pair.setDisconnected("master", false);
    master.write(FRAME, 0, 8);
    simulation.runUntil(40 * CHARACTER);
    assertEquals(8, read(slave).length);
  }

  @Test
  void aPortThatIsClosedInTheMiddleSendsTheCharacterUnderWayAndNoMore() throws PortException {
    SerialLine master = open("master", Adapter.DIRECT);
    SerialLine slave = open("slave", Adapter.DIRECT);
    master.write(FRAME, 0, 8);
    simulation.runUntil(2 * CHARACTER + 1);
    master.close();
    simulation.runUntil(20 * CHARACTER);
    assertArrayEquals(new byte[] {1, 2, 3}, read(slave));
    assertEquals(3 * CHARACTER, pair.busyNanos());
  }

  @Test
  void manyBurstsOneAfterTheOtherAreEachHeardOnce() throws PortException {
    SerialLine one = open("one", Adapter.BURST);
    SerialLine two = open("two", Adapter.BURST);
    int heardByOne = 0;
    int heardByTwo = 0;
    for (int i = 0; i < 100; i++) {
      one.write(FRAME, 0, 8);
      simulation.runFor(8 * CHARACTER);
      heardByTwo += read(two).length;
      two.write(FRAME, 0, 8);
      simulation.runFor(8 * CHARACTER);
      heardByOne += read(one).length;
    }
    assertEquals(800, heardByOne);
    assertEquals(800, heardByTwo);
    assertEquals(0, pair.collisions());
    assertEquals(simulation.nowNanos(), pair.busyNanos());
  }
}
