package io.plantbus.simulators.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.document.BenchDocument;
import io.plantbus.simulators.process.ProcessModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A client that knows SunSpec and nothing of the bench, against the bench of the documentation.
class SunSpecTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int BASE = 40_000;
  private static final int INVERTER = 3;
  private static final int BATTERY = 4;

  private final BusSimulation simulation = new BusSimulation(1);
  private final RunningBench bench;
  private final TestMaster master;

  SunSpecTest() throws PortException {
    VirtualPorts ports = new VirtualPorts(simulation);
    bench =
        RunningBench.start(
            new DocumentReader(_ -> null)
                .read(
                    Path.of("../docs/examples/process-bench.yaml"),
                    BenchDocument.type(ProfileCatalogue.builtIn()))
                .valueOrThrow(),
            simulation,
            ports);
    SerialSettings settings = SerialSettings.MODBUS_DEFAULT;
    master =
        TestMaster.serial(
            simulation, ports.pair("rs485").opener("master", settings).open(), settings);
  }

  private int register(int unit, int address) {
    return registers(unit, address, 1)[0];
  }

  private int[] registers(int unit, int address, int count) {
    Outcome outcome =
        master.ask(
            unit, new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(address, count)));
    if (outcome instanceof Outcome.Answered(Response.Registers(var block))) {
      int[] registers = new int[count];
      for (int i = 0; i < count; i++) {
        registers[i] = block.register(i);
      }
      return registers;
    }
    throw new AssertionError(address + ": " + outcome);
  }

  /// Models by their places, as a client finds them.
  private List<int[]> models(int unit) {
    assertEquals(0x53756E53, register(unit, BASE) << 16 | register(unit, BASE + 1));
    List<int[]> models = new ArrayList<>();
    int address = BASE + 2;
    for (int id = register(unit, address); id != 0xFFFF; id = register(unit, address)) {
      int length = register(unit, address + 1);
      assertEquals(length + 2, registers(unit, address, Math.min(125, length + 2)).length);
      models.add(new int[] {id, length, address});
      address += length + 2;
      assertTrue(models.size() < 20);
    }
    assertEquals(0, register(unit, address + 1), "the end model has no length");
    return models;
  }

  private static List<List<Integer>> idsAndLengths(List<int[]> models) {
    return models.stream().map(model -> List.of(model[0], model[1])).toList();
  }

  private static double scaled(int raw, int scaleFactor) {
    return (short) raw * Math.pow(10, (short) scaleFactor);
  }

  @Test
  void aClientWalksTheModelsOfTheInverter() {
    List<int[]> models = models(INVERTER);
    assertEquals(
        List.of(
            List.of(1, 66),
            List.of(103, 50),
            List.of(120, 26),
            List.of(121, 30),
            List.of(123, 24),
            List.of(160, 28)),
        idsAndLengths(models));
    simulation.runFor(120 * SECOND);
    int at = models.get(1)[2];
    ProcessModel process = process();
    double watts = scaled(register(INVERTER, at + 14), register(INVERTER, at + 15));
    assertEquals(process.quantity("roof.power"), watts, 20);
    assertTrue(watts > 1_000);
    assertEquals(50, scaled(register(INVERTER, at + 16), register(INVERTER, at + 17)), 0.1);
    int state = register(INVERTER, at + 38);
    assertTrue(state == 4 || state == 5, "state " + state);
    int mppt = models.get(5)[2];
    assertEquals(1, register(INVERTER, mppt + 8), "one tracker");
    assertEquals(
        process.quantity("roof.dc-voltage"),
        scaled(register(INVERTER, mppt + 20), register(INVERTER, mppt + 3)),
        20);
  }

  @Test
  void whatIsNotImplementedHasItsSentinel() {
    int at = models(INVERTER).get(1)[2];
    assertEquals(0x8000, register(INVERTER, at + 35), "TmpTrns, int16");
    assertEquals(0xFFFF, register(INVERTER, at + 39), "StVnd, enum16");
    assertEquals(0xFFFF, register(INVERTER, at + 44), "EvtVnd1, bitfield32");
    assertEquals(0xFFFF, register(INVERTER, at + 45), "EvtVnd1, bitfield32");
    int nameplate = models(INVERTER).get(2)[2];
    assertEquals(0xFFFF, register(INVERTER, nameplate + 19), "WHRtg, uint16");
    assertEquals(0x8000, register(INVERTER, nameplate + 20), "WHRtg_SF, sunssf");
  }

  @Test
  void theInverterObeysItsPowerLimit() {
    int controls = models(INVERTER).get(4)[2];
    simulation.runFor(60 * SECOND);
    for (Request write :
        List.of(
            new Request.WriteSingleRegister(controls + 5, 20),
            new Request.WriteSingleRegister(controls + 9, 1))) {
      assertInstanceOf(Outcome.Answered.class, master.ask(INVERTER, write));
    }
    simulation.runFor(SECOND);
    assertEquals(2_000, process().quantity("roof.power"), 1);
  }

  @Test
  void aClientWalksTheModelsOfTheBattery() {
    List<int[]> models = models(BATTERY);
    assertEquals(List.of(List.of(1, 66), List.of(802, 62)), idsAndLengths(models));
    simulation.runFor(10 * SECOND);
    int at = models.get(1)[2];
    assertEquals(
        process().quantity("store.soc") * 100,
        scaled(register(BATTERY, at + 11), register(BATTERY, at + 56)),
        0.1);
    assertEquals(
        process().quantity("store.voltage"),
        scaled(register(BATTERY, at + 34), register(BATTERY, at + 59)),
        0.1);
  }

  @Test
  void sensorsFailWhileTheBenchRuns() {
    simulation.runFor(SECOND);
    ProcessModel process = process();
    process.command("sensor.inputs.input-1.broken", 1);
    simulation.runFor(SECOND);
    assertEquals(0, process.quantity("sensor.inputs.input-1.value"));
    process.command("sensor.inputs.input-1.broken", 0);
    process.command("sensor.inputs.input-1.failed", 1);
    simulation.runFor(SECOND);
    assertEquals(21.5, process.quantity("sensor.inputs.input-1.value"), 1e-9);
  }

  private ProcessModel process() {
    ProcessModel process = bench.process();
    assertNotNull(process);
    return process;
  }
}
