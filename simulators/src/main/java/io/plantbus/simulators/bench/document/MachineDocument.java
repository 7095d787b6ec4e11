package io.plantbus.simulators.bench.document;

import static io.plantbus.simulators.bench.document.PartDocument.positive;
import static io.plantbus.simulators.bench.document.PartDocument.time;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Types;
import io.plantbus.simulators.bench.BenchProcess.Part;
import io.plantbus.simulators.bench.document.PartDocument.Entry;
import io.plantbus.simulators.process.Conveyor;
import io.plantbus.simulators.process.electrical.Battery;
import io.plantbus.simulators.process.electrical.Drive;
import io.plantbus.simulators.process.electrical.Inverter;
import io.plantbus.simulators.process.electrical.Motor;
import io.plantbus.simulators.process.electrical.Sun;
import java.util.List;

/// The machines of a process in a bench file.
final class MachineDocument {
  static final ObjectType<Entry> DRIVE =
      ObjectType.of(
          "drive",
          "An induction motor with a frequency converter.",
          keys -> {
            Key<Double> power = keys.required("power", positive(), "In W at the shaft.");
            Key<Double> synchronous =
                keys.optional("synchronous-speed", positive(), "1500", "In 1/min.");
            Key<Double> rated =
                keys.optional("rated-speed", positive(), "1455", "In 1/min under full load.");
            Key<Double> volts = keys.optional("voltage", positive(), "400", "Between phases, V.");
            Key<Double> cosPhi =
                keys.optional("power-factor", Types.real(0.1, 0.99), "0.85", "At full load.");
            Key<Double> efficiency =
                keys.optional("efficiency", Types.real(0.1, 0.99), "0.9", "At full load.");
            Key<Double> inertia =
                keys.optional("inertia", positive(), "0.1", "Of motor and load, kg·m².");
            Key<Double> quadratic =
                keys.optional(
                    "quadratic-share",
                    Types.real(0, 1),
                    "1",
                    "Of the load that goes with the square of speed; the rest is constant.");
            Key<Long> up = keys.optional("ramp-up", time(), "5s", "To the rated frequency.");
            Key<Long> down = keys.optional("ramp-down", time(), "5s", "From there to standstill.");
            Key<Double> trip =
                keys.optional(
                    "trip-current", Types.real(1.01, 100), "2", "As a share of the rated one.");
            Key<Long> thermal =
                keys.optional("thermal-time", time(), "300s", "Time constant of I²t.");
            Key<Double> least =
                keys.optional(
                    "least-supply", Types.real(0, 1), "0.7", "As a share of the rated voltage.");
            Key<Double> load =
                keys.optional("load", Types.real(0, 10), "0.7", "As a share of the rated torque.");
            return fields ->
                new Entry(
                    new Part.DrivePart(
                        fields.name(),
                        new Motor.Rating(
                            fields.get(power),
                            fields.get(synchronous),
                            fields.get(rated),
                            fields.get(volts),
                            fields.get(cosPhi),
                            fields.get(efficiency),
                            fields.get(inertia),
                            fields.get(quadratic)),
                        new Drive.Settings(
                            fields.get(up) / 1e9,
                            fields.get(down) / 1e9,
                            fields.get(trip),
                            fields.get(thermal) / 1e9,
                            fields.get(least),
                            fields.get(load))),
                    List.of());
          });

  static final ObjectType<Entry> CONVEYOR =
      ObjectType.of(
          "conveyor",
          "A belt with an encoder, and a photo eye that sees what rides on it.",
          keys -> {
            Key<Double> length = keys.required("length", positive(), "In m.");
            Key<Double> speed = keys.required("speed", positive(), "In m/s at full speed.");
            Key<Long> ramp = keys.optional("ramp", time(), "1s", "From rest to full speed.");
            Key<Double> counts =
                keys.optional("counts", positive(), "1000", "Of the encoder, per m.");
            Key<Double> eye =
                keys.optional("eye", Types.real(0, 1e6), "0", "Where the eye is, in m.");
            Key<Double> item = keys.optional("item", positive(), "0.3", "Length of an item, m.");
            Key<Double> gap =
                keys.optional("gap", positive(), "1", "From item to item on average, in m.");
            return fields ->
                new Entry(
                    new Part.ConveyorPart(
                        fields.name(),
                        new Conveyor.Rating(
                            fields.get(length),
                            fields.get(speed),
                            fields.get(ramp) / 1e9,
                            fields.get(counts),
                            fields.get(eye),
                            fields.get(item),
                            fields.get(gap))),
                    List.of());
          });

