package io.plantbus.simulators.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A centrifugal pump on a drive: its speed follows the command along a ramp, its flow follows the
/// affinity laws, Q = Q₀ · √((s²·H₀ - H) / (H₀ - H)), its power s³.
///
/// Quantities: `running` (0 or 1), `speed` (0 to 1), `flow` (m³/s), `power` (W), `volume` (m³
/// pumped so far), `energy` (J so far). Commands: `run` (0 or 1), `speed` (0 to 1, as a share of
/// the rated speed).
public final class Pump implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of("running", "speed", "flow", "power", "volume", "energy");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("run", "speed");

  private final String name;
  private final Rating rating;
  private final @Nullable Tank from;
  private final @Nullable Tank into;
  private boolean run;
  private double speedSetpoint = 1;
  private double speed;
  private double flow;
  private double power;
  private double volume;
  private double energy;

  /// What a pump can do.
  ///
  /// @param flowCubicMetresPerSecond at full speed against the static head, above 0
  /// @param shutoffHeadMetres the head at full speed and no flow, above the static head
  /// @param staticHeadMetres how high it has to lift, 0 or more
  /// @param rampSeconds from rest to full speed, 0 or more
  /// @param powerWatts at full speed, 0 or more
  /// @param inletCelsius temperature of what it pumps, unless that comes from a tank
  public record Rating(
      double flowCubicMetresPerSecond,
      double shutoffHeadMetres,
      double staticHeadMetres,
      double rampSeconds,
      double powerWatts,
      double inletCelsius) {
    public Rating {
      if (!(flowCubicMetresPerSecond > 0) || rampSeconds < 0 || powerWatts < 0) {
        throw new IllegalArgumentException(
            "flow of a pump must be above 0, its ramp and power 0 or more");
      }
      if (!(staticHeadMetres >= 0 && shutoffHeadMetres > staticHeadMetres)) {
        throw new IllegalArgumentException(
            "shut-off head must be above static head, was "
                + shutoffHeadMetres
                + " and "
                + staticHeadMetres);
      }
    }
  }

  /// @param from where it pumps from, or null for a source that never ends
  /// @param into where it pumps to, or null for away
  public Pump(String name, Rating rating, @Nullable Tank from, @Nullable Tank into) {
    this.name = name;
    this.rating = rating;
    this.from = from;
    this.into = into;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step(double seconds) {
    double wanted = run ? speedSetpoint : 0;
    double most = rating.rampSeconds == 0 ? 1 : seconds / rating.rampSeconds;
    speed += Math.clamp(wanted - speed, -most, most);
    double head = speed * speed * rating.shutoffHeadMetres - rating.staticHeadMetres;
    double share = Math.max(0, head) / (rating.shutoffHeadMetres - rating.staticHeadMetres);
    double moved = rating.flowCubicMetresPerSecond * Math.sqrt(share) * seconds;
    double celsius = from == null ? rating.inletCelsius : from.temperatureCelsius();
    if (from != null) {
      moved = from.let(moved);
    }
    if (into != null) {
      into.take(moved, celsius);
    }
    flow = moved / seconds;
    power = rating.powerWatts * speed * speed * speed;
    volume += moved;
    energy += power * seconds;
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "running" -> speed > 0 ? 1 : 0;
      case "speed" -> speed;
      case "flow" -> flow;
      case "power" -> power;
      case "volume" -> volume;
      case "energy" -> energy;
      default -> throw ProcessPart.unknown("a pump", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "run" -> run = value != 0;
      case "speed" -> speedSetpoint = Math.clamp(value, 0, 1);
      default -> throw ProcessPart.unknown("a pump", commandName, COMMANDS);
    }
  }
}
