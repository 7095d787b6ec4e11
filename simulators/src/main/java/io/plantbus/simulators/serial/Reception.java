package io.plantbus.simulators.serial;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// How far one receiver has taken one burst.
final class Reception {
  private final Burst burst;
  private final long delayNanos;
  private @Nullable BitSet missed;
  private int most = Integer.MAX_VALUE;
  private int taken;

  /// @param delayNanos of the cable between both
  Reception(Burst burst, long delayNanos) {
    this.burst = burst;
    this.delayNanos = delayNanos;
    burst.receptions++;
  }

  Burst burst() {
    return burst;
  }

  int taken() {
    return taken;
  }

  void take(int upTo) {
    taken = upTo;
  }

  /// Characters that there are to hear, by now.
  int length() {
    return Math.min(most, burst.length);
  }

  long arrivalNanos(int character) {
    return burst.startNanos + (character + 1) * burst.characterNanos + delayNanos;
  }

  int arrivedBy(long nanos) {
    return Math.min(most, burst.completeAt(nanos - delayNanos));
  }

  boolean isOver(long nowNanos) {
    return taken >= most || (taken >= length() && nowNanos >= burst.endNanos() + delayNanos);
  }

  /// Nothing that arrives after a time is heard any more.
  void endAt(long nanos) {
    most = Math.min(most, arrivedBy(nanos));
  }

  /// What arrives after one time and until another is not heard.
  void miss(long afterNanos, long untilNanos) {
    BitSet set = missed == null ? new BitSet() : missed;
    missed = set;
    set.set(arrivedBy(afterNanos), Math.max(arrivedBy(afterNanos), arrivedBy(untilNanos)));
  }

  boolean isWhole() {
    return missed == null;
  }

  boolean isMissed(int character) {
    return missed != null && missed.get(character);
  }
}
