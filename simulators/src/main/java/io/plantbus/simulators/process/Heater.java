package io.plantbus.simulators.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An electric heater in a tank: m·c·dT/dt = heat - U·(T - T_ambient). The power P comes from a
/// proportional controller within the power limit, or from outside; it becomes heat by way of the
/// element's own capacity (first order) and after a dead time. An empty tank is not heated.
///
/// Quantities: `temperature` (°C), `setpoint` (°C), `power` (W taken), `heating` (0 or 1), `output`
/// (0 to 1, share of the limit), `energy` (J taken so far), `heat` (J given to the water so far),
/// `loss` (J through the walls so far), `stored` (J in the element and on their way). Commands:
/// `enable` (0 or 1), `setpoint` (°C), `manual` (0 or 1: the output is as told), `output` (0 to 1,
/// in manual).
public final class Heater implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of(
          "temperature",
          "setpoint",
          "power",
          "heating",
          "output",
          "energy",
          "heat",
          "loss",
          "stored");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("enable", "setpoint", "manual", "output");

  /// Specific heat capacity of water.
  static final double WATER_JOULES_PER_KILOGRAM_KELVIN = 4_186;

  private final String name;
  private final Rating rating;
  private final Element element;
  private final Tank tank;
  private @Nullable DelayLine delay;
  private boolean enabled = true;
  private boolean manual;
  private double manualOutput;
  private double setpointCelsius;
  private double power;
  private double glowing;
  private double energy;
  private double heat;
  private double loss;

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

  /// How power becomes heat.
  ///
  /// @param lagSeconds time constant of the element, 0 or more
  /// @param deadSeconds until heat arrives, in whole steps; 0 or more
  public record Element(double lagSeconds, double deadSeconds) {
    /// At once.
    public static final Element IDEAL = new Element(0, 0);

    public Element {
      if (!(lagSeconds >= 0) || !(deadSeconds >= 0)) {
        throw new IllegalArgumentException("lag and dead time of a heater must be 0 or more");
      }
    }
  }

  /// A heater that heats at once.
  ///
  /// @param setpointCelsius at first
  public Heater(String name, Rating rating, Tank tank, double setpointCelsius) {
    this(name, rating, Element.IDEAL, tank, setpointCelsius);
  }

  /// @param setpointCelsius at first
  public Heater(String name, Rating rating, Element element, Tank tank, double setpointCelsius) {
    this.name = name;
    this.rating = rating;
    this.element = element;
    this.tank = tank;
    this.setpointCelsius = setpointCelsius;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step(double seconds) {
    boolean wet = tank.massKilograms() > 1;
    power = enabled && wet ? wantedShare() * rating.powerWatts : 0;
    double given = throughElement(power, seconds);
    DelayLine line = delay;
    if (line == null) {
      line = DelayLine.of(element.deadSeconds, seconds);
      delay = line;
    }
    double arrived = line.pass(given);
    double lost =
        wet
            ? rating.lossWattsPerKelvin
                * (tank.temperatureCelsius() - rating.ambientCelsius)
                * seconds
            : 0;
    tank.heat(arrived - lost);
    energy += power * seconds;
    heat += wet ? arrived : 0;
    loss += wet ? lost : arrived;
  }

  private double wantedShare() {
    double missing = setpointCelsius - tank.temperatureCelsius();
    return manual ? manualOutput : Math.clamp(missing / rating.bandKelvin, 0, 1);
  }

  /// The exact mean of a first-order lag over the step, so that the element stores lag · power.
  private double throughElement(double watts, double seconds) {
    if (element.lagSeconds == 0) {
      return watts * seconds;
    }
    double before = glowing;
    glowing = watts + (glowing - watts) * Math.exp(-seconds / element.lagSeconds);
    return watts * seconds - element.lagSeconds * (glowing - before);
  }

  private double stored() {
    return element.lagSeconds * glowing + (delay == null ? 0 : delay.content());
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
      case "heat" -> heat;
      case "loss" -> loss;
      case "stored" -> stored();
      default -> throw ProcessPart.unknown("a heater", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "enable" -> enabled = value != 0;
      case "setpoint" -> setpointCelsius = value;
      case "manual" -> manual = value != 0;
      case "output" -> manualOutput = Math.clamp(value, 0, 1);
      default -> throw ProcessPart.unknown("a heater", commandName, COMMANDS);
    }
  }
}
