package io.plantbus.simulators.process.electrical;

import io.plantbus.simulators.process.ProcessPart;
import java.util.List;

/// A battery: an open-circuit voltage that goes with the charge, behind a resistance. The charge is
/// what was counted (coulombs); the current is limited, and at an end of its charge it takes or
/// gives nothing more.
///
/// Quantities: `soc` (0 to 1), `voltage` (V), `current` (A, positive discharging), `power` (W,
/// positive discharging), `temperature` (°C), `state` (SunSpec's: 1 disconnected, 3 connected),
/// `charging` (SunSpec's ChaSt: 2 empty, 3 discharging, 4 charging, 5 full, 6 holding), `cycles`,
/// `charged` and `discharged` (J at the terminals so far), `stored` (J, of the open circuit),
/// `heat` (J lost inside so far). Commands: `power` (W wanted, positive discharging), `connect` (0
/// or 1).
public final class Battery implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of(
          "soc",
          "voltage",
          "current",
          "power",
          "temperature",
          "state",
          "charging",
          "cycles",
          "charged",
          "discharged",
          "stored",
          "heat");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("power", "connect");

  private static final double SECONDS_PER_HOUR = 3_600;

  /// Open-circuit voltage is empty + (full - empty) · (straight · soc + bend · (1 - (1 - soc)²)).
  private static final double BEND = 0.5;

  private final String name;
  private final Rating rating;
  private final double capacityCoulombs;
  private boolean connected = true;
  private double wanted;
  private double soc;
  private double current;
  private double voltage;
  private double celsius;
  private double charged;
  private double discharged;
  private double heat;
  private double throughput;

  /// A battery by its plate.
  ///
  /// @param capacityAmpereHours above 0
  /// @param emptyVolts open circuit, above 0
  /// @param fullVolts open circuit, above that
  /// @param ohms inside, above 0
  /// @param mostAmperes either way, above 0
  /// @param heatCapacityJoulesPerKelvin above 0
  /// @param coolingWattsPerKelvin 0 or more
  /// @param ambientCelsius outside
  public record Rating(
      double capacityAmpereHours,
      double emptyVolts,
      double fullVolts,
      double ohms,
      double mostAmperes,
      double heatCapacityJoulesPerKelvin,
      double coolingWattsPerKelvin,
      double ambientCelsius) {
    public Rating {
      if (!(capacityAmpereHours > 0) || !(ohms > 0) || !(mostAmperes > 0)) {
        throw new IllegalArgumentException(
            "capacity, resistance and current of a battery must be above 0");
      }
      if (!(emptyVolts > 0 && fullVolts > emptyVolts)) {
        throw new IllegalArgumentException("a full battery must have more voltage than an empty");
      }
      if (!(heatCapacityJoulesPerKelvin > 0) || !(coolingWattsPerKelvin >= 0)) {
        throw new IllegalArgumentException("a battery's heat capacity must be above 0");
      }
    }
  }

  /// @param soc at first, 0 to 1
  public Battery(String name, Rating rating, double soc) {
    if (!(soc >= 0 && soc <= 1)) {
      throw new IllegalArgumentException("a state of charge must be 0..1, was " + soc);
    }
    this.name = name;
    this.rating = rating;
    this.soc = soc;
    this.capacityCoulombs = rating.capacityAmpereHours * SECONDS_PER_HOUR;
    this.celsius = rating.ambientCelsius;
    this.voltage = openVolts(soc);
  }

  @Override
  public String name() {
    return name;
  }

  private double openVolts(double charge) {
    double rest = 1 - charge;
    double shape = (1 - BEND) * charge + BEND * (1 - rest * rest);
    return rating.emptyVolts + (rating.fullVolts - rating.emptyVolts) * shape;
  }

  /// The integral of the open-circuit voltage over the charge.
  private double storedJoules(double charge) {
    double rest = 1 - charge;
    double bend = charge - (1 - rest * rest * rest) / 3;
    double shape = (1 - BEND) * charge * charge / 2 + BEND * bend;
    return capacityCoulombs
        * (rating.emptyVolts * charge + (rating.fullVolts - rating.emptyVolts) * shape);
  }

  @Override
  public void step(double seconds) {
    current = connected ? limited(seconds) : 0;
    double before = soc;
    soc = Math.clamp(soc - current * seconds / capacityCoulombs, 0, 1);
    double given = storedJoules(before) - storedJoules(soc);
    double lost = current * current * rating.ohms * seconds;
    double terminal = given - lost;
    voltage = current == 0 ? openVolts(soc) : terminal / (current * seconds);
    charged += Math.max(0, -terminal);
    discharged += Math.max(0, terminal);
    heat += lost;
    throughput += Math.abs(soc - before);
    double warming = lost / rating.heatCapacityJoulesPerKelvin;
    double rate = rating.coolingWattsPerKelvin / rating.heatCapacityJoulesPerKelvin;
    double over = (celsius - rating.ambientCelsius) * Math.exp(-rate * seconds);
    celsius = rating.ambientCelsius + over + warming;
  }

  /// The current that gives the power wanted, as far as limits and charge let it.
  private double limited(double seconds) {
    double open = openVolts(soc);
    double root = open * open - 4 * rating.ohms * wanted;
    double asked = (open - Math.sqrt(Math.max(0, root))) / (2 * rating.ohms);
    double most = Math.min(rating.mostAmperes, soc * capacityCoulombs / seconds);
    double least = Math.min(rating.mostAmperes, (1 - soc) * capacityCoulombs / seconds);
    return Math.clamp(asked, -least, most);
  }

  private int charging() {
    return soc <= 0 ? 2 : soc >= 1 ? 5 : current > 0 ? 3 : current < 0 ? 4 : 6;
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "soc" -> soc;
      case "voltage" -> voltage;
      case "current" -> current;
      case "power" -> voltage * current;
      case "temperature" -> celsius;
      case "state" -> connected ? 3 : 1;
      case "charging" -> charging();
      case "cycles" -> throughput / 2;
      case "charged" -> charged;
      case "discharged" -> discharged;
      case "stored" -> storedJoules(soc);
      case "heat" -> heat;
      default -> throw ProcessPart.unknown("a battery", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "power" -> wanted = value;
      case "connect" -> connected = value != 0;
      default -> throw ProcessPart.unknown("a battery", commandName, COMMANDS);
    }
  }
}
