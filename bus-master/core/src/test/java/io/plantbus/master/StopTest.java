package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTest {
  private final Bench bench = new Bench();
  private final RegisterBank pump = bench.slave(2, new AddressRange(0, 10));

  private BusMaster start() {
    pump.setBit(DataTable.COILS, 0, true);
    bench.serveRtu();
    return bench
        .line(Plants.rtu("rs485"))
        .device(
            Plants.modbus(
                "pump",
                "rs485",
                2,
                Plants.safe(Plants.coil("run", 0, 200 * MS), TagValue.of(false))))
        .loop(
            new LoopSpec.Hysteresis(
                "always",
                "run",
                "run",
                2,
                3,
                TagValue.of(true),
                TagValue.of(true),
                TagValue.of(true),
                100 * MS))
        .start();
  }

  @Test
  void stoppingLeavesOutputsInTheirSafeState() throws InterruptedException {
    BusMaster master = start();
    bench.run(SECOND);
    assertTrue(pump.bit(DataTable.COILS, 0));
    assertEquals(List.of(), master.stop(2 * SECOND));
    assertFalse(pump.bit(DataTable.COILS, 0));
    int before = bench.seen.size();
    bench.run(10 * SECOND);
    assertEquals(before, bench.seen.size(), "nothing is sent any more");
    assertFalse(bench.pair.stations().contains("master"));
    assertEquals(List.of(), master.stop(2 * SECOND));
  }

  @Test
  void aSafeStateThatNobodyAcknowledgesIsTold() throws InterruptedException {
    BusMaster master = start();
    bench.run(SECOND);
    bench.mute(2);
    bench.run(5 * SECOND);
    long before = bench.simulation.nowNanos();
    assertEquals(
        List.of("safe state false of run: sent, but not acknowledged: no answer within 200 ms"),
        master.stop(2 * SECOND));
    assertTrue(bench.simulation.nowNanos() - before < 2 * SECOND, "stopping is bounded");
  }

  @Test
  void aSafeStateThatCannotBeSentIsTold() throws InterruptedException {
    BusMaster master = start();
    bench.run(SECOND);
    bench.pair.unplug("master");
    bench.run(SECOND);
    assertEquals(
        List.of("safe state false of run: could not be sent in time"), master.stop(SECOND));
  }

  @Test
  void writesAfterTheStopAreRejected() throws InterruptedException {
    BusMaster master = start();
    bench.run(SECOND);
    master.stop(SECOND);
    bench.write(new WriteCommand("run", TagValue.of(true), "test", SECOND));
    assertTrue(bench.outcomes.getFirst().contains("Rejected[reason=the master is stopping]"));
  }
}
