package io.plantbus.simulators.process.electrical;

import io.plantbus.simulators.process.ProcessPart;
import java.util.List;

/// A motor with its frequency converter: ramps, states, trips.
///
/// `state` is 0 ready, 1 starting, 2 running, 3 stopping, 4 fault; `fault` is 0 none, 1
/// overcurrent, 2 overtemperature (I²t), 4 undervoltage. `status` has bit 0 ready, 1 running, 2 at
/// the wanted speed, 3 fault; `control` has bit 0 run and bit 7 reset. A fault lets the motor
/// coast, and stays until a reset (0 to 1) finds its cause gone; then run must go to 0 and 1 again.
///
/// Quantities: `state`, `status`, `fault`, `running` and `tripped` (0 or 1), `frequency` (share of
/// the rated one), `speed` (share of the rated one), `rpm`, `current` (A), `torque` (N·m), `slip`
/// (share), `power` (W taken), `thermal` (1 is the most that it bears for good), `energy`, `work`,
/// `heat` and `motion` (J; the last is in the masses), `hours`. Commands: `run` (0 or 1), `speed`
/// (0 to 1.2), `control`, `reset`, `load` (share of the rated torque), `supply` (share of the rated
/// voltage), `jam` (0 or 1).
public final class Drive implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of(
          "state",
          "status",
          "fault",
          "running",
          "tripped",
          "frequency",
          "speed",
          "rpm",
          "current",
          "torque",
          "slip",
          "power",
          "thermal",
          "energy",
          "work",
          "heat",
          "motion",
          "hours");

  /// Its commands.
  public static final List<String> COMMANDS =
      List.of("run", "speed", "control", "reset", "load", "supply", "jam");

  private static final int READY = 0;
  private static final int STARTING = 1;
  private static final int RUNNING = 2;
  private static final int STOPPING = 3;
  private static final int FAULTED = 4;

  private static final int OVERCURRENT = 1;
  private static final int OVERTEMPERATURE = 2;
  private static final int UNDERVOLTAGE = 4;

  private static final int CONTROL_RUN = 1;
  private static final int CONTROL_RESET = 1 << 7;
  private static final double JAM_LOAD = 8;
  private static final double TRIP_TEMPERATURE = 1.2;
  private static final double COOL_ENOUGH = 1;

  private final String name;
  private final Motor.Rating rating;
  private final Settings settings;
  private final Motor motor;
  private int state = READY;
  private int fault;
  private boolean run;
  private boolean mustRelease;
  private boolean resetBefore;
  private boolean jammed;
  private double speedSetpoint = 1;
  private double frequency;
  private double load;
  private double supply = 1;
  private double thermal;
  private double runningSeconds;

  /// How a converter is set.
  ///
  /// @param upSeconds from standstill to the rated frequency, 0 or more
  /// @param downSeconds back again, 0 or more
  /// @param tripCurrentShare of the rated current, above 1
  /// @param thermalSeconds time constant of the I²t model, above 0
  /// @param leastSupplyShare of the rated voltage, 0 to 1
  /// @param load torque at first, as a share of the rated one; 0 or more
  public record Settings(
      double upSeconds,
      double downSeconds,
      double tripCurrentShare,
      double thermalSeconds,
      double leastSupplyShare,
      double load) {
    public Settings {
      if (!(upSeconds >= 0) || !(downSeconds >= 0) || !(load >= 0)) {
        throw new IllegalArgumentException("ramps and load of a drive must be 0 or more");
      }
      if (!(tripCurrentShare > 1) || !(thermalSeconds > 0)) {
        throw new IllegalArgumentException(
            "a trip current must be above 1 and the thermal time above 0");
      }
    }
  }

  public Drive(String name, Motor.Rating rating, Settings settings) {
    this.name = name;
    this.rating = rating;
    this.settings = settings;
    this.motor = new Motor(rating);
    this.load = settings.load;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step(double seconds) {
    sequence();
    boolean driven = state == STARTING || state == RUNNING || state == STOPPING;
    double wanted = driven && state != STOPPING ? speedSetpoint : 0;
    double way = wanted - frequency;
    double ramp = way > 0 ? settings.upSeconds : settings.downSeconds;
    double most = ramp == 0 ? 2 : seconds / ramp;
    frequency = driven ? frequency + Math.clamp(way, -most, most) : 0;
    motor.step(seconds, driven, frequency, Math.min(1, supply), load + (jammed ? JAM_LOAD : 0));
    double heating = motor.currentShare() * motor.currentShare();
    thermal = heating + (thermal - heating) * Math.exp(-seconds / settings.thermalSeconds);
    runningSeconds += driven ? seconds : 0;
    protect(driven);
  }

  private void sequence() {
    mustRelease &= run;
    boolean wanted = run && !mustRelease;
    switch (state) {
      case READY -> state = wanted ? STARTING : READY;
      case STARTING, RUNNING, STOPPING -> {
        if (wanted) {
          state = frequency == speedSetpoint ? RUNNING : STARTING;
        } else {
          state = frequency > 0 ? STOPPING : READY;
        }
      }
      default -> frequency = 0;
    }
  }

  private void protect(boolean driven) {
    int found = supply < settings.leastSupplyShare ? UNDERVOLTAGE : 0;
    found |= driven && motor.currentShare() > settings.tripCurrentShare ? OVERCURRENT : 0;
    found |= thermal >= TRIP_TEMPERATURE ? OVERTEMPERATURE : 0;
    if (found != 0 && (driven || state == FAULTED)) {
      fault |= found;
      state = FAULTED;
      frequency = 0;
    }
  }

  private void reset(boolean on) {
    if (on && !resetBefore && state == FAULTED) {
      boolean gone = supply >= settings.leastSupplyShare && thermal < COOL_ENOUGH;
      if (gone) {
        fault = 0;
        state = READY;
        mustRelease = run;
      }
    }
    resetBefore = on;
  }

  private int status() {
    boolean ready = state != FAULTED;
    boolean running = state == STARTING || state == RUNNING || state == STOPPING;
    return (ready ? 1 : 0)
        | (running ? 2 : 0)
        | (state == RUNNING ? 4 : 0)
        | (state == FAULTED ? 8 : 0);
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "state" -> state;
      case "status" -> status();
      case "fault" -> fault;
      case "running" -> (status() & 2) != 0 ? 1 : 0;
      case "tripped" -> state == FAULTED ? 1 : 0;
      case "frequency" -> frequency;
      case "speed" -> motor.speedRadiansPerSecond() / rating.ratedRadiansPerSecond();
      case "rpm" -> motor.speedRadiansPerSecond() * 30 / Math.PI;
      case "current" -> motor.currentShare() * rating.ratedAmperes();
      case "torque" -> motor.torqueNewtonMetres();
      case "slip" -> motor.slipShare();
      case "power" -> motor.powerWatts();
      case "thermal" -> thermal;
      case "energy" -> motor.takenJoules();
      case "work" -> motor.workJoules();
      case "heat" -> motor.heatJoules();
      case "motion" -> motor.motionJoules();
      case "hours" -> runningSeconds / 3_600;
      default -> throw ProcessPart.unknown("a drive", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "run" -> run = value != 0;
      case "speed" -> speedSetpoint = Math.clamp(value, 0, 1.2);
      case "control" -> {
        int word = (int) value;
        run = (word & CONTROL_RUN) != 0;
        reset((word & CONTROL_RESET) != 0);
      }
      case "reset" -> reset(value != 0);
      case "load" -> load = Math.max(0, value);
      case "supply" -> supply = Math.max(0, value);
      case "jam" -> jammed = value != 0;
      default -> throw ProcessPart.unknown("a drive", commandName, COMMANDS);
    }
  }
}
