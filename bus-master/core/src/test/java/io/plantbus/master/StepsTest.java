package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.modbus.ModbusLineAgent;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.simulators.serial.Adapter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How often the owner of a line is woken.
class StepsTest {
  private static final long PUBLISHED_A_SECOND = 4;

  private final Bench bench = new Bench();
  private final DeviceSpec device =
      Plants.modbus("d", "rs485", 1, Plants.holding("level", 0, 20 * MS));
  private final ModbusLineAgent line =
      new ModbusLineAgent(
          Plants.rtu("rs485"),
          List.of(device),
          bench.pair.opener("master", SerialSettings.MODBUS_DEFAULT, Adapter.BURST),
          new LiveImage(device.tags()),
          Observations.NONE,
          bench.simulation.clock());
  private long steps;

  private Agent counted() {
    return new Agent() {
      @Override
      public String name() {
        return line.name();
      }

      @Override
      public void started(AgentHandle handle) {
        line.started(handle);
      }

      @Override
      public long step(long nowNanos) {
        steps++;
        return line.step(nowNanos);
      }

      @Override
      public void stopped() {
        line.stopped();
      }
    };
  }

  @Test
  void aPollTakesItsOwnerTwoSteps() {
    bench.slave(1, new AddressRange(0, 10));
    bench.serveRtu();
    bench.simulation.start(counted());
    bench.run(2 * SECOND);
    long stepsBefore = steps;
    long pollsBefore = bench.seen(1).size();
    bench.run(10 * SECOND);
    long polls = bench.seen(1).size() - pollsBefore;
    assertEquals(500, polls);
    long each = (steps - stepsBefore - 10 * PUBLISHED_A_SECOND) / polls;
    assertEquals(2, each, steps - stepsBefore + " steps");
  }
}
