package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.protocols.modbus.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadDeviceTest {
  private static Bench fourDevices(String line) {
    Bench bench = new Bench();
    for (int unit = 1; unit <= 4; unit++) {
      bench.slave(unit, new AddressRange(0, 10));
      bench.device(Plants.modbus("d" + unit, line, unit, Plants.holding("t" + unit, 0, 100 * MS)));
    }
    return bench;
  }

  private static long longestGap(List<Bench.Seen> seen, long from) {
    long longest = 0;
    long last = from;
    for (Bench.Seen one : seen) {
      if (one.nanos() >= from) {
        longest = Math.max(longest, one.nanos() - last);
        last = one.nanos();
      }
    }
    return longest;
  }

  @Test
  void aDeadDeviceCostsASerialLineLittle() {
    Bench bench = fourDevices("rs485");
    bench.serveRtu();
    bench.line(Plants.rtu("rs485")).start();
    bench.run(10 * SECOND);
    bench.mute(2);
    long before = bench.health("d2").transactions();
    bench.run(60 * SECOND);

    long asked = bench.health("d2").transactions() - before;
    double share = asked * 0.2 / 60;
    assertTrue(share < 0.04, "asked " + asked + " times, " + share + " of the line's time");
    for (int unit : List.of(1, 3, 4)) {
      int polls = (int) bench.seen(unit).stream().filter(one -> one.nanos() > 10 * SECOND).count();
      assertTrue(polls > 575, "unit " + unit + " was polled " + polls + " times of 600");
      assertEquals(Quality.GOOD, bench.sample("t" + unit).quality());
    }
    assertEquals(Health.DOWN, bench.health("d2").health());
    assertTrue(bench.health("d2").reason().matches("no answer within \\d+ ms"));
  }

  @Test
  void itsValuesSayThatThereIsNoCommunicationAndKeepTheLastOne() {
    Bench bench = fourDevices("rs485");
    bench.serveRtu();
    bench.line(Plants.rtu("rs485")).start();
    bench.run(SECOND);
    long lastTime = bench.sample("t2").sourceNanos();
    bench.mute(2);
    bench.run(2 * SECOND);
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("t2").quality());
    assertEquals(TagValue.of(0), bench.sample("t2").value());
    assertEquals(lastTime, bench.sample("t2").sourceNanos());
    assertTrue(bench.sample("t2").reason().matches("no answer within \\d+ ms"));
  }

  @Test
  void itRecoversAtItsFirstAnswer() {
    Bench bench = fourDevices("rs485");
    bench.serveRtu();
    bench.line(Plants.rtu("rs485")).start();
    bench.run(SECOND);
    bench.mute(2);
    bench.run(5 * SECOND);
    bench.repair(2);
    bench.run(5 * SECOND);
    assertEquals(Health.UP, bench.health("d2").health());
    assertEquals(Quality.GOOD, bench.sample("t2").quality());
    long back =
        bench.seen(2).stream().filter(s -> s.nanos() > 6 * SECOND).findFirst().get().nanos();
    assertTrue(longestGap(bench.seen(2), back) < 150 * MS, "it is polled as before");
  }

  @Test
  void otherUnitsOfAConnectionDoNotWaitForADeadOne() {
    Bench bench = fourDevices("net");
    bench.serveTcp();
    bench.line(Plants.tcp("net", 4)).start();
    bench.run(SECOND);
    bench.mute(2);
    bench.run(30 * SECOND);
    assertEquals(Health.DOWN, bench.health("d2").health());
    for (int unit : List.of(1, 3, 4)) {
      long gap = longestGap(bench.seen(unit), SECOND);
      assertTrue(gap <= 101 * MS, "unit " + unit + " waited " + gap / MS + " ms");
    }
  }

  @Test
  void aDeviceThatIsDeadFromTheStartIsNotRetried() {
    Bench bench = fourDevices("rs485");
    bench.mute(1);
    bench.serveRtu();
    bench.line(Plants.rtu("rs485")).start();
    bench.run(900 * MS);
    assertEquals(2, bench.health("d1").transactions());
    assertEquals(Health.DOWN, bench.health("d1").health());
  }
}
