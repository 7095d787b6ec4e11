package io.plantbus.simulators.process.electrical;

import io.plantbus.simulators.process.ProcessPart;
import java.util.List;

/// A photovoltaic inverter of three phases. It looks for the most power by trying a little more and
/// a little less voltage (perturb and observe), less where a limit or its temperature demands it.
///
/// `state` is SunSpec's: 1 off, 2 sleeping, 3 starting, 4 tracking, 5 throttled, 7 fault.
///
/// Quantities: `state`, `irradiance` (W/m²), `hour` (of the day), `dc-voltage`, `dc-current`,
/// `dc-power`, `power` (W to the mains), `current` (A per phase), `voltage` (V to neutral),
/// `frequency` (Hz), `efficiency`, `temperature` (°C of the heat sink), `derating` (share that is
/// left), `energy` and `dc-energy` (J so far), `heat` (J lost so far). Commands: `limit` (0 to 1,
/// as a share of the rated power), `limit-enable`, `connect`, `trip` (0 or 1), `irradiance` (W/m²;
/// below 0 is by the sun), `voltage`, `frequency` (of the mains), `ambient` (°C).
public final class Inverter implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of(
          "state",
          "irradiance",
          "hour",
          "dc-voltage",
          "dc-current",
          "dc-power",
          "power",
          "current",
          "voltage",
          "frequency",
          "efficiency",
          "temperature",
          "derating",
          "energy",
          "dc-energy",
          "heat");

  /// Its commands.
  public static final List<String> COMMANDS =
      List.of(
          "limit",
          "limit-enable",
          "connect",
          "trip",
          "irradiance",
          "voltage",
          "frequency",
          "ambient");

  private static final int OFF = 1;
  private static final int SLEEPING = 2;
  private static final int STARTING = 3;
  private static final int TRACKING = 4;
  private static final int THROTTLED = 5;
  private static final int FAULTED = 7;

  private static final double FULL_LIGHT = 1_000;
  private static final double DARK_SHARE = 0.02;
  private static final double OWN_SHARE = 0.004;
  private static final double COPPER_SHARE = 0.016;
  private static final double STEP_SHARE = 0.003;
  private static final double DERATE_FROM = 60;
  private static final double DERATE_TO = 80;

  private final String name;
  private final Rating rating;
  private final Panels panels;
  private final Sun sun;
  private int state = SLEEPING;
  private boolean connected = true;
  private boolean limited;
  private boolean tripped;
  private double limit = 1;
  private double forcedIrradiance = -1;
  private double mainsVolts = 230;
  private double mainsHertz = 50;
  private double ambient;
  private double startingSeconds;
  private double direction = 1;
  private double volts;
  private double amperes;
  private double before;
  private double power;
  private double celsius;
  private double energy;
  private double dcEnergy;
  private double heat;

  /// An inverter and its panels.
  ///
  /// @param powerWatts the most it gives, above 0
  /// @param peakWatts of the panels, above 0
  /// @param openVolts of the panels, above 0
  /// @param startSeconds from light to power, 0 or more
  /// @param ambientCelsius around it
  public record Rating(
      double powerWatts,
      double peakWatts,
      double openVolts,
      double startSeconds,
      double ambientCelsius) {
    public Rating {
      if (!(powerWatts > 0) || !(peakWatts > 0) || !(openVolts > 0) || !(startSeconds >= 0)) {
        throw new IllegalArgumentException("power and voltage of an inverter must be above 0");
      }
    }
  }

  public Inverter(String name, Rating rating, Sun sun) {
    this.name = name;
    this.rating = rating;
    this.sun = sun;
    this.panels = new Panels(rating.peakWatts, rating.openVolts);
    this.ambient = rating.ambientCelsius;
    this.celsius = rating.ambientCelsius;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step(double seconds) {
    sun.step(seconds);
    double share = irradiance() / FULL_LIGHT;
    sequence(share, seconds);
    power = 0;
    amperes = 0;
    if (state == TRACKING || state == THROTTLED) {
      track(share);
    } else {
      volts = share > 0 ? Math.max(0, panels.openVolts(share, ambient)) : 0;
      before = 0;
    }
    double lost = volts * amperes - power;
    celsius += lost * seconds / heatCapacity();
    celsius = ambient + (celsius - ambient) * Math.exp(-seconds / 600);
    energy += power * seconds;
    dcEnergy += volts * amperes * seconds;
    heat += lost * seconds;
  }

  private void sequence(double share, double seconds) {
    if (tripped) {
      state = FAULTED;
    } else if (!connected) {
      state = OFF;
    } else if (share < DARK_SHARE) {
      state = SLEEPING;
    } else if (state != TRACKING && state != THROTTLED) {
      startingSeconds = state == STARTING ? startingSeconds + seconds : 0;
      state = startingSeconds >= rating.startSeconds ? TRACKING : STARTING;
      volts = 0.8 * panels.openVolts(share, ambient);
    }
  }

  private void track(double share) {
    double open = panels.openVolts(share, ambient);
    double ceiling = rating.powerWatts * derating() * (limited ? limit : 1);
    volts = Math.clamp(volts + direction * STEP_SHARE * open, 0.5 * open, open);
    double gained = volts * panels.amperes(volts, share, ambient);
    if (gained < before) {
      direction = -direction;
    }
    before = gained;
    double most = dcFor(ceiling);
    state = gained > most ? THROTTLED : TRACKING;
    if (gained > most) {
      volts = throttled(share, open, most);
    }
    amperes = panels.amperes(volts, share, ambient);
    power = acOf(volts * amperes);
  }

  /// The voltage beyond the point of most power at which no more than that is taken.
  private double throttled(double share, double open, double watts) {
    double low = volts;
    double high = open;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (middle * panels.amperes(middle, share, ambient) > watts) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private double acOf(double dc) {
    double own = OWN_SHARE * rating.powerWatts;
    return Math.max(0, dc - own - COPPER_SHARE * dc * dc / rating.powerWatts);
  }

  /// The inverse of [#acOf].
  private double dcFor(double ac) {
    double own = OWN_SHARE * rating.powerWatts + ac;
    double factor = COPPER_SHARE / rating.powerWatts;
    return (1 - Math.sqrt(Math.max(0, 1 - 4 * factor * own))) / (2 * factor);
  }

  /// At full loss it settles about 30 K above the air.
  private double heatCapacity() {
    return (OWN_SHARE + COPPER_SHARE) * rating.powerWatts * 600 / 30;
  }

  private double derating() {
    return 1 - Math.clamp((celsius - DERATE_FROM) / (DERATE_TO - DERATE_FROM), 0, 1);
  }

  private double irradiance() {
    return forcedIrradiance >= 0 ? forcedIrradiance : sun.wattsPerSquareMetre();
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "state" -> state;
      case "irradiance" -> irradiance();
      case "hour" -> sun.hour();
      case "dc-voltage" -> volts;
      case "dc-current" -> amperes;
      case "dc-power" -> volts * amperes;
      case "power" -> power;
      case "current" -> power / (3 * mainsVolts);
      case "voltage" -> mainsVolts;
      case "frequency" -> mainsHertz;
      case "efficiency" -> volts * amperes > 0 ? power / (volts * amperes) : 0;
      case "temperature" -> celsius;
      case "derating" -> derating();
      case "energy" -> energy;
      case "dc-energy" -> dcEnergy;
      case "heat" -> heat;
      default -> throw ProcessPart.unknown("an inverter", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "limit" -> limit = Math.clamp(value, 0, 1);
      case "limit-enable" -> limited = value != 0;
      case "connect" -> connected = value != 0;
      case "trip" -> tripped = value != 0;
      case "irradiance" -> forcedIrradiance = value;
      case "voltage" -> mainsVolts = Math.max(1, value);
      case "frequency" -> mainsHertz = value;
      case "ambient" -> ambient = value;
      default -> throw ProcessPart.unknown("an inverter", commandName, COMMANDS);
    }
    if (state == FAULTED && !tripped) {
      state = SLEEPING;
    }
  }
}
