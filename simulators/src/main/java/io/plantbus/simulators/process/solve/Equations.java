package io.plantbus.simulators.process.solve;

/// Differential equations of first order whose inputs stay as they are for one step.
@FunctionalInterface
public interface Equations {
  /// Calculates how fast a state changes. Depends on the state and on nothing that another call
  /// changes.
  ///
  /// @param state not to be changed
  /// @param rates where they are put, per second
  void derive(double[] state, double[] rates);
}
