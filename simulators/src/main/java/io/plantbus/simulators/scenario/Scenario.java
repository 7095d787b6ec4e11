package io.plantbus.simulators.scenario;

import java.util.List;

/// A test of a plant, step by step.
///
/// @param name what it is called
/// @param description what it is for; may be empty
/// @param endNanos when it ends, since its start; 0 for as soon as everything is decided
/// @param steps in their order, at least one
public record Scenario(String name, String description, long endNanos, List<Step> steps) {
  public Scenario {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a scenario has at least one step");
    }
  }
}
