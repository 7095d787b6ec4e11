package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.simulators.bench.BenchProcess;
import io.plantbus.simulators.bench.document.ProcessEntry.ActuatorEntry;
import io.plantbus.simulators.bench.document.ProcessEntry.SensorEntry;
import io.plantbus.simulators.process.Sensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The physics of a bench file.
final class ProcessDocument {
  private static final Type<Located<String>> REFERENCE =
      Types.located(
          Types.text(
              "[A-Za-z][^.]*\\..+", "two names with a dot between", "them as 'slave.resource'"));

  private static final ObjectType<SensorEntry> SENSOR =
      ObjectType.of(
          "sensor",
          "What a slave measures: quantity · scale + offset + noise, held within the limits.",
          keys -> {
            Key<Located<String>> into =
                keys.required("into", REFERENCE, "Where it is shown: `slave.resource`.");
            OptionalKey<Located<String>> of =
                keys.optional(
                    "of",
                    REFERENCE,
                    "What is measured, in SI units: `part.quantity`, such as `basin.level`; a"
                        + " tank has level, volume, pressure, overflow, temperature, inflow and"
                        + " outflow, a pump running, speed, flow, power, volume and energy, a valve"
                        + " position, setpoint, open, closed, flow and volume, a heater"
                        + " temperature, setpoint, power, heating, output and energy.");
            Key<Double> value =
                keys.optional("value", Types.real(), "0", "Measured instead of a quantity.");
            Key<Double> scale = keys.optional("scale", Types.real(), "1", "Factor.");
            Key<Double> offset = keys.optional("offset", Types.real(), "0", "Summand.");
            Key<Double> noise =
                keys.optional("noise", Types.real(0, 1e9), "0", "Standard deviation.");
            Key<Double> minimum =
                keys.optional("minimum", Types.real(), "-1e300", "Least value shown.");
            Key<Double> maximum =
                keys.optional("maximum", Types.real(), "1e300", "Greatest value shown.");
            return fields ->
                new SensorEntry(
                    fields.get(into),
                    fields.get(of),
                    fields.get(value),
                    new Sensor.Scaling(
                        fields.get(scale),
                        fields.get(offset),
                        fields.get(noise),
                        fields.get(minimum),
                        fields.get(maximum)));
          });

  private static final ObjectType<ActuatorEntry> ACTUATOR =
      ObjectType.of(
          "actuator",
          "What a slave is told by its master: value · scale + offset.",
          keys -> {
            Key<Located<String>> from =
                keys.required("from", REFERENCE, "Where it is written: `slave.resource`.");
            Key<Located<String>> to =
                keys.required(
                    "to",
                    REFERENCE,
                    "What obeys: `part.command`, such as `feed.run`; a pump has run and speed (0"
                        + " to 1), a valve setpoint (0 to 1) and stuck, a heater enable and"
                        + " setpoint, a tank level.");
            Key<Double> scale = keys.optional("scale", Types.real(), "1", "Factor.");
            Key<Double> offset = keys.optional("offset", Types.real(), "0", "Summand.");
            return fields ->
                new ActuatorEntry(
                    fields.get(from), fields.get(to), fields.get(scale), fields.get(offset));
          });

  static final ObjectType<ProcessEntry> TYPE =
      ObjectType.of(
          "process",
          "Tanks, pumps, valves and heaters, and how they are wired to the slaves.",
          keys -> {
            Key<Long> step =
                keys.optional(
                    "step",
                    BenchDocument.nanos(Duration.ofMillis(1), Duration.ofSeconds(10)),
                    "50ms",
                    "Step of the calculation.");
            List<Key<? extends Map<String, PartDocument.Entry>>> kinds =
                List.of(
                    keys.optional("tanks", Types.map(PartDocument.TANK), "{}", "By name."),
                    keys.optional("pumps", Types.map(PartDocument.PUMP), "{}", "By name."),
                    keys.optional("valves", Types.map(PartDocument.VALVE), "{}", "By name."),
                    keys.optional("heaters", Types.map(PartDocument.HEATER), "{}", "By name."));
            Key<List<SensorEntry>> sensors =
                keys.optional("sensors", Types.list(SENSOR), "[]", "From process to slaves.");
            Key<List<ActuatorEntry>> actuators =
                keys.optional("actuators", Types.list(ACTUATOR), "[]", "From slaves to process.");
            return fields -> {
              List<BenchProcess.Part> parts = new ArrayList<>();
              List<Located<String>> tanks = new ArrayList<>();
              for (Key<? extends Map<String, PartDocument.Entry>> kind : kinds) {
                for (PartDocument.Entry entry : fields.get(kind).values()) {
                  if (parts.stream().anyMatch(part -> part.name().equals(entry.part().name()))) {
                    throw new IllegalArgumentException(
                        "two parts are called '" + entry.part().name() + "'; rename one");
                  }
                  parts.add(entry.part());
                  tanks.addAll(entry.tanks());
                }
              }
              return new ProcessEntry(
                  fields.get(step), parts, tanks, fields.get(sensors), fields.get(actuators));
            };
          });

  private ProcessDocument() {}
}
