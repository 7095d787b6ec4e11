package io.plantbus.simulators.bench.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsOfBenchDocumentTest {
  private static final ObjectType<Bench> TYPE = BenchDocument.type(ProfileCatalogue.builtIn());

  private static Reading<Bench> read(String text) {
    return new DocumentReader(_ -> null).parse("bench.yaml", text, TYPE);
  }

  @Test
  void aPacedWireAndItsFaultsAreRead() {
    Bench bench =
        read("""
                lines:
                  pair: {type: serial, wire: paced, units: {1: {name: a, tables: {coils: [{values: [1]}]}}}}
                faults:
                  - {target: pair, kind: noise, rate: 12.5}
                  - {target: a, kind: duplicate}
                """)
            .valueOrThrow();
    assertEquals(BenchLine.Wire.PACED, ((BenchLine.Serial) bench.lines().getFirst()).wire());
    assertEquals(
        List.of(
            Fault.sometimes("pair", FaultKind.NOISE, 12.5),
            Fault.always("a", FaultKind.DUPLICATE).delayedBy(500_000)),
        bench.faults());
  }

  @Test
  void aFaultOfAWireElsewhereAndNoiseOfOneSlaveAreTold() {
    Reading<Bench> reading =
        read(
            """
            lines:
              pair: {type: serial, units: {1: {name: a, tables: {coils: [{values: [1]}]}}}}
              net: {type: tcp, port: 0, units: {1: {name: b, tables: {coils: [{values: [1]}]}}}}
            faults:
              - {target: b, kind: babble}
              - {target: a, kind: noise}
            """);
    assertNull(reading.value());
    assertEquals(
        List.of("'babble' is a fault of a serial line's wire", "'noise' befalls a whole line"),
        reading.problems().stream().map(Problem::message).toList());
  }

  @Test
  void aFaultThatCannotBeBroughtAboutIsToldWhereItStands() {
    String lines =
        """
        lines:
          plc: { type: tcp, port: 0, units: { 1: { name: pump, tables: {} } } }
          net: { type: udp, port: 0, units: { 1: { name: fan, tables: {} } } }
          i2c: { type: i2c, targets: { 0x20: { name: panel, profile: operator-panel } } }
        faults:
        """;
    for (String fault :
        List.of(
            "{ target: plc, kind: half-open }",
            "{ target: plc, kind: black-hole }",
            "{ target: plc, kind: slow-reader, delay: 10ms }",
            "{ target: plc, kind: refuse }",
            "{ target: plc, kind: reset, rate: 0.1 }",
            "{ target: panel, kind: reset }",
            "{ target: i2c, kind: reset }",
            "{ target: pump, kind: split }")) {
      assertEquals("", read(lines + "  - " + fault + "\n").report(), fault);
    }
    for (String fault :
        List.of(
            "{ target: pump, kind: half-open }",
            "{ target: net, kind: black-hole }",
            "{ target: i2c, kind: slow-reader }",
            "{ target: fan, kind: refuse }",
            "{ target: pump, kind: reset }",
            "{ target: net, kind: reset }",
            "{ target: panel, kind: split }",
            "{ target: plc, kind: black-hole, rate: 0.5 }")) {
      Reading<Bench> reading = read(lines + "  - " + fault + "\n");
      assertNull(reading.value(), fault);
      assertTrue(reading.report().contains("bench.yaml:6"), reading.report());
    }
  }
}
