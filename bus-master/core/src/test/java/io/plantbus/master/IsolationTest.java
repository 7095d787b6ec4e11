package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.SlaveDevice;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.plant.Isolation;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IsolationTest {
  private static final int SLAVES = 32;
  private static final long PERIOD = 1000 * MS;

  private static Bench line(int slaves) {
    return line(slaves, Isolation.DEFAULT);
  }

  private static Bench line(int slaves, Isolation isolation) {
    Bench bench = new Bench();
    for (int unit = 1; unit <= slaves; unit++) {
      bench.slave(unit, new AddressRange(0, 10));
      bench.device(Plants.modbus("d" + unit, "rs485", unit, Plants.holding("t" + unit, 0, PERIOD)));
    }
    bench.serveRtu();
    bench.line(Plants.with(Plants.rtu("rs485"), isolation));
    return bench;
  }

  /// Each request without an answer takes 200 ms, where that is the least time-out.
  private static long wastedNanos(Bench bench, int units) {
    long wasted = 0;
    for (int unit = 1; unit <= units; unit++) {
      wasted += bench.health("d" + unit).errors() * 200 * MS;
    }
    return wasted;
  }

  @Test
  void tenDeadSlavesOf32CostTheOthersNoMoreThanTheBudget() {
    Bench bench = line(SLAVES, new Isolation(0.05, 200 * MS));
    bench.start();
    bench.run(10 * SECOND);
    for (int unit = 1; unit <= 10; unit++) {
      bench.mute(unit);
    }
    bench.run(60 * SECOND);
    long wasted = wastedNanos(bench, 10);
    bench.run(600 * SECOND);
    double share = (double) (wastedNanos(bench, 10) - wasted) / (600 * SECOND);
    assertTrue(share <= 0.05, share + " of the line's time at most");
    assertTrue(share > 0.01, share + ": they are asked whether they are back");
    for (int unit = 11; unit <= SLAVES; unit++) {
      List<Bench.Seen> seen = bench.seen(unit);
      long last = 70 * SECOND;
      for (Bench.Seen one : seen) {
        if (one.nanos() > 70 * SECOND) {
          // One time-out, and what became due during it.
          assertTrue(one.nanos() - last <= PERIOD + 300 * MS, "unit " + unit + " waited");
          last = one.nanos();
        }
      }
      assertEquals(Quality.GOOD, bench.sample("t" + unit).quality());
    }
  }

  @Test
  void aLineThatWasOutOfOrderAsAWholeIsReadAgainBeforeLong() {
    Bench bench = line(SLAVES);
    bench.start();
    bench.run(10 * SECOND);
    for (int unit = 1; unit <= SLAVES; unit++) {
      bench.unit(unit).fault(new SlaveFault.Late(3 * SECOND));
    }
    bench.run(12 * SECOND);
    for (int unit = 1; unit <= SLAVES; unit++) {
      bench.repair(unit);
    }
    bench.run(20 * SECOND);
    for (int unit = 1; unit <= SLAVES; unit++) {
      assertEquals(Quality.GOOD, bench.sample("t" + unit).quality(), "device " + unit);
    }
  }

  @Test
  void devicesThatComeBackAreFoundThoughOthersStayDead() {
    Bench bench = line(SLAVES);
    bench.start();
    bench.run(10 * SECOND);
    for (int unit = 1; unit <= 20; unit++) {
      bench.mute(unit);
    }
    bench.run(300 * SECOND);
    bench.repair(7);
    bench.run(150 * SECOND);
    assertEquals(Health.UP, bench.health("d7").health());
    assertEquals(Quality.GOOD, bench.sample("t7").quality());
  }

  @Test
  void aDeviceThatAnswersEveryOtherRequestDoesNotTakeMoreThanTheBudget() {
    Bench bench = line(4);
    bench.start();
    for (int i = 0; i < 3000; i++) {
      if (i % 2 == 0) {
        bench.mute(1);
      } else {
        bench.repair(1);
      }
      bench.run(97 * MS);
    }
    long last = bench.simulation.nowNanos();
    long wasted = bench.health("d1").errors() * 20 * MS;
    assertTrue(wasted <= 0.06 * last, (double) wasted / last + " of the line's time");
  }

  @Test
  void aRegisterThatIsNeverAnsweredDoesNotTakeItsDeviceDown() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 10));
    SlaveDevice slave = new BankSlave(bench.slave(2, new AddressRange(0, 10)));
    bench.instead.put(
        2,
        (request, nowNanos) ->
            request instanceof Request.Read(_, var range) && range.start() == 500
                ? null
                : slave.execute(request, nowNanos));
    bench.device(Plants.modbus("d1", "rs485", 1, Plants.holding("t1", 0, 100 * MS)));
    bench.device(
        Plants.modbus(
            "d2",
            "rs485",
            2,
            Plants.holding("good", 0, 100 * MS),
            Plants.holding("mute", 500, 100 * MS)));
    bench.serveRtu();
    bench.line(Plants.rtu("rs485"));
    bench.start();
    bench.run(60 * SECOND);
    assertEquals(Health.UP, bench.health("d2").health());
    assertEquals(Quality.GOOD, bench.sample("good").quality());
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("mute").quality());
    long good = bench.seen(2).stream().filter(one -> one.nanos() > 10 * SECOND).count();
    assertTrue(good > 450, good + " of 500 turns");
  }

  @Test
  void timeOutsFollowWhatADeviceTakesAndNoise() {
    Bench bench = line(2);
    bench.start();
    bench.run(20 * SECOND);
    bench.mute(1);
    long before = bench.health("d1").errors();
    bench.run(SECOND + 300 * MS);
    assertTrue(bench.health("d1").errors() > before);
    assertTrue(
        bench.health("d1").reason().matches("no answer within [2-9][0-9] ms"),
        bench.health("d1").reason());
  }

  @Test
  void aDeviceThatAnswersLateIsToldFromOneThatIsDead() {
    Bench bench = line(2);
    Objects.requireNonNull(bench.slaves.get(1)).fault(new SlaveFault.Late(300 * MS));
    bench.start();
    bench.run(20 * SECOND);
    assertTrue(
        bench.health("d1").reason().startsWith("answers late, after 30"),
        bench.health("d1").reason());
    assertTrue(bench.report("rs485").lateAnswers() > 0);
  }

  @Test
  void phasesAreSpreadSoThatNobodyWaitsInLine() {
    Bench bench = line(SLAVES);
    bench.start();
    bench.run(10 * SECOND);
    List<Long> gaps = new ArrayList<>();
    List<Bench.Seen> seen = bench.seen.stream().filter(one -> one.nanos() > 5 * SECOND).toList();
    for (int i = 1; i < seen.size(); i++) {
      gaps.add(seen.get(i).nanos() - seen.get(i - 1).nanos());
    }
    long longest = gaps.stream().mapToLong(Long::longValue).max().orElseThrow();
    assertTrue(longest < 3 * PERIOD / SLAVES, longest / MS + " ms without a request");
  }
}
