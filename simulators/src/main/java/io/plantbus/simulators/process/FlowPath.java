package io.plantbus.simulators.process;

import org.jspecify.annotations.Nullable;

/// A part through which water moves from one tank to another. A [HydraulicNetwork] steps all paths
/// of a process together; a path that is stepped alone moves what it would at the levels before.
public sealed interface FlowPath extends ProcessPart permits Pump, Valve {
  /// Where it comes from, or null for a source that never ends.
  @Nullable Tank from();

  /// Where it goes to, or null for away.
  @Nullable Tank into();

  /// The temperature of what comes from outside.
  double inletCelsius();

  /// Moves what moves by itself, such as a stem or a shaft, before the flow is calculated.
  ///
  /// @param seconds above 0
  void actuate(double seconds);

  /// The flow at given levels, in m³/s; negative if it runs backwards.
  ///
  /// @param fromLevelMetres 0 without a tank
  /// @param intoLevelMetres 0 without a tank
  double flow(double fromLevelMetres, double intoLevelMetres);

  /// Takes notice of what was moved.
  ///
  /// @param cubicMetres negative if it ran backwards
  /// @param seconds in which it was moved
  void moved(double cubicMetres, double seconds);

  /// Whether it lies below both surfaces, so that no more than makes them equal goes through it.
  boolean submerged();

  /// Steps this path alone.
  @Override
  default void step(double seconds) {
    actuate(seconds);
    move(seconds);
  }

  /// Moves, at the levels before, what the donor has.
  ///
  /// @param seconds above 0
  default void move(double seconds) {
    Tank from = from();
    Tank into = into();
    double wanted = seconds * flow(level(from), level(into));
    if (wanted >= 0) {
      moved(carry(wanted, from, into), seconds);
    } else {
      moved(-carry(-wanted, into, from), seconds);
    }
  }

  private double carry(double wanted, @Nullable Tank donor, @Nullable Tank taker) {
    double celsius = donor == null ? inletCelsius() : donor.temperatureCelsius();
    double most = wanted;
    if (submerged() && donor != null && taker != null) {
      double areas = 1 / donor.areaSquareMetres() + 1 / taker.areaSquareMetres();
      most = Math.min(wanted, (level(donor) - level(taker)) / areas);
    }
    double carried = donor == null ? wanted : donor.let(most);
    if (taker != null) {
      taker.take(carried, celsius);
    }
    return carried;
  }

  private static double level(@Nullable Tank tank) {
    return tank == null ? 0 : tank.wettedMetres();
  }

  /// The square root by which flows go with pressure, odd, and straight near 0 as laminar flow is,
  /// so that its slope is finite.
  ///
  /// @param laminar below this it is not the square root; above 0
  static double signedRoot(double value, double laminar) {
    double size = Math.abs(value);
    if (size >= laminar) {
      return Math.copySign(Math.sqrt(size), value);
    }
    double share = value / laminar;
    return Math.sqrt(laminar) * share * (1.25 - 0.25 * share * share);
  }
}
