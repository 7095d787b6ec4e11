package io.plantbus.master.proof;

import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.proof.load.Assumptions;
import io.plantbus.master.proof.load.LineLoad;
import java.util.ArrayList;
import java.util.List;

/// What is proven of a plant before it runs. It holds while the devices that answer take no longer
/// than their turnaround, after the first round of polls, and while lines stay open.
///
/// @param assumptions what was taken for granted
/// @param lines in the order of the plant
public record PlanProof(Assumptions assumptions, List<LineProof> lines) {
  public PlanProof {
    lines = List.copyOf(lines);
  }

  /// Proves a plan under the usual assumptions.
  ///
  /// @param seen what is known of the devices
  public static PlanProof of(Plant plant, Observations seen) {
    return of(plant, seen, Assumptions.DEFAULT);
  }

  /// Proves a plan.
  ///
  /// @param seen what is known of the devices
  public static PlanProof of(Plant plant, Observations seen, Assumptions assumptions) {
    LineLoad.Context context = new LineLoad.Context(plant.loops(), seen, assumptions);
    List<LineProof> lines = new ArrayList<>();
    for (LineSpec line : plant.lines()) {
      lines.add(LineProver.prove(context, line, plant.devicesOn(line)));
    }
    return new PlanProof(assumptions, lines);
  }

  /// Whether a line cannot work as planned.
  public boolean isRejected() {
    return lines.stream().anyMatch(line -> line.verdict().isRejected());
  }
}
