package io.plantbus.junit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The time that a bench goes by. Safe for use by any thread.
public interface BenchClock {
  /// Time since the bench was started.
  Duration now();

  /// Lets that much time go by at once: physics is calculated, windows of faults open and close,
  /// late answers become due. When it returns, all that has happened to the slaves; what is due is
  /// being sent.
  ///
  /// @param span 0 or more
  /// @throws IllegalStateException in real time, which nobody advances
  void advance(Duration span);

  /// Lets time go by until a condition holds, which is asked after each step of the physics.
  ///
  /// @param limit the span after which to give up
  /// @return whether it holds
  /// @throws IllegalStateException in real time, which nobody advances
  boolean advanceUntil(BooleanSupplier condition, Duration limit);
}
