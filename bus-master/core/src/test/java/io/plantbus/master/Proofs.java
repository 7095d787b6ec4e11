package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.proof.Finding;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.master.proof.Remedy;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Short ways to prove small plants.
final class Proofs {
  private Proofs() {}

  static LineSpec rtu(int baud, long timeoutNanos) {
    return new LineSpec(
        "rs485",
        new Transport.Serial(
            "/dev/null",
            SerialFraming.RTU,
            SerialSettings.of(baud, "8E1"),
            EchoMode.NONE,
            0,
            100 * MS,
            SerialDriver.AUTO),
        timeoutNanos,
        1,
        100 * MS,
        5 * SECOND);
  }

  static TagSpec[] tags(String device, int count, int apart, long periodNanos) {
    List<TagSpec> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add(
          Plants.tag(
              device + ".t" + i,
              DataTable.INPUT_REGISTERS,
              i * apart,
              DataType.UINT16,
              periodNanos));
    }
    return tags.toArray(new TagSpec[0]);
  }

  static LineProof prove(LineSpec line, DeviceSpec... devices) {
    return prove(Observations.NONE, line, devices);
  }

  static LineProof prove(Observations seen, LineSpec line, DeviceSpec... devices) {
    Plant plant = new Plant("p", List.of(line), List.of(devices), List.of());
    return PlanProof.of(plant, seen).lines().getFirst();
  }

  static Finding only(LineProof proof, Finding.Kind kind) {
    List<Finding> found =
        proof.findings().stream().filter(finding -> finding.kind() == kind).toList();
    assertEquals(1, found.size(), proof.findings()::toString);
    return found.getFirst();
  }

  static String words(LineProof proof, Remedy.Kind kind) {
    return proof.remedies().stream()
        .filter(remedy -> remedy.kind() == kind)
        .map(Remedy::words)
        .findFirst()
        .orElse("none of " + proof.remedies());
  }

  static String group(String words, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(words);
    assertTrue(matcher.find(), words);
    return matcher.group(1);
  }

  static DeviceSpec[] devices(int count, int tags, int apart, long periodNanos) {
    DeviceSpec[] devices = new DeviceSpec[count];
    for (int unit = 1; unit <= count; unit++) {
      String name = "d" + unit;
      devices[unit - 1] = Plants.modbus(name, "rs485", unit, tags(name, tags, apart, periodNanos));
    }
    return devices;
  }
}
