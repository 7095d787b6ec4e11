package io.plantbus.app.proof;

import io.plantbus.app.config.PlantFile;
import io.plantbus.app.observe.ObservationsFile;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.master.proof.load.Assumptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A plant file and what is proven of its plan.
///
/// @param file the plant file
/// @param plant what it says
/// @param proof what is proven of it
public record ProvenPlant(Path file, PlantFile plant, PlanProof proof) {
  /// Proves the plan of a plant file, with what is known of its devices.
  public static ProvenPlant of(Path file, PlantFile plant, Assumptions assumptions) {
    return new ProvenPlant(
        file, plant, PlanProof.of(plant.plant(), observations(file), assumptions));
  }

  /// What earlier runs of the plant learned about its devices; nothing if that cannot be read.
  private static Observations observations(Path file) {
    Observations known = ObservationsFile.beside(file).read().value();
    return known == null ? Observations.NONE : known;
  }

  /// One line for somebody who starts a plant that cannot work as planned; empty if it can.
  public String warning() {
    List<LineProof> rejected =
        proof.lines().stream().filter(line -> line.verdict().isRejected()).toList();
    if (rejected.isEmpty()) {
      return "";
    }
    return "%s: %s %s cannot keep every deadline; 'plantbus check %s' tells why, and what would"
        .formatted(
            file,
            rejected.size() == 1 ? "line" : "lines",
            rejected.stream().map(LineProof::line).collect(Collectors.joining(", ")),
            file);
  }
}
