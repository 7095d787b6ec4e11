package io.plantbus.hal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The JVM's clocks.
enum SystemNanoClock implements NanoClock {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public long epochMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
