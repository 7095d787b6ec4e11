package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.simulators.bench.BenchProcess.Part;
import io.plantbus.simulators.process.DryRun;
import io.plantbus.simulators.process.Heater;
import io.plantbus.simulators.process.Pump;
import io.plantbus.simulators.process.Stiction;
import io.plantbus.simulators.process.Valve;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parts of a process in a bench file.
final class PartDocument {
  /// A part and the tanks that it refers to.
  record Entry(Part part, List<Located<String>> tanks) {}

  private static final double SECONDS_PER_HOUR = 3_600;
  private static final Type<Located<String>> TANK_NAME = Types.located(Types.name());

  static final ObjectType<Entry> TANK =
      ObjectType.of(
          "tank",
          "An upright tank of water, open at the top.",
          keys -> {
            Key<Double> area = keys.required("area", positive(), "Base in m².");
            Key<Double> height = keys.required("height", positive(), "In m; above it overflows.");
            Key<Double> level = keys.optional("level", Types.real(), "0", "At first, in m.");
            Key<Double> temperature =
                keys.optional("temperature", Types.real(0, 100), "15", "At first, in °C.");
            return fields ->
                new Entry(
                    new Part.TankPart(
                        fields.name(),
                        fields.get(area),
                        fields.get(height),
                        within(fields.get(level), fields.get(height)),
                        fields.get(temperature)),
                    List.of());
          });

  static final ObjectType<Entry> PUMP =
      ObjectType.of(
          "pump",
          "A centrifugal pump on a drive.",
          keys -> {
            Key<Double> flow =
                keys.required("flow", positive(), "In m³/h at full speed against the static head.");
            Key<Double> shutoff =
                keys.optional(
                    "shutoff-head", positive(), "20", "In m, at full speed without flow.");
            Key<Double> head =
                keys.optional("static-head", Types.real(0, 10_000), "5", "Lift in m.");
            Key<Long> ramp = keys.optional("ramp", time(), "2s", "From rest to full speed.");
            Key<Double> power =
                keys.optional("power", Types.real(0, 1e9), "0", "In W at full speed.");
            Key<Double> temperature =
                keys.optional(
                    "temperature",
                    Types.real(0, 100),
                    "12",
                    "Of what it pumps without 'from', °C.");
            Key<Double> friction =
                keys.optional(
                    "friction-head",
                    Types.real(0, 10_000),
                    "0",
                    "In m, lost in the pipe at `flow`; it goes with the square of the flow.");
            Key<Boolean> levels =
                keys.optional(
                    "level-head",
                    Types.bool(),
                    "false",
                    "Whether the levels of both tanks change the lift.");
            Key<Boolean> check =
                keys.optional(
                    "check-valve",
                    Types.bool(),
                    "true",
                    "Without one, water of `into` runs back through a pump that cannot hold it.");
            Key<Double> idle =
                keys.optional(
                    "idle-share",
                    Types.real(0, 1),
                    "1",
                    "Share of the power that is taken without flow; the rest goes with the flow.");
            Key<Double> npsh =
                keys.optional(
                    "npsh", Types.real(0, 100), "0", "Suction head in m needed at `flow`.");
            Key<Double> lift =
                keys.optional(
                    "suction-lift",
                    Types.real(-100, 100),
                    "0",
                    "In m from the bottom of `from` up to the pump.");
            Key<Double> least =
                keys.optional(
                    "least-level",
                    Types.real(0, 100),
                    "0",
                    "Below this level of `from`, in m, it draws air.");
            Key<Long> trip =
                keys.optional("dry-run-trip", time(), "0s", "Dry for that long; 0s is never.");
            OptionalKey<Located<String>> from =
                keys.optional("from", TANK_NAME, "A tank; else a source that never ends.");
            OptionalKey<Located<String>> into =
                keys.optional("into", TANK_NAME, "A tank; else away.");
            return fields ->
                new Entry(
                    new Part.PumpPart(
                        fields.name(),
                        new Pump.Rating(
                            fields.get(flow) / SECONDS_PER_HOUR,
                            fields.get(shutoff),
                            fields.get(head),
                            fields.get(ramp) / 1e9,
                            fields.get(power),
                            fields.get(temperature)),
                        new Pump.Installation(
                            fields.get(friction),
                            fields.get(levels),
                            fields.get(check),
                            fields.get(idle),
                            new DryRun.Suction(
                                fields.get(npsh),
                                fields.get(lift),
                                fields.get(least),
                                fields.get(trip) / 1e9)),
                        name(fields.get(from)),
                        name(fields.get(into))),
                    present(fields.get(from), fields.get(into)));
          });

