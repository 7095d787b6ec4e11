package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.simulators.bench.BenchProcess.Part;
import io.plantbus.simulators.process.Heater;
import io.plantbus.simulators.process.Pump;
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
            return fields ->
                new Entry(
                    new Part.HeaterPart(
                        fields.name(),
                        new Heater.Rating(
                            fields.get(power),
                            fields.get(band),
                            fields.get(loss),
                            fields.get(ambient)),
                        fields.get(tank).value(),
                        fields.get(setpoint)),
                    List.of(fields.get(tank)));
          });

  private PartDocument() {}

  private static Type<Double> positive() {
    return Types.real(1e-9, 1e9);
  }

  private static Type<Long> time() {
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
