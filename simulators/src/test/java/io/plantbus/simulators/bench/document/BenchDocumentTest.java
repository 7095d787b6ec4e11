package io.plantbus.simulators.bench.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.document.type.JsonSchema;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchDocumentTest {
  private static final ObjectType<Bench> TYPE = BenchDocument.type(ProfileCatalogue.builtIn());

  private static Reading<Bench> read(String text) {
    return new DocumentReader(_ -> null).parse("bench.yaml", text, TYPE);
  }

  @Test
  void thePumpStationHasTenSlavesOnThreeLines() {
    Bench bench = BenchDocument.pumpStation();
    assertEquals(
        List.of("rs485", "tcp", "i2c"), bench.lines().stream().map(BenchLine::name).toList());
    assertEquals(10, bench.lines().stream().mapToInt(line -> line.slaves().size()).sum());
    assertEquals(
        List.of(Fault.always("flow-meter", FaultKind.MUTE).during(8_000_000_000L, 6_000_000_000L)),
        bench.faults());
  }

  @Test
  void rawTablesAreReadForSeveralUnits() {
    Bench bench =
        read("""
                lines:
                  plc:
                    type: tcp
                    port: 0
                    units:
                      1: { tables: { holding: [ { start: 100, count: 4, values: [1, -1] } ] } }
                      17:
                        name: other
                        delay: 5ms
                        tables:
                          coils: [ { start: 3, values: [true, 0, 1] } ]
                          input: [ { count: 2, value: 0x10 } ]
                """)
            .valueOrThrow();
    BenchLine.Tcp line = (BenchLine.Tcp) bench.lines().getFirst();
    assertEquals(List.of("plc-1", "other"), line.slaves());
    assertEquals(
        new BenchLine.Content.Tables(
            List.of(
                new RawTable(
                    DataTable.HOLDING_REGISTERS, new AddressRange(100, 4), List.of(1, 0xFFFF)))),
        line.units().get(0).content());
    assertEquals(
        new BenchLine.Content.Tables(
            List.of(
                new RawTable(DataTable.COILS, new AddressRange(3, 3), List.of(1, 0, 1)),
                new RawTable(DataTable.INPUT_REGISTERS, new AddressRange(0, 2), List.of(16, 16)))),
        line.units().get(1).content());
    assertEquals(5_000_000, line.units().get(1).delayNanos());
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    Reading<Bench> reading =
        read(
            """
            lines:
              rs485:
                type: serial
                baud: 19201
                units:
                  1: { profile: pump-drve }
                  2: { name: pump, profile: pump-drive, initial: { sped: 1, run: 7 } }
                  3: { name: lost }
            process:
              tanks: { basin: { area: 1, height: 2 } }
              valves: { drain: { kv: 10, from: basn } }
              sensors:
                - { into: pump.speeed, of: basin.level }
                - { into: pump.speed, of: basin.depth }
              actuators:
                - { from: pump.run, to: feed.run }
            faults:
              - { target: pmp, kind: mute }
            """);
    assertNull(reading.value());
    String report = reading.report();
    for (String expected :
        List.of(
            "baud",
            "pump-drve",
            "sped",
            "7",
            "either a 'profile' or 'tables'",
            "basn",
            "speeed",
            "depth",
            "feed",
            "pmp")) {
      assertTrue(report.contains(expected), expected + " is missing in\n" + report);
    }
    assertTrue(reading.problems().stream().allMatch(Problem::isError));
  }

  @Test
  void aNameStandsForOneThingOnly() {
    Reading<Bench> reading =
        read(
            """
            lines:
              plc:
                type: tcp
                port: 0
                units:
                  1: { name: plc, tables: {} }
            """);
    assertTrue(reading.report().contains("stands for two things"), reading.report());
  }

  @Test
  void theFileHasASchema() {
    assertTrue(JsonSchema.of("urn:bench", TYPE).contains("targets"));
  }
}