  static final ObjectType<Entry> VALVE =
      ObjectType.of(
          "valve",
          "A control valve at the bottom of a tank.",
          keys -> {
            Key<Double> kv = keys.required("kv", positive(), "Flow in m³/h, open, at 1 bar.");
            Key<Long> stroke = keys.optional("stroke", time(), "4s", "From closed to open.");
            Key<Double> position =
                keys.optional("position", Types.real(0, 1), "0", "Opening at first, 0 to 1.");
            Key<Boolean> equal =
                keys.optional(
                    "characteristic",
                    ChoiceType.of("linear", false).or("equal-percentage", true),
                    "linear",
                    "How flow goes with position.");
            Key<Double> rangeability =
                keys.optional(
                    "rangeability",
                    Types.real(1, 1_000),
                    "50",
                    "R of f = R^(position - 1), for `equal-percentage`.");
            Key<Boolean> submerged =
                keys.optional(
                    "submerged",
                    Types.bool(),
                    "false",
                    "Whether the level of `into` presses back; water then runs either way.");
            Key<Double> band =
                keys.optional(
                    "stick-band",
                    Types.real(0, 1),
                    "0",
                    "Way of the actuator after a reversal until the stem moves: hysteresis.");
            Key<Double> jump =
                keys.optional(
                    "slip-jump",
                    Types.real(0, 1),
                    "0",
                    "How far the stem slips when it comes loose, at most `stick-band`: stiction.");
            Key<Located<String>> from =
                keys.required("from", TANK_NAME, "The tank that it drains.");
            OptionalKey<Located<String>> into =
                keys.optional("into", TANK_NAME, "A tank; else away.");
            return fields ->
                new Entry(
                    new Part.ValvePart(
                        fields.name(),
                        fields.get(kv),
                        fields.get(stroke) / 1e9,
                        fields.get(position),
                        new Valve.Trim(
                            fields.get(equal) ? fields.get(rangeability) : 1,
                            fields.get(submerged),
                            new Stiction.Rating(fields.get(band), fields.get(jump))),
                        fields.get(from).value(),
                        name(fields.get(into))),
                    present(fields.get(from), fields.get(into)));
          });

  static final ObjectType<Entry> HEATER =
      ObjectType.of(
          "heater",
          "An electric heater in a tank, with a proportional controller.",
          keys -> {
            Key<Located<String>> tank = keys.required("tank", TANK_NAME, "What it heats.");
            Key<Double> power = keys.required("power", positive(), "Limit in W.");
            Key<Double> band =
                keys.optional("band", positive(), "2", "In K below the set point: full power.");
            Key<Double> loss =
                keys.optional("loss", Types.real(0, 1e9), "20", "Through the walls, in W/K.");
            Key<Double> ambient = keys.optional("ambient", Types.real(-60, 80), "18", "In °C.");
            Key<Double> setpoint =
                keys.optional("setpoint", Types.real(0, 100), "40", "At first, in °C.");
            Key<Long> lag =
                keys.optional("lag", time(), "0s", "Time constant of the heating element.");
            Key<Long> dead =
                keys.optional(
                    "dead-time", time(), "0s", "Until heat arrives, at most 100000 steps.");
            return fields ->
                new Entry(
                    new Part.HeaterPart(
                        fields.name(),
                        new Heater.Rating(
                            fields.get(power),
                            fields.get(band),
                            fields.get(loss),
                            fields.get(ambient)),
                        new Heater.Element(fields.get(lag) / 1e9, fields.get(dead) / 1e9),
                        fields.get(tank).value(),
                        fields.get(setpoint)),
                    List.of(fields.get(tank)));
          });

  private PartDocument() {}

  static Type<Double> positive() {
    return Types.real(1e-9, 1e9);
  }

  static Type<Long> time() {
    return BenchDocument.nanos(Duration.ZERO, Duration.ofHours(1));
  }

  private static double within(double level, double height) {
    if (!(level >= 0 && level <= height)) {
      throw new IllegalArgumentException(
          "the level " + level + " lies outside of the tank; write 0.." + height);
    }
    return level;
  }

  private static @Nullable String name(@Nullable Located<String> located) {
    return located == null ? null : located.value();
  }

  @SafeVarargs
  private static List<Located<String>> present(@Nullable Located<String>... located) {
    return Stream.of(located).filter(Objects::nonNull).toList();
  }
}
