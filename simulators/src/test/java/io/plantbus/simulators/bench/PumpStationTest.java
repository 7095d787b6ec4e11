package io.plantbus.simulators.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.document.BenchDocument;
import io.plantbus.simulators.process.SimulatedSlave;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PumpStationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Request LEVEL =
      new Request.Read(DataTable.INPUT_REGISTERS, new AddressRange(0, 2));
  private static final Request FLOW =
      new Request.Read(DataTable.INPUT_REGISTERS, new AddressRange(10, 2));

  /// The station under a level loop, for a minute of virtual time.
  private static final class Run {
    final BusSimulation simulation;
    final RunningBench bench;
    final TestMaster master;
    final List<Double> switchedSeconds = new ArrayList<>();
    final List<Long> silentSeconds = new ArrayList<>();
    private boolean pumping;

    Run(long seed) throws PortException {
      simulation = new BusSimulation(seed);
      VirtualPorts ports = new VirtualPorts(simulation);
      bench = RunningBench.start(BenchDocument.pumpStation(), simulation, ports);
      SerialSettings settings = SerialSettings.MODBUS_DEFAULT;
      master =
          TestMaster.serial(
              simulation, ports.pair("rs485").opener("master", settings).open(), settings);
    }

    void run(int seconds) {
      long end = simulation.nowNanos() + seconds * SECOND;
      while (simulation.nowNanos() < end) {
        control(level());
        if (master.ask(3, FLOW) instanceof Outcome.Silence) {
          silentSeconds.add(simulation.nowNanos() / SECOND);
        }
        simulation.runFor(SECOND / 5);
      }
    }

    private double level() {
      Outcome outcome = master.ask(1, LEVEL);
      if (outcome instanceof Outcome.Answered(Response.Registers(var block))) {
        return Float.intBitsToFloat(block.register(0) << 16 | block.register(1));
      }
      throw new AssertionError("the level transmitter must always answer, was " + outcome);
    }

    private void control(double level) {
      boolean wanted = pumping ? level < 2.0 : level < 1.2;
      if (wanted != pumping) {
        pumping = wanted;
        switchedSeconds.add(simulation.nowNanos() / 1e9);
        assertInstanceOf(
            Outcome.Answered.class, master.ask(2, new Request.WriteSingleCoil(0, wanted)));
      }
    }

    double value(String slave, String resource) {
      SimulatedSlave found = bench.slave(slave);
      TagValue value = found == null ? null : found.get(resource);
      return value == null ? Double.NaN : value.asDouble();
    }
  }

  @Test
  void aLevelLoopSwitchesThePumpEveryTenToTwentySeconds() throws PortException {
    Run run = new Run(1);
    run.run(90);
    List<Double> switched = run.switchedSeconds;
    assertTrue(switched.size() >= 5, switched.toString());
    for (int i = 2; i < switched.size(); i++) {
      double pause = switched.get(i) - switched.get(i - 1);
      assertTrue(pause > 8 && pause < 22, switched.toString());
    }
    assertTrue(run.value("flow-meter", "volume") > 0.5);
    assertTrue(run.value("energy-meter", "energy") > 15_320.5);
    assertTrue(run.value("tank-level", "temperature") > 12);
  }

  @Test
  void theFlowMeterIsMuteForSixSecondsAndNobodyElseNotices() throws PortException {
    Run run = new Run(1);
    run.run(20);
    assertTrue(run.silentSeconds.size() > 5, run.silentSeconds.toString());
    assertTrue(
        run.silentSeconds.stream().allMatch(second -> second >= 8 && second <= 14),
        run.silentSeconds.toString());
  }

  @Test
  void theSameSeedBringsTheSameTranscript() throws PortException {
    Run first = new Run(1);
    Run again = new Run(1);
    Run other = new Run(2);
    for (Run run : List.of(first, again, other)) {
      run.run(10);
    }
    assertTrue(first.simulation.transcript().count() > 100);
    assertEquals(first.simulation.transcript().lines(), again.simulation.transcript().lines());
    assertEquals(first.simulation.transcript().digest(), again.simulation.transcript().digest());
    assertNotEquals(first.simulation.transcript().digest(), other.simulation.transcript().digest());
  }

  @Test
  void chipsMeasureWhatTheProcessBrings() throws PortException {
    Run run = new Run(1);
    run.run(1);
    byte[] in = new byte[1];
    I2cOutcome outcome =
        run.bench.i2c("i2c").open().transfer(I2cAddress.of(0x20), new byte[] {0x13}, in);
    assertEquals(I2cOutcome.COMPLETED, outcome);
    assertEquals(0x08, in[0]);
    assertEquals(24, run.value("cabinet", "temperature"), 1);
    assertEquals(1.15, run.value("pressures", "discharge-pressure"), 0.1);
  }
}
