package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopTest {
  private final Bench bench = new Bench();
  private final RegisterBank sensor = bench.slave(1, new AddressRange(0, 10));
  private final RegisterBank pump = bench.slave(2, new AddressRange(0, 10));

  @BeforeEach
  void start() {
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("sensor", "rs485", 1, Plants.holding("level", 0, 100 * MS)))
        .device(Plants.modbus("pump", "rs485", 2, Plants.coil("run", 0, 200 * MS)))
        .loop(
            new LoopSpec.Hysteresis(
                "fill",
                "level",
                "run",
                20,
                80,
                TagValue.of(true),
                TagValue.of(false),
                TagValue.of(false),
                500 * MS));
    level(50);
    bench.start();
    bench.run(2 * SECOND);
  }

  private void level(int value) {
    sensor.setRegister(DataTable.HOLDING_REGISTERS, 0, value);
  }

  private boolean runs() {
    return pump.bit(DataTable.COILS, 0);
  }

  private long writes() {
    return bench.seen(2).stream().filter(one -> !one.request().isReadOnly()).count();
  }

  @Test
  void itSwitchesAtItsTwoPointsAndHoldsInBetween() {
    level(19);
    bench.run(SECOND);
    assertTrue(runs());
    level(79);
    bench.run(2 * SECOND);
    assertTrue(runs());
    level(81);
    bench.run(SECOND);
    assertFalse(runs());
    level(21);
    bench.run(2 * SECOND);
    assertFalse(runs());
  }

  @Test
  void itWritesOnChangeOnly() {
    long before = writes();
    level(10);
    bench.run(30 * SECOND);
    assertEquals(before + 1, writes());
  }

  @Test
  void withoutAGoodMeasurementTheOutputGoesToItsFallback() {
    level(10);
    bench.run(SECOND);
    assertTrue(runs());
    bench.mute(1);
    bench.run(2 * SECOND);
    assertFalse(runs());
    bench.repair(1);
    bench.run(5 * SECOND);
    assertTrue(runs());
  }

  @Test
  void anOutputThatSomebodyElseChangedIsPutRight() {
    level(10);
    bench.run(SECOND);
    pump.setBit(DataTable.COILS, 0, false);
    bench.run(SECOND + 100 * MS);
    assertTrue(runs());
  }

  @Test
  void aWriteOfUnknownOutcomeIsRepeatedOncePerPeriodAtMost() {
    long before = writes();
    Objects.requireNonNull(bench.slaves.get(2)).fault(new SlaveFault.Late(300 * MS));
    level(10);
    bench.run(30 * SECOND);
    long tried = writes() - before;
    assertTrue(tried >= 2 && tried <= 30, tried + " writes");
    bench.repair(2);
    bench.run(31 * SECOND);
    long settled = writes();
    bench.run(10 * SECOND);
    assertEquals(settled, writes());
    assertTrue(runs());
  }

  @Test
  void anOldDecisionNeverLandsLate() {
    bench.pair.unplug("master");
    bench.run(SECOND);
    level(10);
    bench.run(10 * SECOND);
    assertEquals(0, bench.report("rs485").queuedWrites(), 1);
    level(90);
    bench.pair.replug("master");
    bench.run(10 * SECOND);
    assertFalse(runs());
    assertTrue(
        bench.seen(2).stream().noneMatch(one -> one.request().toString().contains("on=true")));
  }

  @Test
  void anOperatorsWriteIsPossibleBetweenTheSwitchingPoints() {
    bench.write(new WriteCommand("run", TagValue.of(true), "operator", SECOND));
    bench.run(100 * MS);
    assertTrue(runs());
    assertEquals(1, bench.outcomes.size());
  }
}
