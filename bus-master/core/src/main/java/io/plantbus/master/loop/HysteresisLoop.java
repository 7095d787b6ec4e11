package io.plantbus.master.loop;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.Agent;
import io.plantbus.master.image.ProcessImage;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.CommandPath;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteState;
import io.plantbus.master.write.WriteStep;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two-point control: works out its output once per period and writes it when it changed, when the
/// read-back disagrees, or when the last write was neither acknowledged nor read back. One write is
/// outstanding at most, and lives no longer than a period, so an old decision never lands late.
///
/// ```
///  output  atLow ──────────────┐                 whenBad: while there is no good measurement
///                    ▲         │
///                    │         ▼
///          atHigh    └──────────────
///                   low       high     measured
/// ```
public final class HysteresisLoop implements Agent {
  private static final Logger logger = LoggerFactory.getLogger(HysteresisLoop.class);
  private static final double FLOAT_TOLERANCE = 1e-6;

  private final LoopSpec.Hysteresis spec;
  private final TagSpec output;
  private final ProcessImage image;
  private final CommandPath path;
  private @Nullable TagValue wanted;
  private @Nullable Asked last;
  private boolean wasGood = true;
  private boolean acknowledged = true;
  private long dueNanos = Long.MIN_VALUE;

  /// A write that was asked for; its outcome comes from another thread.
  private static final class Asked {
    final TagValue value;
    final long askedNanos;
    volatile @Nullable WriteOutcome outcome;
    volatile @Nullable WriteState state;

    Asked(TagValue value, long askedNanos) {
      this.value = value;
      this.askedNanos = askedNanos;
    }

    void stepped(WriteStep step) {
      state = step.state();
      if (step.answer() != null) {
        outcome = step.answer();
      }
    }

    /// Whether the device has the value, or works on it, as far as it is known.
    boolean isDone() {
      WriteOutcome answer = outcome;
      return state != WriteState.DIVERGED
          && (answer instanceof WriteOutcome.Acknowledged
              || answer instanceof WriteOutcome.Accepted
              || state == WriteState.CONFIRMED);
    }
  }

  /// @param spec what to do
  /// @param output the tag that is written
  /// @param image where the measured value and the read-back are found
  /// @param path where writes go
  public HysteresisLoop(
      LoopSpec.Hysteresis spec, TagSpec output, ProcessImage image, CommandPath path) {
    this.spec = spec;
    this.output = output;
    this.image = image;
    this.path = path;
  }

  @Override
  public String name() {
    return "loop " + spec.name();
  }

  @Override
  public long step(long nowNanos) {
    if (dueNanos == Long.MIN_VALUE) {
      dueNanos = nowNanos;
    }
    if (nowNanos >= dueNanos) {
      dueNanos += ((nowNanos - dueNanos) / spec.periodNanos() + 1) * spec.periodNanos();
      work(nowNanos);
    }
    return dueNanos;
  }

  private void work(long nowNanos) {
    decide(image.sample(spec.measured(), nowNanos));
    tellTrouble();
    TagValue value = wanted;
    if (value == null || isOutstanding() || isInPlace(value, nowNanos)) {
      return;
    }
    Asked asked = new Asked(value, nowNanos);
    last = asked;
    path.write(
        new WriteCommand(output.name(), value, name(), spec.periodNanos(), spec.priority(), false),
        (_, step) -> asked.stepped(step));
  }

  private void decide(@Nullable TagSample measured) {
    TagValue level = good(measured);
    if (level == null) {
      wanted = spec.whenBad();
    } else if (level.asDouble() < spec.low()) {
      wanted = spec.atLow();
    } else if (level.asDouble() > spec.high()) {
      wanted = spec.atHigh();
    }
    boolean good = level != null;
    if (good != wasGood) {
      wasGood = good;
      logger
          .atInfo()
          .addKeyValue("loop", spec.name())
          .addKeyValue("measured", spec.measured())
          .log(good ? "Loop measures again" : "Loop has no good measurement");
    }
  }

  private void tellTrouble() {
    Asked asked = last;
    if (asked == null || asked.outcome == null || asked.isDone() == acknowledged) {
      return;
    }
    acknowledged = !acknowledged;
    if (acknowledged) {
      logger.atInfo().addKeyValue("loop", spec.name()).log("Output of the loop is written again");
    } else {
      logger
          .atWarn()
          .addKeyValue("loop", spec.name())
          .addKeyValue("output", spec.output())
          .addKeyValue("outcome", asked.state)
          .log("Output of the loop is not in place");
    }
  }

  private boolean isOutstanding() {
    return last != null && last.outcome == null;
  }

  /// Whether the output is known to have the value: acknowledged, and not read back otherwise
  /// since.
  private boolean isInPlace(TagValue value, long nowNanos) {
    Asked asked = last;
    TagSample sample = image.sample(output.name(), nowNanos);
    TagValue readBack = good(sample);
    if (asked == null) {
      return readBack != null && agrees(readBack, value);
    }
    if (!asked.isDone() || !agrees(asked.value, value)) {
      return false;
    }
    return sample == null
        || readBack == null
        || sample.sourceNanos() <= asked.askedNanos
        || agrees(readBack, value);
  }

  private static @Nullable TagValue good(@Nullable TagSample sample) {
    return sample != null && sample.quality().isGood() ? sample.value() : null;
  }

  /// Whether two values are the same to the device: as near as its registers can tell them apart.
  private boolean agrees(TagValue one, TagValue other) {
    if (one instanceof TagValue.Text || other instanceof TagValue.Text) {
      return one.equals(other);
    }
    double step = output.resource().point() instanceof Point.Modbus m ? m.encoding().scale() : 0;
    double size = Math.max(Math.abs(one.asDouble()), Math.abs(other.asDouble()));
    double tolerance = Math.max(Math.abs(step) / 2, size * FLOAT_TOLERANCE);
    return Math.abs(one.asDouble() - other.asDouble()) <= tolerance;
  }

  @Override
  public void stopped() {}
}
