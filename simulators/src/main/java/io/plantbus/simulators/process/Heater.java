package io.plantbus.simulators.process;

import java.util.List;

/// An electric heater in a tank: m·c·dT/dt = P - U·(T - T_ambient), with P from a proportional
/// controller within the power limit. An empty tank is not heated.
///
/// Quantities: `temperature` (°C), `setpoint` (°C), `power` (W), `heating` (0 or 1), `output` (0 to
/// 1, share of the limit), `energy` (J so far). Commands: `enable` (0 or 1), `setpoint` (°C).
public final class Heater implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of("temperature", "setpoint", "power", "heating", "output", "energy");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("enable", "setpoint");

  /// Specific heat capacity of water.
  static final double WATER_JOULES_PER_KILOGRAM_KELVIN = 4_186;

  private final String name;
  private final Rating rating;
  private final Tank tank;
  private boolean enabled = true;
  private double setpointCelsius;
  private double power;
  private double energy;

  /// What a heater can do and what works against it.
  ///
  /// @param powerWatts the limit, above 0
  /// @param bandKelvin below the set point by this much, the power is at its limit; above 0
  /// @param lossWattsPerKelvin through walls and surface, 0 or more
  /// @param ambientCelsius outside
  public record Rating(
      double powerWatts, double bandKelvin, double lossWattsPerKelvin, double ambientCelsius) {
    public Rating {
      if (!(powerWatts > 0) || !(bandKelvin > 0) || lossWattsPerKelvin < 0) {
        throw new IllegalArgumentException(
            "power and band of a heater must be above 0, its loss 0 or more");
      }
    }
  }

  /// @param setpointCelsius at first
  public Heater(String name, Rating rating, Tank tank, double setpointCelsius) {
    this.name = name;
    this.rating = rating;
    this.tank = tank;
    this.setpointCelsius = setpointCelsius;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step(double seconds) {
    double missing = setpointCelsius - tank.temperatureCelsius();
    boolean wet = tank.massKilograms() > 1;
    power = enabled && wet ? Math.clamp(missing / rating.bandKelvin, 0, 1) * rating.powerWatts : 0;
    double loss = rating.lossWattsPerKelvin * (tank.temperatureCelsius() - rating.ambientCelsius);
    tank.heat((power - loss) * seconds);
    energy += power * seconds;
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "temperature" -> tank.temperatureCelsius();
      case "setpoint" -> setpointCelsius;
      case "power" -> power;
      case "heating" -> power > 0 ? 1 : 0;
      case "output" -> power / rating.powerWatts;
      case "energy" -> energy;
      default -> throw ProcessPart.unknown("a heater", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "enable" -> enabled = value != 0;
      case "setpoint" -> setpointCelsius = value;
      default -> throw ProcessPart.unknown("a heater", commandName, COMMANDS);
    }
  }
}
