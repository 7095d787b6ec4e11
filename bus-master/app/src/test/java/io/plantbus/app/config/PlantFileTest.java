package io.plantbus.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.audit.AuditSpec;
import io.plantbus.app.scada.ScadaSpec;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantFileTest {
  private static final String SOUND =
      """
      plant: pump-station
      lines:
        rs485: {rtu: /dev/ttyUSB0, baud: 9600, format: 8N1, timeout: 500ms, retries: 2}
        net: {tcp: gateway.local, window: 4}
        cabinet: {i2c: /dev/i2c-1}
      devices:
        tank:
          line: rs485
          unit: 1
          poll: 500ms
          tags:
            level: {address: "holding:100", type: float32, order: CDAB, unit: m, period: 250ms,
                    priority: control, stale: 2s, access: read}
            alarm: discrete:7
        pump: {line: net, unit: 2, profile: pump-drive, only: [run, speed]}
        climate: {line: cabinet, address: 0x44, profile: cabinet-climate}
      loops:
        level: {measure: tank.level, output: pump.run, low: 1.2, high: 2.0, below: on, above: off,
                when-bad: off}
      safe-state: {pump.run: off}
      scada:
        port: 1602
        points:
          "input:0": tank.level
          "coil:0": {tag: pump.run, writable: true}
      """;

  private static Reading<PlantFile> parse(String text) {
    return PlantFile.parse("plant.yaml", text, _ -> null);
  }

  @Test
  void aPlantIsReadWithItsLinesDevicesLoopsAndServedPoints() {
    PlantFile file = parse(SOUND).valueOrThrow();

    Transport.Tcp net = (Transport.Tcp) file.plant().lines().get(1).transport();
    assertEquals("gateway.local", net.host());
    assertEquals(502, net.port());
    assertEquals(4, net.window());
    TagSpec level = file.plant().tag("tank.level");
    assertNotNull(level);
    assertEquals(
        new Point.Modbus(
            DataTable.HOLDING_REGISTERS,
            new AddressRange(100, 2),
            RegisterEncoding.of(DataType.FLOAT32, RegisterOrder.CDAB)),
        level.resource().point());
    assertEquals(Duration.ofMillis(250).toNanos(), level.periodNanos());
    assertEquals(TagSpec.Priority.CONTROL, level.priority());
    assertEquals(Access.READ, level.resource().access());
    DeviceSpec pump = file.plant().devices().get(1);
    assertEquals(2, pump.tags().size());
    TagSpec run = file.plant().tag("pump.run");
    assertNotNull(run);
    assertEquals(TagValue.of(false), run.safeState());
    LoopSpec.Hysteresis loop = (LoopSpec.Hysteresis) file.plant().loops().getFirst();
    assertEquals(TagValue.of(true), loop.atLow());
    ScadaSpec scada = file.scada();
    assertNotNull(scada);
    assertEquals("127.0.0.1", scada.host());
    assertEquals(DataType.FLOAT32, scada.points().getFirst().encoding().type());
  }

  @Test
  void aDeviceWithAWrongUnitIdIsCheckedAllTheSame() {
    Reading<PlantFile> reading =
        parse(
            """
            lines:
              net: {tcp: 127.0.0.1}
            devices:
              pump: {line: nett, unit: 300, profile: pump-driv, only: [run]}
            """);

    assertEquals(
        List.of("devices.pump.line", "devices.pump.unit", "devices.pump.profile"),
        reading.problems().stream().map(problem -> problem.path().toString()).toList());
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsPlaceAndARemedy() {
    Reading<PlantFile> reading =
        parse(
            """
            plant: bad
            lines:
              rs485: {rtu: /dev/ttyUSB0, buad: 9600, timeout: 1}
              again: {rtu: /dev/ttyUSB0}
              cabinet: {i2c: /dev/i2c-1}
            devices:
              tank: {line: rs486, unit: 1, profile: tank-level-transmiter}
              pump: {line: again, unit: 2, profile: pump-drive, poll: 2ms, only: [run, sped, speed]}
              twin: {line: again, unit: 2, tags: {a: {address: "holding:70000"}, b: coil:1}}
              chip: {line: again, address: 0x44, profile: cabinet-climate}
              valve: {line: cabinet, unit: 3, profile: valve-actuator}
            loops:
              level: {measure: pump.run, output: pump.speed, low: 3, high: 2, when-bad: off}
            safe-state: {pump.rnu: off, pump.run: 7}
            scada:
              points:
                "input:0": {tag: twin.b, type: float32}
                "input:1": {tag: pump.run}
            """);

    assertNull(reading.value());
    assertEquals(
        """
        plant.yaml:3:30: lines.rs485.buad: unknown key 'buad'; did you mean 'baud'?
        plant.yaml:3:51: lines.rs485.timeout: 1 is not a duration 1ms..1m; write a number and a unit such as 500ms, 1s or 2m, within 1ms..1m
        plant.yaml:4:16: lines.again.rtu: /dev/ttyUSB0 is used by line 'rs485' already; put the devices of both on one line
        plant.yaml:7:16: devices.tank.line: there is no line 'rs486'; did you mean 'rs485'?
        plant.yaml:7:41: devices.tank.profile: there is no profile 'tank-level-transmiter'; did you mean 'tank-level-transmitter'?
        plant.yaml:8:59: devices.pump.poll: the period is too short: one request at 19200 8E1 takes 13ms; write a longer one, or raise baud
        plant.yaml:8:76: devices.pump.only[1]: there is no resource 'sped'; did you mean 'speed'?
        plant.yaml:9:29: devices.twin.unit: unit id 2 on line 'again' is taken by device 'pump'; give each device one of its own
        plant.yaml:9:52: devices.twin.tags.a.address: 'holding:70000' lies beyond the last address; write at most holding:65535
        plant.yaml:10:32: devices.chip.address: line 'again' is a Modbus line, where devices have no I2C address; write unit: 1 or alike, or name an I2C line
        plant.yaml:11:32: devices.valve.unit: line 'cabinet' is an I2C bus, where devices have no unit id; write address: 0x20 or alike, or name a serial or TCP line
        plant.yaml:13:38: loops.level.output: pump.speed cannot be written; name an output
        plant.yaml:13:64: loops.level.high: high is not above low: 2.0 and 3.0; write a greater number
        plant.yaml:14:24: safe-state."pump.rnu": there is no tag 'pump.rnu'; did you mean 'pump.run'?
        plant.yaml:14:39: safe-state."pump.run": '7' is no state: write true or false, on or off, 1 or 0
        plant.yaml:18:16: scada.points.input:1: input 1 overlaps 'twin.b' at 0..1; move one of them, or choose a shorter type
        """,
        reading.report() + "\n");
  }

  @Test
  void profilesOfTheUserAreFoundBesideTheFile(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("profiles"));
    Files.writeString(
        folder.resolve("profiles/mixer.yaml"),
        """
        name: mixer
        deviceResources:
          - name: speed
            attributes: {primaryTable: HOLDING_REGISTERS, startingAddress: 5}
            properties: {valueType: Uint16, readWrite: RW}
        """);
    Path file = folder.resolve("plant.yaml");
    Files.writeString(
        file,
        """
        profiles: profiles
        lines: {net: {tcp: "10.0.0.1:1502"}}
        devices: {mixer: {line: net, unit: 1, profile: mixer}}
        """);

    Reading<PlantFile> reading = PlantFile.read(file, _ -> null);

    assertEquals("", reading.report());
    assertNotNull(reading.valueOrThrow().plant().tag("mixer.speed"));
  }

  @Test
  void aMissingFolderOfProfilesIsTold() {
    String report = parse("profiles: nowhere\nlines: {}\ndevices: {}\n").report();

    assertTrue(report.startsWith("plant.yaml:1:11: profiles: there is no folder /"), report);
  }

  @Test
  void howWritesGoIsReadWithItsDefaults() throws Exception {
    PlantFile plain = parse(SOUND).valueOrThrow();
    assertNull(plain.audit());
    assertEquals(
        Priority.CONTROL, ((LoopSpec.Hysteresis) plain.plant().loops().getFirst()).priority());
    PlantFile written =
        parse(
                SOUND
                        .replace("stale: 2s, access: read}", "access: read-write, writes: latest}")
                        .replace("when-bad: off}", "when-bad: off, priority: safety}")
                    + "audit: {file: log/writes.jsonl, size: 2MB, keep: 3, sync: each}\n")
            .valueOrThrow();
    assertEquals(
        Priority.SAFETY, ((LoopSpec.Hysteresis) written.plant().loops().getFirst()).priority());
    assertTrue(assertNotNullTag(written, "tank.level").latestWins());
    AuditSpec audit = written.audit();
    assertNotNull(audit);
    assertEquals(2_000_000, audit.sizeBytes());
    assertEquals(3, audit.keep());
    assertEquals(AuditSpec.Sync.EACH, audit.sync());
    assertTrue(audit.file().isAbsolute() && audit.file().endsWith("log/writes.jsonl"));
    assertEquals(1, parse(SOUND + "audit: {file: a, size: 10KB}\n").problems().size());
  }

  private static TagSpec assertNotNullTag(PlantFile plant, String name) {
    TagSpec tag = plant.plant().tag(name);
    assertNotNull(tag);
    return tag;
  }
}
