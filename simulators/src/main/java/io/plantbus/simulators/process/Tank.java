package io.plantbus.simulators.process;

import java.util.List;

/// An upright tank of water, open at the top. What flows in and out is taken within each step, so
/// that no drop is lost: content = initial + taken in - let out - overflowed.
///
/// Quantities: `level` (m), `volume` (m³), `pressure` (Pa at the bottom, above atmosphere),
/// `overflow` (m³ so far), `temperature` (°C), `inflow` and `outflow` (m³/s over the last step).
/// Command: `level` (m), for setting it by hand.
public final class Tank implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of("level", "volume", "pressure", "overflow", "temperature", "inflow", "outflow");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("level");

  /// Density of water.
  public static final double DENSITY_KILOGRAMS_PER_CUBIC_METRE = 1_000;

  private static final double GRAVITY_METRES_PER_SECOND_SQUARED = 9.80665;

  /// Weight of water.
  static final double WEIGHT_NEWTONS_PER_CUBIC_METRE =
      DENSITY_KILOGRAMS_PER_CUBIC_METRE * GRAVITY_METRES_PER_SECOND_SQUARED;

  private final String name;
  private final double areaSquareMetres;
  private final double heightMetres;
  private double volumeCubicMetres;
  private double overflowCubicMetres;
  private double temperatureCelsius;
  private double taken;
  private double let;
  private double inflow;
  private double outflow;

  /// @param areaSquareMetres above 0
  /// @param heightMetres above 0; what rises above it overflows
  /// @param levelMetres at first, 0 to the height
  /// @param temperatureCelsius of the content at first
  public Tank(
      String name,
      double areaSquareMetres,
      double heightMetres,
      double levelMetres,
      double temperatureCelsius) {
    if (!(areaSquareMetres > 0) || !(heightMetres > 0)) {
      throw new IllegalArgumentException("area and height of a tank must be above 0");
    }
    if (!(levelMetres >= 0 && levelMetres <= heightMetres)) {
      throw new IllegalArgumentException(
          "the level must be 0.." + heightMetres + " m, was " + levelMetres);
    }
    this.name = name;
    this.areaSquareMetres = areaSquareMetres;
    this.heightMetres = heightMetres;
    this.volumeCubicMetres = levelMetres * areaSquareMetres;
    this.temperatureCelsius = temperatureCelsius;
  }

  @Override
  public String name() {
    return name;
  }

  /// Takes water in.
  ///
  /// @param volume cubic metres, 0 or more
  /// @param celsius its temperature
  public void take(double volume, double celsius) {
    if (volume > 0) {
      temperatureCelsius += (celsius - temperatureCelsius) * volume / (volumeCubicMetres + volume);
      volumeCubicMetres += volume;
      taken += volume;
    }
  }

  /// Lets water out, as far as there is any.
  ///
  /// @param volume cubic metres, 0 or more
  /// @return what came out
  public double let(double volume) {
    double out = Math.min(volume, volumeCubicMetres());
    volumeCubicMetres -= out;
    let += out;
    return out;
  }

  /// Sets what it holds, as balanced by a [HydraulicNetwork].
  ///
  /// @param volume cubic metres; the rounding of a balance may leave an empty tank a trace below 0
  void hold(double volume, double celsius) {
    volumeCubicMetres = volume;
    temperatureCelsius = celsius;
  }

  /// Counts what a path of a [HydraulicNetwork] has moved into it, or out of it if negative.
  void count(double volume) {
    taken += Math.max(0, volume);
    let += Math.max(0, -volume);
  }

  /// Warms the content, or cools it. An empty tank takes no heat.
  ///
  /// @param joules may be negative
  public void heat(double joules) {
    double kilograms = massKilograms();
    if (kilograms > 1) {
      temperatureCelsius += joules / (kilograms * Heater.WATER_JOULES_PER_KILOGRAM_KELVIN);
    }
  }

  @Override
  public void step(double seconds) {
    double excess = volumeCubicMetres - heightMetres * areaSquareMetres;
    if (excess > 0) {
      volumeCubicMetres -= excess;
      overflowCubicMetres += excess;
    }
    inflow = taken / seconds;
    outflow = let / seconds;
    taken = 0;
    let = 0;
  }

  /// Height of the surface above the bottom.
  public double levelMetres() {
    return volumeCubicMetres() / areaSquareMetres;
  }

  /// The content.
  public double volumeCubicMetres() {
    return Math.max(0, volumeCubicMetres);
  }

  /// The content as it is booked, which may be a trace below 0.
  double balanceCubicMetres() {
    return volumeCubicMetres;
  }

  /// The level that presses on the bottom: at most the height.
  double wettedMetres() {
    return Math.min(heightMetres, levelMetres());
  }

  /// Its base.
  double areaSquareMetres() {
    return areaSquareMetres;
  }

  /// Its height.
  double heightMetres() {
    return heightMetres;
  }

  /// What has overflowed so far.
  public double overflowCubicMetres() {
    return overflowCubicMetres;
  }

  /// The content's mass.
  public double massKilograms() {
    return volumeCubicMetres() * DENSITY_KILOGRAMS_PER_CUBIC_METRE;
  }

  /// The content's temperature.
  public double temperatureCelsius() {
    return temperatureCelsius;
  }

  /// Pressure at the bottom, above atmosphere.
  public double pressurePascals() {
    return levelMetres() * DENSITY_KILOGRAMS_PER_CUBIC_METRE * GRAVITY_METRES_PER_SECOND_SQUARED;
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "level" -> levelMetres();
      case "volume" -> volumeCubicMetres();
      case "pressure" -> pressurePascals();
      case "overflow" -> overflowCubicMetres;
      case "temperature" -> temperatureCelsius;
      case "inflow" -> inflow;
      case "outflow" -> outflow;
      default -> throw ProcessPart.unknown("a tank", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    if (!commandName.equals("level")) {
      throw ProcessPart.unknown("a tank", commandName, COMMANDS);
    }
    volumeCubicMetres = Math.clamp(value, 0, heightMetres) * areaSquareMetres;
  }
}
