package io.plantbus.master.alarm;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.plant.AlarmSpec;

/// One alarm as it stands. Guarded by its own monitor.
final class Alarm {
  private final AlarmSpec spec;
  private AlarmState state = AlarmState.NORMAL;
  private boolean isChanging;
  private long changingSince;
  private long sinceNanos;

  Alarm(AlarmSpec spec) {
    this.spec = spec;
  }

  AlarmSpec spec() {
    return spec;
  }

  synchronized AlarmState state() {
    return state;
  }

  /// When it came to stand so; 0 before the first change.
  synchronized long sinceNanos() {
    return sinceNanos;
  }

  synchronized void acknowledge(long nowNanos) {
    AlarmState next = state.acknowledged();
    sinceNanos = next == state ? sinceNanos : nowNanos;
    state = next;
  }

  /// Looks at a sample as it is now. A limit says nothing of a value that is not good: the alarm
  /// stays as it is then, and so does one of bad quality before the first value.
  synchronized void look(TagSample sample, long nowNanos) {
    // What was under way may have been completed before this sample changed it.
    complete(nowNanos);
    TagValue value = sample.value();
    if (spec.kind() == AlarmSpec.Kind.BAD_QUALITY) {
      if (sample.quality() != Quality.BAD_WAITING_FOR_INITIAL_DATA
          && sample.quality() != Quality.BAD_OUT_OF_SERVICE) {
        change(state.isActive() == sample.quality().isGood(), nowNanos);
      }
    } else if (value != null && sample.quality().isGood()) {
      double number = value.asDouble();
      change(state.isActive() ? isClear(number) : isBeyond(number), nowNanos);
    }
    complete(nowNanos);
  }

  private void change(boolean wanted, long nowNanos) {
    if (wanted && !isChanging) {
      changingSince = nowNanos;
    }
    isChanging = wanted;
  }

  private void complete(long nowNanos) {
    long delay = state.isActive() ? spec.offDelayNanos() : spec.onDelayNanos();
    if (isChanging && nowNanos - changingSince >= delay) {
      state = state.isActive() ? state.went() : state.came();
      sinceNanos = changingSince + delay;
      isChanging = false;
    }
  }

  private boolean isBeyond(double value) {
    return switch (spec.kind()) {
      case LOW_LOW, LOW -> value <= spec.limit();
      case HIGH, HIGH_HIGH -> value >= spec.limit();
      case BAD_QUALITY -> false;
    };
  }

  private boolean isClear(double value) {
    return switch (spec.kind()) {
      case LOW_LOW, LOW -> value > spec.limit() + spec.deadBand();
      case HIGH, HIGH_HIGH -> value < spec.limit() - spec.deadBand();
      case BAD_QUALITY -> true;
    };
  }
}
