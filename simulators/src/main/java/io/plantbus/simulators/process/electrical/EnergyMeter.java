package io.plantbus.simulators.process.electrical;

import io.plantbus.simulators.process.ProcessPart;
import java.util.ArrayList;
import java.util.List;

/// A meter of three phases. What is taken and given is told to it, by couplings or by hand; energy
/// is the integral of power, counted apart for import and export.
///
/// Quantities, with `-l1`, `-l2` and `-l3` for one phase: `voltage` (V to neutral, mean), `current`
/// (A, sum), `power` (W, positive taking), `reactive` (var), `apparent` (VA); and `power-factor`,
/// `frequency` (Hz), `import` and `export` (J so far). Commands: `load`, `load-2`, `load-3` (W
/// taken, even over the phases), `single-phase-load` (W taken by phase 1), `generation`,
/// `generation-2` (W given), `power-factor` (above 0 to 1), `voltage` (V to neutral), `frequency`
/// (Hz).
public final class EnergyMeter implements ProcessPart {
  private static final List<String> PER_PHASE =
      List.of("voltage", "current", "power", "reactive", "apparent");

  /// Its quantities.
  public static final List<String> QUANTITIES = quantities();

  /// Its commands.
  public static final List<String> COMMANDS =
      List.of(
          "load",
          "load-2",
          "load-3",
          "single-phase-load",
          "generation",
          "generation-2",
          "power-factor",
          "voltage",
          "frequency");

  private static final int PHASES = 3;
  private static final int EVEN_LOADS = 3;
  private static final int EVEN_LOADS_AND_GENERATIONS = 5;

  private final String name;
  private final double[] even = new double[EVEN_LOADS_AND_GENERATIONS];
  private double single;
  private double volts;
  private double hertz;
  private double cosPhi;
  private double imported;
  private double exported;

  /// @param volts to neutral at first, above 0
  /// @param hertz at first, above 0
  /// @param cosPhi of the loads, above 0 to 1
  /// @param loadWatts taken at first, 0 or more
  public EnergyMeter(String name, double volts, double hertz, double cosPhi, double loadWatts) {
    if (!(volts > 0) || !(hertz > 0) || !(cosPhi > 0 && cosPhi <= 1) || !(loadWatts >= 0)) {
      throw new IllegalArgumentException(
          "voltage, frequency and power factor of a meter must be above 0");
    }
    this.name = name;
    this.volts = volts;
    this.hertz = hertz;
    this.cosPhi = cosPhi;
    this.even[0] = loadWatts;
  }

  private static List<String> quantities() {
    List<String> names = new ArrayList<>();
    for (String quantity : PER_PHASE) {
      names.add(quantity);
      for (int phase = 1; phase <= PHASES; phase++) {
        names.add(quantity + "-l" + phase);
      }
    }
    names.addAll(List.of("power-factor", "frequency", "import", "export"));
    return List.copyOf(names);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step(double seconds) {
    double joules = total(Of.ACTIVE) * seconds;
    imported += Math.max(0, joules);
    exported += Math.max(0, -joules);
  }

  private enum Of {
    ACTIVE,
    REACTIVE
  }

  /// Loads have the power factor; what generates gives active power alone.
  private double phase(int index, Of of) {
    double loads = index == 0 ? single : 0;
    for (int i = 0; i < EVEN_LOADS; i++) {
      loads += even[i] / PHASES;
    }
    return switch (of) {
      case ACTIVE -> {
        double given = 0;
        for (int i = EVEN_LOADS; i < EVEN_LOADS_AND_GENERATIONS; i++) {
          given += even[i] / PHASES;
        }
        yield loads - given;
      }
      case REACTIVE -> loads * Math.sqrt(1 - cosPhi * cosPhi) / cosPhi;
    };
  }

  private double total(Of of) {
    return phase(0, of) + phase(1, of) + phase(2, of);
  }

  private double apparent(int index) {
    return Math.hypot(phase(index, Of.ACTIVE), phase(index, Of.REACTIVE));
  }

  private double powerFactor() {
    double apparent = Math.hypot(total(Of.ACTIVE), total(Of.REACTIVE));
    return apparent == 0 ? 1 : total(Of.ACTIVE) / apparent;
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "voltage", "voltage-l1", "voltage-l2", "voltage-l3" -> volts;
      case "current" -> (apparent(0) + apparent(1) + apparent(2)) / volts;
      case "current-l1" -> apparent(0) / volts;
      case "current-l2" -> apparent(1) / volts;
      case "current-l3" -> apparent(2) / volts;
      case "power" -> total(Of.ACTIVE);
      case "power-l1" -> phase(0, Of.ACTIVE);
      case "power-l2" -> phase(1, Of.ACTIVE);
      case "power-l3" -> phase(2, Of.ACTIVE);
      case "reactive" -> total(Of.REACTIVE);
      case "reactive-l1" -> phase(0, Of.REACTIVE);
      case "reactive-l2" -> phase(1, Of.REACTIVE);
      case "reactive-l3" -> phase(2, Of.REACTIVE);
      case "apparent" -> apparent(0) + apparent(1) + apparent(2);
      case "apparent-l1" -> apparent(0);
      case "apparent-l2" -> apparent(1);
      case "apparent-l3" -> apparent(2);
      case "power-factor" -> powerFactor();
      case "frequency" -> hertz;
      case "import" -> imported;
      case "export" -> exported;
      default -> throw ProcessPart.unknown("a meter", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "load" -> even[0] = value;
      case "load-2" -> even[1] = value;
      case "load-3" -> even[2] = value;
      case "generation" -> even[EVEN_LOADS] = value;
      case "generation-2" -> even[EVEN_LOADS + 1] = value;
      case "single-phase-load" -> single = value;
      case "power-factor" -> cosPhi = Math.clamp(value, 0.01, 1);
      case "voltage" -> volts = Math.max(1, value);
      case "frequency" -> hertz = Math.max(0, value);
      default -> throw ProcessPart.unknown("a meter", commandName, COMMANDS);
    }
  }
}
