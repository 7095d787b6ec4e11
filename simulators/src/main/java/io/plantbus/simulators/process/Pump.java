package io.plantbus.simulators.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A centrifugal pump: its speed s follows the command along a ramp, its head is s²·H₀ - a·Q²
/// (affinity laws), and its flow is where that meets the pipe's static head + k·Q². The shaft takes
/// P·s³, less where little is moved if the rating says so. Against more head than it can give, a
/// check valve holds the water; without one it runs backwards.
///
/// Quantities: `running` (0 or 1), `speed` (0 to 1), `flow` (m³/s), `head` (m), `power` (W),
/// `efficiency` (0 to 1), `npsh` (m available), `dry` and `tripped` (0 or 1), `volume` (m³ pumped
/// so far), `energy` (J so far). Commands: `run` (0 or 1), `speed` (0 to 1, as a share of the rated
/// speed), `reset` (0 to 1 acknowledges a trip).
public final class Pump implements FlowPath {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of(
          "running",
          "speed",
          "flow",
          "power",
          "volume",
          "energy",
          "head",
          "efficiency",
          "npsh",
          "dry",
          "tripped");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("run", "speed", "reset");

  /// Below this head the flow is laminar.
  private static final double LAMINAR_METRES = 1e-3;

  private final String name;
  private final Rating rating;
  private final Installation installation;
  private final @Nullable Tank from;
  private final @Nullable Tank into;
  private final DryRun dryRun;
  private final double pipeAndPump;
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

  /// How a pump is built in.
  ///
  /// @param frictionMetres head lost in the pipe at the rated flow; 0 or more
  /// @param withLevels whether the levels at both ends change the static head
  /// @param checkValve whether nothing can run backwards
  /// @param idleShare of the power that is taken without any flow, 0 to 1
  /// @param suction when it runs dry
  public record Installation(
      double frictionMetres,
      boolean withLevels,
      boolean checkValve,
      double idleShare,
      DryRun.Suction suction) {
    /// A pump that always has water, whose head is constant.
    public static final Installation SIMPLE =
        new Installation(0, false, true, 1, DryRun.Suction.FLOODED);

    public Installation {
      if (!(frictionMetres >= 0) || !(idleShare >= 0 && idleShare <= 1)) {
        throw new IllegalArgumentException(
            "friction of a pump must be 0 or more and its idle share 0..1");
      }
    }
  }

  /// A pump that always has water, whose head is constant.
  ///
  /// @param from where it pumps from, or null for a source that never ends
  /// @param into where it pumps to, or null for away
  public Pump(String name, Rating rating, @Nullable Tank from, @Nullable Tank into) {
    this(name, rating, Installation.SIMPLE, from, into);
  }

  /// @param from where it pumps from, or null for a source that never ends
  /// @param into where it pumps to, or null for away
  /// @throws IllegalArgumentException if friction and static head exceed the shut-off head
  public Pump(
      String name,
      Rating rating,
      Installation installation,
      @Nullable Tank from,
      @Nullable Tank into) {
    this.name = name;
    this.rating = rating;
    this.installation = installation;
    this.from = from;
    this.into = into;
    this.dryRun = new DryRun(installation.suction);
    double lost = rating.shutoffHeadMetres - rating.staticHeadMetres;
    if (!(lost > installation.frictionMetres)) {
      throw new IllegalArgumentException(
          "friction and static head together must be below the shut-off head, "
              + rating.shutoffHeadMetres
              + " m");
    }
    this.pipeAndPump = lost;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable Tank from() {
    return from;
  }

  @Override
  public @Nullable Tank into() {
    return into;
  }

  @Override
  public double inletCelsius() {
    return rating.inletCelsius;
  }

  @Override
  public boolean submerged() {
    return false;
  }

  @Override
  public void actuate(double seconds) {
    double wanted = run && !dryRun.tripped() ? speedSetpoint : 0;
    double most = rating.rampSeconds == 0 ? 1 : seconds / rating.rampSeconds;
    speed += Math.clamp(wanted - speed, -most, most);
  }

  @Override
  public double flow(double fromLevelMetres, double intoLevelMetres) {
    double left = speed * speed * rating.shutoffHeadMetres - rating.staticHeadMetres;
    if (installation.withLevels) {
      left += fromLevelMetres - intoLevelMetres;
    }
    if (left <= 0 && (installation.checkValve || into == null)) {
      return 0;
    }
    double share = FlowPath.signedRoot(left / pipeAndPump, LAMINAR_METRES / pipeAndPump);
    return rating.flowCubicMetresPerSecond * Math.min(share, dryRun.flowLimit());
  }

  @Override
  public void moved(double cubicMetres, double seconds) {
    flow = cubicMetres / seconds;
    double share =
        speed > 0 ? Math.clamp(flow / (speed * rating.flowCubicMetresPerSecond), 0, 1) : 0;
    double loaded = installation.idleShare + (1 - installation.idleShare) * share;
    power = rating.powerWatts * speed * speed * speed * loaded;
    volume += cubicMetres;
    energy += power * seconds;
    dryRun.step(seconds, speed, flow / rating.flowCubicMetresPerSecond, from);
  }

  /// The head between its flanges.
  private double headMetres() {
    double own = pipeAndPump - installation.frictionMetres;
    double share = flow / rating.flowCubicMetresPerSecond;
    return speed * speed * rating.shutoffHeadMetres - own * share * Math.abs(share);
  }

  private double efficiency() {
    double hydraulic = Tank.WEIGHT_NEWTONS_PER_CUBIC_METRE * flow * headMetres();
    return power > 0 ? Math.max(0, hydraulic / power) : 0;
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
      case "head" -> headMetres();
      case "efficiency" -> efficiency();
      case "npsh" -> dryRun.availableMetres();
      case "dry" -> dryRun.dry() ? 1 : 0;
      case "tripped" -> dryRun.tripped() ? 1 : 0;
      default -> throw ProcessPart.unknown("a pump", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "run" -> run = value != 0;
      case "speed" -> speedSetpoint = Math.clamp(value, 0, 1);
      case "reset" -> dryRun.reset(value != 0);
      default -> throw ProcessPart.unknown("a pump", commandName, COMMANDS);
    }
  }
}
