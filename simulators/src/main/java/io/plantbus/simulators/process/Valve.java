package io.plantbus.simulators.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A valve with an actuator: the actuator follows the set point at a fixed speed, the stem follows
/// the actuator as far as friction lets it, and the flow is Q = Kv · f(position) · √(Δp / 1 bar),
/// with Δp from the level above it, less that behind it if the outlet is submerged.
///
/// Quantities: `position` and `setpoint` (0 to 1), `open` and `closed` (0 or 1), `flow` (m³/s),
/// `volume` (m³ so far), `actuator` (0 to 1). Commands: `setpoint` (0 to 1), `stuck` (0 or 1: it
/// keeps its position).
public final class Valve implements FlowPath {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of("position", "setpoint", "open", "closed", "flow", "volume", "actuator");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("setpoint", "stuck");

  private static final double BAR_PER_METRE = Tank.WEIGHT_NEWTONS_PER_CUBIC_METRE / 100_000;
  private static final double SECONDS_PER_HOUR = 3_600;

  /// 1 Pa, a tenth of a millimetre of water: below it the flow is laminar.
  private static final double LAMINAR_BAR = 1e-5;

  private final String name;
  private final double kvCubicMetresPerHour;
  private final double strokeSeconds;
  private final Trim trim;
  private final Tank from;
  private final @Nullable Tank into;
  private final Stiction stiction;
  private double setpoint;
  private double actuator;
  private double position;
  private double opening;
  private boolean stuck;
  private double flow;
  private double volume;

  /// How flow goes with position.
  ///
  /// @param rangeability R of an equal-percentage valve, f = R^(position - 1) and tight when
  ///   closed; 1 for a linear one
  /// @param submerged whether the level behind it presses back; water then runs either way
  /// @param stiction of its stem
  public record Trim(double rangeability, boolean submerged, Stiction.Rating stiction) {
    /// Linear, its outlet above the water, without friction.
    public static final Trim SIMPLE = new Trim(1, false, Stiction.NONE);

    public Trim {
      if (!(rangeability >= 1)) {
        throw new IllegalArgumentException("a rangeability must be 1 or more");
      }
    }

    /// The share of its Kv at a position.
    double opening(double position) {
      return rangeability == 1 || position <= 0 ? position : Math.pow(rangeability, position - 1);
    }
  }

  /// A valve with a simple trim.
  ///
  /// @param kvCubicMetresPerHour flow of water through the open valve at 1 bar, above 0
  /// @param strokeSeconds from closed to open, 0 or more
  /// @param position opening at first, 0 to 1; also the first set point
  /// @param from whose bottom it drains
  /// @param into where it drains to, or null for away
  public Valve(
      String name,
      double kvCubicMetresPerHour,
      double strokeSeconds,
      double position,
      Tank from,
      @Nullable Tank into) {
    this(name, kvCubicMetresPerHour, strokeSeconds, position, Trim.SIMPLE, from, into);
  }

  /// @param kvCubicMetresPerHour flow of water through the open valve at 1 bar, above 0
  /// @param strokeSeconds from closed to open, 0 or more
  /// @param position opening at first, 0 to 1; also the first set point
  /// @param from whose bottom it drains
  /// @param into where it drains to, or null for away
  public Valve(
      String name,
      double kvCubicMetresPerHour,
      double strokeSeconds,
      double position,
      Trim trim,
      Tank from,
      @Nullable Tank into) {
    if (!(kvCubicMetresPerHour > 0) || strokeSeconds < 0) {
      throw new IllegalArgumentException("kv must be above 0 and the stroke 0 or more");
    }
    if (!(position >= 0 && position <= 1)) {
      throw new IllegalArgumentException("a position must be 0..1, was " + position);
    }
    this.name = name;
    this.kvCubicMetresPerHour = kvCubicMetresPerHour;
    this.strokeSeconds = strokeSeconds;
    this.trim = trim;
    this.from = from;
    this.into = into;
    this.stiction = new Stiction(trim.stiction, position);
    this.position = position;
    this.actuator = position;
    this.setpoint = position;
    this.opening = trim.opening(position);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Tank from() {
    return from;
  }

  @Override
  public @Nullable Tank into() {
    return into;
  }

  @Override
  public double inletCelsius() {
    return from.temperatureCelsius();
  }

  @Override
  public boolean submerged() {
    return trim.submerged;
  }

  @Override
  public void actuate(double seconds) {
    double most = strokeSeconds == 0 ? 1 : seconds / strokeSeconds;
    double way = Math.clamp(setpoint - actuator, -most, most);
    if (!stuck && way != 0) {
      actuator += way;
      position = stiction.follow(actuator);
      opening = trim.opening(position);
    }
  }

  @Override
  public double flow(double fromLevelMetres, double intoLevelMetres) {
    double metres = trim.submerged ? fromLevelMetres - intoLevelMetres : fromLevelMetres;
    return kvCubicMetresPerHour
        / SECONDS_PER_HOUR
        * opening
        * FlowPath.signedRoot(metres * BAR_PER_METRE, LAMINAR_BAR);
  }

  @Override
  public void moved(double cubicMetres, double seconds) {
    flow = cubicMetres / seconds;
    volume += cubicMetres;
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "position" -> position;
      case "setpoint" -> setpoint;
      case "open" -> position >= 1 ? 1 : 0;
      case "closed" -> position <= 0 ? 1 : 0;
      case "flow" -> flow;
      case "volume" -> volume;
      case "actuator" -> actuator;
      default -> throw ProcessPart.unknown("a valve", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "setpoint" -> setpoint = Math.clamp(value, 0, 1);
      case "stuck" -> stuck = value != 0;
      default -> throw ProcessPart.unknown("a valve", commandName, COMMANDS);
    }
  }
}
