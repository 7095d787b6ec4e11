package io.plantbus.junit.serve;

import io.plantbus.hal.NanoClock;

/// A clock that counts from the start of a bench, at the pace of the wall.
///
/// @param wall goes by real time
/// @param startNanos what the wall showed at the start
public record SinceStart(NanoClock wall, long startNanos) implements NanoClock {
  /// From now on.
  public static SinceStart of(NanoClock wall) {
    return new SinceStart(wall, wall.nanoTime());
  }

  @Override
  public long nanoTime() {
    return wall.nanoTime() - startNanos;
  }

  @Override
  public long epochMicros() {
    return wall.epochMicros();
  }
}
