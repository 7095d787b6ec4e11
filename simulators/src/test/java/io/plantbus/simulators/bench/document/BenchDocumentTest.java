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
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void whoIsServedIsWrittenAsForTheEndpointOfAPlant() {
    Bench bench =
        read("""
                lines:
                  net:
                    type: udp
                    port: 1502
                    max-clients: 3
                    clients: [10.0.0.7]
                    admit: [10.1.0.0/16]
                    idle-timeout: 5s
                    when-full: close-idlest
                    units: {}
                  open: { type: tcp, port: 1502, units: {} }
                """)
            .valueOrThrow();
    ListenSettings settings = ((BenchLine.Udp) bench.lines().getFirst()).listening().settings();
    assertEquals(3, settings.maxConnections());
    assertEquals(1, settings.reservedPlaces());
    assertEquals(5_000_000_000L, settings.idleNanos());
    assertEquals(ListenSettings.WhenFull.CLOSE_IDLEST, settings.whenFull());
    List<Boolean> admitted =
        Stream.of("10.0.0.7", "10.1.2.3", "10.2.0.1")
            .map(address -> settings.admitted().test(InetAddress.ofLiteral(address)))
            .toList();
    assertEquals(List.of(true, true, false), admitted);
    ListenSettings open = ((BenchLine.Tcp) bench.lines().getLast()).listening().settings();
    assertEquals(64, open.maxConnections());
    assertEquals(0, open.idleNanos());
    assertTrue(open.admitted().test(InetAddress.ofLiteral("10.2.0.1")));
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
            "either a 'profile', 'tables' or a 'replay'",
            "basn",
            "speeed",
            "depth",
            "feed",
            "pmp")) {
      assertTrue(report.contains(expected), expected + " is missing in\n" + report);
    }
    assertTrue(reading.problems().stream().allMatch(Problem::isError));
  }

  private static void tellsOfProcess(String problem, String process) {
    Reading<Bench> reading =
        read(
            "lines:\n"
                + "  net: {type: tcp, port: 0, units: {1: {name: pump, profile: pump-drive}}}\n"
                + "process:\n"
                + process.indent(2));
    assertNull(reading.value());
    assertTrue(
        reading.report().replaceFirst("(:\\d+):\\d+", "$1").startsWith("bench.yaml:" + problem),
        reading.report());
  }

  @Test
  void whatPhysicsCannotBeIsToldWhereItStands() {
    tellsOfProcess(
        "4: process.couplings[0].from: ", "couplings: [{from: motor.speed, to: feed.run}]");
    tellsOfProcess(
        "5: process.couplings[0].to: ",
        "drives: {motor: {power: 5500}}\ncouplings: [{from: motor.speed, to: motor.sped}]");
    tellsOfProcess(
        "5: process.sensors[1].into: another sensor shows at pump.speed",
        "sensors: [{into: pump.speed},\n{into: pump.speed}]");
    tellsOfProcess(
        "4: process.actuators[0].to: ",
        "actuators: [{from: pump.run, to: sensor.pump.speed.stuck}]");
    tellsOfProcess(
        "4: process.sensors[0].loop: the ends of a 4-20 mA range must differ",
        "sensors: [{into: pump.speed, loop: {low: 3, high: 3}}]");
    tellsOfProcess(
        "4: process.drives.motor: the rated speed must be below the synchronous one",
        "drives: {motor: {power: 5500, rated-speed: 1500}}");
    tellsOfProcess(
        "5: process.valves.v: a stick band must be 0..1 and a slip jump 0..band",
        "tanks: {t: {area: 1, height: 1}}\nvalves: {v: {kv: 1, from: t, slip-jump: 0.1}}");
    tellsOfProcess("4: process.batteries.b.soc: ", "batteries: {b: {capacity: 1, soc: 2}}");
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

  /// Expects exactly one problem, which begins so after the file's name, columns left away.
  private static void tells(String problem, String lines) {
    Reading<Bench> reading = read("lines:\n" + lines.indent(2));
    assertNull(reading.value());
    String told = String.join("\n", reading.problems().stream().map(Problem::toString).toList());
    String columnless = told.replaceFirst("(:\\d+):\\d+", "$1");
    assertTrue(columnless.startsWith("bench.yaml:" + problem), told + "\ninstead of " + problem);
    assertEquals(1, reading.problems().size(), told);
  }

  private static void tellsOfUnit(String problem, String unit) {
    tells(problem, "net:\n  type: tcp\n  port: 0\n  units:\n    1:\n" + unit.indent(6));
  }

  @Test
  void whatATableCannotHoldIsToldWhereItStands() {
    String tables = "lines.net.units.1.tables.";
    tellsOfUnit(
        "7: " + tables + "holding[0].values[1]: 65536 is not an integer -32768..65535",
        "tables: {holding: [{values: [1, 65536]}]}");
    tellsOfUnit(
        "7: " + tables + "holding[0]: ends at address 65539; the last one is 65535",
        "tables: {holding: [{start: 65530, count: 10}]}");
    tellsOfUnit(
        "7: " + tables + "input[0].start: 65536 is not an integer 0..65535",
        "tables: {input: [{start: 65536}]}");
    tellsOfUnit(
        "10: " + tables + "coils[1]: coil 6 is in a span above, too",
        "tables:\n  coils:\n  - {start: 3, count: 4}\n  - {start: 6, values: [1]}");
    tellsOfUnit(
        "7: " + tables + "coils[0]: has no values; write one", "tables: {coils: [{values: []}]}");
  }

  @Test
  void whatASlaveCannotAnswerIsToldWhereItStands() {
    String unit = "lines.net.units.1.";
    String tables = "tables: {}\n";
    tellsOfUnit(
        "8: " + unit + "files.4.records: 10001 is not an integer 1..10000",
        tables + "files: {4: {records: 10001}}");
    tellsOfUnit(
        "8: " + unit + "files.4: there are values up to record 10000; the last of a file is 9999",
        tables + "files: {4: {values: [" + "0, ".repeat(10_000) + "0]}}");
    tellsOfUnit(
        "8: " + unit + "files.0: '0' is not an integer 1..65535",
        tables + "files: {0: {records: 1}}");
    tellsOfUnit(
        "8: " + unit + "files.4: there are 2 values for 1 records",
        tables + "files: {4: {records: 1, values: [1, 2]}}");
    tellsOfUnit(
        "8: " + unit + "exception-status: 256 is not an integer 0..255",
        tables + "exception-status: 256");
    tellsOfUnit(
        "8: " + unit + "identity.vendor: only ASCII can be written as text",
        tables + "identity: {vendor: Füll, product: b, revision: c}");
    tellsOfUnit(
        "8: " + unit + "identity.vendor: has 245 bytes; at most 244 fit",
        tables + "identity: {vendor: " + "x".repeat(245) + ", product: b, revision: c}");
    tellsOfUnit(
        "8: " + unit + "identity: required key 'revision' is missing",
        tables + "identity: {vendor: a, product: b}");
    tellsOfUnit(
        "8: " + unit + "functions.3: function 3 is one of the specification; write one such as",
        tables + "functions: {3: {answer: [1]}}");
    tellsOfUnit(
        "8: " + unit + "functions.65.request: '253' is no length of a request; write 0..252",
        tables + "functions: {65: {request: 253, answer: [1]}}");
    tellsOfUnit(
        "8: " + unit + "functions.65: a function has either an 'answer' or 'refuse'",
        tables + "functions: {65: {}}");
    tellsOfUnit(
        "8: " + unit + "queues.65536: '65536' is not an integer 0..65535",
        tables + "queues: {65536: [1]}");
    tellsOfUnit(
        "8: " + unit + "server-id.id: 256 is not an integer 0..255",
        tables + "server-id: {id: 256}");
  }

  @Test
  void linesThatCannotBeServedAreToldWhereTheyStand() {
    tells(
        "4: lines.two.port: TCP port 1502 is taken by line 'one'",
        """
        one: {type: tcp, port: 1502, units: {}}
        other: {type: udp, port: 1502, units: {}}
        two: {type: tcp, port: 1502, units: {}}
        """);
    tells(
        "3: lines.two.link: /tmp/a is taken by line 'one'",
        """
        one: {type: serial, link: /tmp/a, units: {}}
        two: {type: serial, link: /tmp/a, units: {}}
        """);
    tells(
        "2: lines.one.strict-gaps: gaps of 1.5 characters are forbidden in RTU only",
        "one: {type: serial, framing: ascii, strict-gaps: true, units: {}}");
    tells("2: lines.one.admit[0]: ", "one: {type: tcp, port: 1, admit: [10.0.0.300], units: {}}");
    tells(
        "3: lines.one: requests of function 65 are longer for one unit than for another",
        """
        one:
          type: udp
          port: 1
          units:
            1: {tables: {}, functions: {65: {request: 1, answer: []}}}
            2: {tables: {}, functions: {65: {request: 2, answer: []}}}
        """);
  }

  @Test
  void aCertificateThatIsMissingIsToldWhereItStands(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bench.yaml");
    Files.writeString(folder.resolve("own.pem"), "");
    Files.writeString(
        file,
        """
        lines:
          net:
            type: tcp
            port: 0
            tls: {certificate: own.pem, key: own.key, trust: own.pem}
            units: {}
        """);
    Reading<Bench> reading = new DocumentReader(_ -> null).read(file, TYPE);
    assertEquals(
        file
            + ":5:38: lines.net.tls.key: there is no file "
            + folder.resolve("own.key")
            + " that can be read; check the path, which is relative to this file, and its"
            + " permissions",
        reading.report().lines().findFirst().orElse(""));
    Files.writeString(folder.resolve("own.key"), "");
    Bench bench = new DocumentReader(_ -> null).read(file, TYPE).valueOrThrow();
    assertEquals(
        new TlsFiles(
            folder.resolve("own.pem"), folder.resolve("own.key"), folder.resolve("own.pem"), null),
        ((BenchLine.Tcp) bench.lines().getFirst()).tls());
    assertNull(((BenchLine.Tcp) bench.withoutTls().lines().getFirst()).tls());
  }
}
