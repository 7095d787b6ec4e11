package io.plantbus.simulators.process;

import java.util.List;

/// A part of a simulated process. Owned by the thread that steps the process.
public interface ProcessPart {
  /// Unique in its process.
  String name();

  /// Lets time go by.
  ///
  /// @param seconds above 0, the same at each call
  void step(double seconds);

  /// A quantity of the part as it is now, such as `level` of a tank.
  ///
  /// @throws IllegalArgumentException if the part has no such quantity; says which it has
  double quantity(String quantityName);

  /// Sets what the part is told to do, such as `run` of a pump: 0 and 1 for states.
  ///
  /// @throws IllegalArgumentException if the part has no such command; says which it has
  void command(String commandName, double value);

  /// The complaint about a name that a part does not have.
  static IllegalArgumentException unknown(String part, String name, List<String> known) {
    return new IllegalArgumentException(
        part + " has " + String.join(", ", known) + ", not '" + name + "'");
  }
}
