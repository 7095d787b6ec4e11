package io.plantbus.junit;

import io.plantbus.junit.serve.HeldTime;
import io.plantbus.junit.serve.SinceStart;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The two kinds of time that a bench goes by.
final class BenchClocks {
  private BenchClocks() {}

  /// Advanced by the test.
  static BenchClock of(HeldTime time) {
    return new BenchClock() {
      @Override
      public Duration now() {
        return Duration.ofNanos(time.nanoTime());
      }

      @Override
      public void advance(Duration span) {
        var _ = advanceUntil(() -> false, span);
      }

      @Override
      public boolean advanceUntil(BooleanSupplier condition, Duration limit) {
        if (limit.isNegative()) {
          throw new IllegalArgumentException("time never goes back, by " + limit);
        }
        return time.advanceUntil(condition, limit.toNanos());
      }
    };
  }

  /// Nobody's to advance.
  static BenchClock of(SinceStart time) {
    return new BenchClock() {
      @Override
      public Duration now() {
        return Duration.ofNanos(time.nanoTime());
      }

      @Override
      public void advance(Duration span) {
        throw notOurs();
      }

      @Override
      public boolean advanceUntil(BooleanSupplier condition, Duration limit) {
        throw notOurs();
      }
    };
  }

  private static IllegalStateException notOurs() {
    return new IllegalStateException(
        "this bench goes by the clock on the wall; write time = BenchTime.VIRTUAL to advance it");
  }
}
