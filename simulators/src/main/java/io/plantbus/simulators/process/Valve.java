package io.plantbus.simulators.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A valve with an actuator: its opening follows the set point at a fixed speed, its flow is Q = Kv
/// · opening · √(Δp / 1 bar), with Δp from the level above it.
///
/// Quantities: `position` and `setpoint` (0 to 1), `open` and `closed` (0 or 1), `flow` (m³/s),
/// `volume` (m³ so far). Commands: `setpoint` (0 to 1), `stuck` (0 or 1: it keeps its position).
public final class Valve implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of("position", "setpoint", "open", "closed", "flow", "volume");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("setpoint", "stuck");

  private static final double PASCALS_PER_BAR = 100_000;
  private static final double SECONDS_PER_HOUR = 3_600;

  private final String name;
  private final double kvCubicMetresPerHour;
  private final double strokeSeconds;
  private final Tank from;
  private final @Nullable Tank into;
  private double setpoint;
  private double position;
  private boolean stuck;
  private double flow;
  private double volume;

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
    if (!(kvCubicMetresPerHour > 0) || strokeSeconds < 0) {
      throw new IllegalArgumentException("kv must be above 0 and the stroke 0 or more");
    }
    if (!(position >= 0 && position <= 1)) {
      throw new IllegalArgumentException("a position must be 0..1, was " + position);
    }
    this.name = name;
    this.kvCubicMetresPerHour = kvCubicMetresPerHour;
    this.strokeSeconds = strokeSeconds;
    this.position = position;
    this.setpoint = position;
    this.from = from;
    this.into = into;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step(double seconds) {
    if (!stuck) {
      double most = strokeSeconds == 0 ? 1 : seconds / strokeSeconds;
      position += Math.clamp(setpoint - position, -most, most);
    }
    double bar = from.pressurePascals() / PASCALS_PER_BAR;
    double wanted = kvCubicMetresPerHour / SECONDS_PER_HOUR * position * Math.sqrt(bar) * seconds;
    double celsius = from.temperatureCelsius();
    double moved = from.let(wanted);
    if (into != null) {
      into.take(moved, celsius);
    }
    flow = moved / seconds;
    volume += moved;
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