  static final ObjectType<Entry> METER =
      ObjectType.of(
          "meter",
          "An energy meter of three phases; couplings tell it what is taken and given.",
          keys -> {
            Key<Double> volts = keys.optional("voltage", positive(), "230", "To neutral, in V.");
            Key<Double> hertz = keys.optional("frequency", positive(), "50", "In Hz.");
            Key<Double> cosPhi =
                keys.optional("power-factor", Types.real(0.01, 1), "0.95", "Of what is taken.");
            Key<Double> load = keys.optional("load", Types.real(0, 1e9), "0", "In W at first.");
            return fields ->
                new Entry(
                    new Part.MeterPart(
                        fields.name(),
                        fields.get(volts),
                        fields.get(hertz),
                        fields.get(cosPhi),
                        fields.get(load)),
                    List.of());
          });

  static final ObjectType<Entry> INVERTER =
      ObjectType.of(
          "inverter",
          "Solar panels with their inverter, over the day.",
          keys -> {
            Key<Double> power = keys.required("power", positive(), "The most it gives, in W.");
            Key<Double> peak = keys.required("peak", positive(), "Of the panels, in W.");
            Key<Double> open =
                keys.optional("open-voltage", positive(), "800", "Of the panels, in V.");
            Key<Long> start = keys.optional("start", time(), "20s", "From light to power.");
            Key<Double> ambient = keys.optional("ambient", Types.real(-60, 80), "20", "In °C.");
            Key<Double> hour =
                keys.optional("hour", Types.real(0, 24), "12", "Of the day, at the start.");
            Key<Double> sunrise = keys.optional("sunrise", Types.real(0, 24), "6", "Hour.");
            Key<Double> sunset = keys.optional("sunset", Types.real(0, 24), "20", "Hour.");
            Key<Double> clouds =
                keys.optional("clouds", Types.real(0, 1), "0", "What they take at most.");
            return fields ->
                new Entry(
                    new Part.InverterPart(
                        fields.name(),
                        new Inverter.Rating(
                            fields.get(power),
                            fields.get(peak),
                            fields.get(open),
                            fields.get(start) / 1e9,
                            fields.get(ambient)),
                        new Sun.Day(
                            fields.get(hour),
                            fields.get(sunrise),
                            fields.get(sunset),
                            fields.get(clouds))),
                    List.of());
          });

  static final ObjectType<Entry> BATTERY =
      ObjectType.of(
          "battery",
          "A battery; its power is told to it, positive discharging.",
          keys -> {
            Key<Double> capacity = keys.required("capacity", positive(), "In A·h.");
            Key<Double> empty =
                keys.optional("empty-voltage", positive(), "44", "Open circuit, in V.");
            Key<Double> full =
                keys.optional("full-voltage", positive(), "54", "Open circuit, in V.");
            Key<Double> resistance = keys.optional("resistance", positive(), "0.02", "In Ω.");
            Key<Double> current =
                keys.optional("current", positive(), "100", "The most either way, in A.");
            Key<Double> heat = keys.optional("heat-capacity", positive(), "40000", "In J/K.");
            Key<Double> cooling = keys.optional("cooling", Types.real(0, 1e6), "5", "In W/K.");
            Key<Double> ambient = keys.optional("ambient", Types.real(-60, 80), "20", "In °C.");
            Key<Double> soc = keys.optional("soc", Types.real(0, 1), "0.5", "At first, 0 to 1.");
            return fields ->
                new Entry(
                    new Part.BatteryPart(
                        fields.name(),
                        new Battery.Rating(
                            fields.get(capacity),
                            fields.get(empty),
                            fields.get(full),
                            fields.get(resistance),
                            fields.get(current),
                            fields.get(heat),
                            fields.get(cooling),
                            fields.get(ambient)),
                        fields.get(soc)),
                    List.of());
          });

  private MachineDocument() {}
}
