package io.plantbus.app.apply;

import io.plantbus.master.proof.PlanProof;
import java.time.Instant;

/// What a run has run since a moment.
///
/// @param number 1 for what it was started with, one more with each change
/// @param source the plant and its text
/// @param proof what was proven of it before it ran
/// @param since when that began
/// @param user who asked for it; empty if that is not known
public record PlantVersion(
    int number, PlantSource source, PlanProof proof, Instant since, String user) {
  /// What a run is started with.
  public static PlantVersion first(PlantSource source, PlanProof proof, Instant since) {
    return new PlantVersion(1, source, proof, since, "");
  }
}
