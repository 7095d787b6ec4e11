package io.plantbus.simulators.process;

import io.plantbus.simulators.process.solve.Integration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All tanks of a process and the paths between them, stepped together. What is integrated is the
/// water and the heat that each path has moved within the step; tanks are set from that afterwards.
/// So whatever error the solver makes, no drop and no joule is lost: what leaves one tank arrives
/// in the next.
///
/// Quantities: `adaptive-steps` and `implicit-steps`, how many needed the better solvers.
public final class HydraulicNetwork implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES = List.of("adaptive-steps", "implicit-steps");

  /// Below this depth a tank gives less, and nothing when it is empty.
  private static final double SHALLOW_METRES = 0.001;

  /// The error of one step in the level of the smallest tank that a path touches.
  private static final double TOLERATED_METRES = 1e-6;

  /// What a tank's temperature may be wrong by, through the error of one step in its heat.
  private static final double USUAL_CELSIUS = 50;

  private static final double LEAST_CUBIC_METRES = 1e-9;

  private final List<Tank> tanks;
  private final List<FlowPath> paths;
  private final int[] from;
  private final int[] into;
  private final double[] state;
  private final double[] volumes;
  private final double[] heats;
  private final Integration integration;

  /// @param tanks all that the paths refer to
  public HydraulicNetwork(List<Tank> tanks, List<FlowPath> paths) {
    this.tanks = List.copyOf(tanks);
    this.paths = List.copyOf(paths);
    int count = paths.size();
    from = new int[count];
    into = new int[count];
    state = new double[2 * count];
    volumes = new double[tanks.size()];
    heats = new double[tanks.size()];
    double[] tolerances = new double[2 * count];
    for (int i = 0; i < count; i++) {
      FlowPath path = this.paths.get(i);
      from[i] = index(path.from());
      into[i] = index(path.into());
      double area = Math.min(area(path.from()), area(path.into()));
      tolerances[i] = TOLERATED_METRES * (Double.isFinite(area) ? area : 1);
      tolerances[count + i] = tolerances[i] * USUAL_CELSIUS;
    }
    integration = new Integration(this::derive, tolerances);
  }

  @Override
  public String name() {
    return "hydraulics";
  }

  /// Its tanks and paths.
  public List<ProcessPart> parts() {
    List<ProcessPart> parts = new ArrayList<>(tanks);
    parts.addAll(paths);
    return parts;
  }

  @Override
  public void step(double seconds) {
    for (FlowPath path : paths) {
      path.actuate(seconds);
    }
    Arrays.fill(state, 0);
    integration.advance(state, seconds);
    collect(state);
    if (overdrawn()) {
      paths.forEach(path -> path.move(seconds));
    } else {
      book(seconds);
    }
    for (Tank tank : tanks) {
      tank.step(seconds);
    }
  }

  /// Whether a step too stiff to follow took more out of a tank than was in it.
  private boolean overdrawn() {
    for (int i = 0; i < tanks.size(); i++) {
      if (!(volumes[i] >= -10 * TOLERATED_METRES * tanks.get(i).areaSquareMetres())) {
        return true;
      }
    }
    return false;
  }

  private void book(double seconds) {
    for (int i = 0; i < paths.size(); i++) {
      count(from[i], -state[i]);
      count(into[i], state[i]);
      paths.get(i).moved(state[i], seconds);
    }
    for (int i = 0; i < tanks.size(); i++) {
      tanks.get(i).hold(volumes[i], celsius(i));
    }
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "adaptive-steps" -> integration.adaptiveSteps();
      case "implicit-steps" -> integration.implicitSteps();
      default -> throw ProcessPart.unknown("a network", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    throw new IllegalArgumentException("a network has no commands");
  }

  private void derive(double[] moved, double[] rates) {
    collect(moved);
    int count = paths.size();
    for (int i = 0; i < count; i++) {
      FlowPath path = paths.get(i);
      double flow = path.flow(level(from[i]), level(into[i]));
      int donor = flow >= 0 ? from[i] : into[i];
      if (donor >= 0) {
        flow *= Math.clamp(level(donor) / SHALLOW_METRES, 0, 1);
      }
      rates[i] = flow;
      rates[count + i] = flow * (donor < 0 ? path.inletCelsius() : celsius(donor));
    }
  }

  /// What the tanks hold after the paths have moved that much.
  private void collect(double[] moved) {
    for (int i = 0; i < tanks.size(); i++) {
      Tank tank = tanks.get(i);
      volumes[i] = tank.balanceCubicMetres();
      heats[i] = volumes[i] * tank.temperatureCelsius();
    }
    int count = paths.size();
    for (int i = 0; i < count; i++) {
      if (from[i] >= 0) {
        volumes[from[i]] -= moved[i];
        heats[from[i]] -= moved[count + i];
      }
      if (into[i] >= 0) {
        volumes[into[i]] += moved[i];
        heats[into[i]] += moved[count + i];
      }
    }
  }

  private void count(int tank, double cubicMetres) {
    if (tank >= 0) {
      tanks.get(tank).count(cubicMetres);
    }
  }

  private double level(int tank) {
    if (tank < 0) {
      return 0;
    }
    Tank found = tanks.get(tank);
    return Math.clamp(volumes[tank] / found.areaSquareMetres(), 0, found.heightMetres());
  }

  private double celsius(int tank) {
    return volumes[tank] > LEAST_CUBIC_METRES
        ? heats[tank] / volumes[tank]
        : tanks.get(tank).temperatureCelsius();
  }

  private int index(@Nullable Tank tank) {
    for (int i = 0; i < tanks.size(); i++) {
      if (Objects.equals(tanks.get(i), tank)) {
        return i;
      }
    }
    return -1;
  }

  private static double area(@Nullable Tank tank) {
    return tank == null ? Double.POSITIVE_INFINITY : tank.areaSquareMetres();
  }
}
