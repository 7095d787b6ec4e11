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
import io.plantbus.simulators.process.Conveyor;
import io.plantbus.simulators.process.Heater;
import io.plantbus.simulators.process.Pump;
import io.plantbus.simulators.process.Sensor;
import io.plantbus.simulators.process.Tank;
import io.plantbus.simulators.process.Transmitter;
import io.plantbus.simulators.process.Valve;
import io.plantbus.simulators.process.electrical.Battery;
import io.plantbus.simulators.process.electrical.Drive;
import io.plantbus.simulators.process.electrical.EnergyMeter;
import io.plantbus.simulators.process.electrical.Inverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The physics of a bench file.
final class ProcessDocument {
  private static final Type<Located<String>> REFERENCE =
      Types.located(
          Types.text(
              "[A-Za-z][^.]*\\..+", "two names with a dot between", "them as 'slave.resource'"));

  private static final ObjectType<Transmitter.Loop> LOOP =
      ObjectType.of(
          "loop",
          "A 4-20 mA loop; beyond 3.8 and 20.5 mA it does not measure (NAMUR NE 43).",
          keys -> {
            Key<Double> low = keys.required("low", Types.real(), "Value at 4 mA.");
            Key<Double> high = keys.required("high", Types.real(), "Value at 20 mA.");
            return fields -> new Transmitter.Loop(fields.get(low), fields.get(high));
          });

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
                    "What is measured, in SI units: `part.quantity`, such as `basin.level`. "
                        + pins(PartPins::quantities));
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
            Key<Long> lag =
                keys.optional("lag", PartDocument.time(), "0s", "Time constant of first order.");
            Key<Long> sample =
                keys.optional(
                    "sample",
                    PartDocument.time(),
                    "0s",
                    "Between two new values; 0s is each step.");
            Key<Double> drift =
                keys.optional("drift", Types.real(), "0", "Error that grows, per hour.");
            Key<Double> walk =
                keys.optional(
                    "walk",
                    Types.real(0, 1e9),
                    "0",
                    "Random walk: its standard deviation after an hour.");
            Key<Double> resolution =
                keys.optional(
                    "resolution", Types.real(0, 1e9), "0", "Between two values that can be shown.");
            OptionalKey<Transmitter.Loop> loop =
                keys.optional(
                    "loop",
                    LOOP,
                    "The current of a 4-20 mA loop is shown, in mA, instead of the value.");
            Key<Double> broken =
                keys.optional(
                    "broken-value", Types.real(), "0", "Shown with a broken wire, without a loop.");
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
                        fields.get(maximum)),
                    new Transmitter.Behaviour(
                        fields.get(lag) / 1e9,
                        fields.get(sample) / 1e9,
                        fields.get(drift),
                        fields.get(walk),
                        fields.get(resolution),
                        fields.get(loop),
                        fields.get(broken)));
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
                    "What obeys: `part.command`, such as `feed.run`. "
                        + pins(PartPins::commands)
                        + " A sensor is the part `sensor.<slave>.<resource>`.");
            Key<Double> scale = keys.optional("scale", Types.real(), "1", "Factor.");
            Key<Double> offset = keys.optional("offset", Types.real(), "0", "Summand.");
            return fields ->
                new ActuatorEntry(
                    fields.get(from), fields.get(to), fields.get(scale), fields.get(offset));
          });

  private static final ObjectType<ActuatorEntry> COUPLING =
      ObjectType.of(
          "coupling",
          "What a part tells another, as a shaft or a cable does: quantity · scale + offset.",
          keys -> {
            Key<Located<String>> from =
                keys.required("from", REFERENCE, "`part.quantity`, such as `motor.speed`.");
            Key<Located<String>> to =
                keys.required("to", REFERENCE, "`part.command`, such as `feed.speed`.");
            Key<Double> scale = keys.optional("scale", Types.real(), "1", "Factor.");
            Key<Double> offset = keys.optional("offset", Types.real(), "0", "Summand.");
            return fields ->
                new ActuatorEntry(
                    fields.get(from), fields.get(to), fields.get(scale), fields.get(offset));
          });

  static final ObjectType<ProcessEntry> TYPE =
      ObjectType.of(
          "process",
          "Tanks, pumps, machines, and how they are wired to each other and to the slaves.",
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
                    keys.optional("heaters", Types.map(PartDocument.HEATER), "{}", "By name."),
                    keys.optional("drives", Types.map(MachineDocument.DRIVE), "{}", "By name."),
                    keys.optional(
                        "conveyors", Types.map(MachineDocument.CONVEYOR), "{}", "By name."),
                    keys.optional("meters", Types.map(MachineDocument.METER), "{}", "By name."),
                    keys.optional(
                        "inverters", Types.map(MachineDocument.INVERTER), "{}", "By name."),
                    keys.optional(
                        "batteries", Types.map(MachineDocument.BATTERY), "{}", "By name."));
            Key<List<SensorEntry>> sensors =
                keys.optional("sensors", Types.list(SENSOR), "[]", "From process to slaves.");
            Key<List<ActuatorEntry>> actuators =
                keys.optional("actuators", Types.list(ACTUATOR), "[]", "From slaves to process.");
            Key<List<ActuatorEntry>> couplings =
                keys.optional("couplings", Types.list(COUPLING), "[]", "From part to part.");
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
                  fields.get(step),
                  parts,
                  tanks,
                  fields.get(sensors),
                  fields.get(actuators),
                  fields.get(couplings));
            };
          });

  private ProcessDocument() {}

  /// What a kind of part can be asked for and told.
  private record PartPins(String kind, List<String> quantities, List<String> commands) {}

  private static String pins(Function<PartPins, List<String>> which) {
    return Stream.of(
            new PartPins("Tanks", Tank.QUANTITIES, Tank.COMMANDS),
            new PartPins("pumps", Pump.QUANTITIES, Pump.COMMANDS),
            new PartPins("valves", Valve.QUANTITIES, Valve.COMMANDS),
            new PartPins("heaters", Heater.QUANTITIES, Heater.COMMANDS),
            new PartPins("drives", Drive.QUANTITIES, Drive.COMMANDS),
            new PartPins("conveyors", Conveyor.QUANTITIES, Conveyor.COMMANDS),
            new PartPins("meters", EnergyMeter.QUANTITIES, EnergyMeter.COMMANDS),
            new PartPins("inverters", Inverter.QUANTITIES, Inverter.COMMANDS),
            new PartPins("batteries", Battery.QUANTITIES, Battery.COMMANDS),
            new PartPins("sensors", Sensor.QUANTITIES, Sensor.COMMANDS))
        .map(part -> part.kind + " have " + String.join(", ", which.apply(part)))
        .collect(Collectors.joining("; ", "", "."));
  }
}
