package io.plantbus.master.i2c;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagReading;
import io.plantbus.devices.i2c.I2cStep;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.master.i2c.I2cDevice.Activity;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.LineBoard;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.poll.PollQueue;
import io.plantbus.master.write.PendingWrite;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteQueue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Whose turn it is on an I2C bus, and what each turn brought. While one device measures, others
/// have theirs. Owned by the thread of the line.
final class I2cTurns {
  private final List<I2cDevice> devices;
  private final LineBoard board;
  private final WriteQueue writes;
  private final LiveImage image;
  private final NanoClock clock;
  private final PollQueue<I2cDevice.Poll> queue = new PollQueue<>();
  private long nowNanos;
  private final Predicate<PendingWrite> writable = this::isWritable;

  /// Whose turn takes the time until the next step; null if nobody's.
  private @Nullable I2cDevice turning;

  private long turnNanos;
  private boolean turnEnded;
  private boolean turnFailed;

  I2cTurns(
      List<I2cDevice> devices,
      LineBoard board,
      WriteQueue writes,
      LiveImage image,
      NanoClock clock) {
    this.devices = List.copyOf(devices);
    this.board = board;
    this.writes = writes;
    this.image = image;
    this.clock = clock;
  }

  /// Gives one device a turn of a few transfers, if any wants one.
  ///
  /// @return whether one had a turn
  boolean turn(I2cBus bus, long now) throws PortException {
    nowNanos = now;
    I2cDevice next = resumed(now);
    if (next == null) {
      next = started(now);
    }
    if (next == null) {
      return false;
    }
    board.account().began(now);
    turning = next;
    turnNanos = now;
    turnEnded = false;
    turnFailed = true;
    PendingWrite write = next.write;
    I2cStep step =
        write == null
            ? next.driver.poll(bus, now)
            : next.driver.write(bus, write.tag().resource(), write.value(), now);
    ended(next, step, now);
    return true;
  }

  /// The turn before, if there was one, took until now.
  void settle(long now) {
    I2cDevice device = turning;
    if (device != null) {
      turning = null;
      board.account().turned(device.spec.name(), turnEnded, turnFailed, turnNanos, now);
    }
  }

  private @Nullable I2cDevice resumed(long now) {
    I2cDevice first = null;
    for (I2cDevice device : devices) {
      if (device.activity != Activity.IDLE
          && device.resumeAtNanos <= now
          && (first == null || device.resumeAtNanos < first.resumeAtNanos)) {
        first = device;
      }
    }
    return first;
  }

  private @Nullable I2cDevice started(long now) {
    I2cDevice writing = writing(Priority.NORMAL);
    if (writing != null) {
      return writing;
    }
    for (var poll = queue.take(now); poll != null; poll = queue.take(now)) {
      if (poll.device.activity == Activity.IDLE) {
        poll.device.activity = Activity.POLLING;
        return poll.device;
      }
      poll.device.pollHeld = true;
    }
    return writing(Priority.BACKGROUND);
  }

  /// Begins the first write that may be done, if there is one of this class or a higher one.
  private @Nullable I2cDevice writing(Priority least) {
    PendingWrite write = writes.take(writable, least);
    if (write == null) {
      return null;
    }
    I2cDevice device = device(write);
    device.activity = Activity.WRITING;
    device.write = write;
    device.health.writeSent();
    writes.readBacks().sent(write);
    return device;
  }

  private boolean isWritable(PendingWrite write) {
    I2cDevice device = device(write);
    return device.activity == Activity.IDLE && (write.urgent() || device.health.mayWrite(nowNanos));
  }

  private I2cDevice device(PendingWrite write) {
    for (I2cDevice device : devices) {
      if (device.spec.name().equals(write.device())) {
        return device;
      }
    }
    throw new IllegalStateException(write.tag().name() + " was sent to the wrong line");
  }

  private void ended(I2cDevice device, I2cStep step, long now) {
    if (step instanceof I2cStep.Waiting(long untilNanos)) {
      device.resumeAtNanos = untilNanos;
      turnFailed = false;
      return;
    }
    boolean silent =
        step instanceof I2cStep.Failed(Quality quality, _)
            && quality == Quality.BAD_NO_COMMUNICATION;
    turnEnded = true;
    turnFailed = silent;
    board.ended(silent, step instanceof I2cStep.Failed && !silent, now);
    device.health.counted(silent);
    PendingWrite write = device.write;
    device.activity = Activity.IDLE;
    device.write = null;
    if (step instanceof I2cStep.Failed(Quality quality, String reason)) {
      failed(device, write, quality, reason, now);
    } else {
      done(device, write, now);
    }
  }

  private void done(I2cDevice device, @Nullable PendingWrite write, long now) {
    answered(device, now);
    if (write == null) {
      publish(device, now);
      pollAgain(device, now);
      return;
    }
    pollNow(device, now);
    boolean isRead = device.polled.contains(write.tag());
    if (!isRead) {
      image.arrived(
          image.index(write.tag().name()),
          write.value(),
          Quality.UNCERTAIN_LAST_USABLE_VALUE,
          now,
          epochMicros(now),
          "as written and acknowledged; it is not read back");
    }
    answered(write, new WriteOutcome.Acknowledged(), isRead, now);
  }

  /// @param isRead whether its value is read back
  private void answered(PendingWrite write, WriteOutcome answer, boolean isRead, long now) {
    if (isRead) {
      writes.readBacks().await(write, answer, 0, now);
    } else {
      writes.readBacks().forget(write);
      write.settle(answer);
    }
  }

  private void publish(I2cDevice device, long now) {
    long epochMicros = epochMicros(now);
    for (TagSpec tag : device.polled) {
      I2cStep.Channel channel = device.driver.channel(tag.resource());
      TagReading reading =
          new TagReading(channel.value(), channel.quality())
              .limited(tag.resource().minimum(), tag.resource().maximum());
      int index = image.index(tag.name());
      Quality quality = reading.quality();
      if (reading.value() == null) {
        image.degraded(index, quality, "the device gives no usable value: " + quality.symbol());
      } else {
        String reason = quality.isGood() ? "" : quality.symbol();
        image.arrived(index, reading.value(), quality, now, epochMicros, reason);
        writes.readBacks().polled(tag.name(), reading.value());
      }
    }
  }

  private void failed(
      I2cDevice device, @Nullable PendingWrite write, Quality quality, String reason, long now) {
    if (quality == Quality.BAD_NO_COMMUNICATION) {
      device.driver.reset();
      missed(device, reason, now);
    } else {
      answered(device, now);
      if (write == null) {
        device.degrade(image, quality, reason);
      }
    }
    if (write == null || device.health.isDown()) {
      pollAgain(device, now);
    } else {
      pollNow(device, now);
    }
    if (write != null) {
      boolean misfit =
          quality == Quality.BAD_OUT_OF_RANGE || quality == Quality.BAD_CONFIGURATION_ERROR;
      answered(
          write,
          misfit ? new WriteOutcome.Rejected(reason) : new WriteOutcome.Unknown(reason),
          !misfit && device.polled.contains(write.tag()),
          now);
    }
  }

  private void answered(I2cDevice device, long now) {
    boolean wasUp = device.health.isUp();
    device.health.answered(now);
    if (!wasUp) {
      board.changed();
    }
  }

  private void missed(I2cDevice device, String reason, long now) {
    if (device.health.missed(now, reason)) {
      device.degrade(image, Quality.BAD_NO_COMMUNICATION, reason);
    }
    board.changed();
  }

  /// A value was written, or a device is back: it is read at once.
  private void pollNow(I2cDevice device, long now) {
    if (device.poll != null) {
      queue.put(device.poll, now);
    }
    device.pollHeld = false;
  }

  /// Puts the device's poll in again: at its next turn, at its next probe, or where it waits.
  private void pollAgain(I2cDevice device, long now) {
    I2cDevice.Poll poll = device.poll;
    if (poll == null) {
      return;
    }
    if (device.health.isDown()) {
      queue.put(poll, device.health.probeAtNanos());
    } else if (device.pollHeld) {
      queue.put(poll, poll.dueNanos());
    } else if (!queue.holds(poll)) {
      queue.put(poll, poll.nextDueNanos(now));
      long missed = poll.newlyMissed();
      if (missed > 0) {
        board.account().missed(device.spec.name(), device.polled, missed);
      }
    }
    device.pollHeld = false;
  }

  /// The bus is open: every device starts anew.
  void lineUp(long now) {
    for (I2cDevice device : devices) {
      device.driver.reset();
      device.health.lineUp(now);
      device.activity = Activity.IDLE;
      device.pollHeld = false;
      if (device.poll != null) {
        queue.put(device.poll, now);
      }
    }
  }

  /// The bus is gone, or could not be opened.
  void lineDown(String why) {
    for (I2cDevice device : devices) {
      device.health.lineDown(why);
      device.degrade(image, Quality.BAD_NO_COMMUNICATION, why);
    }
    abort(why);
  }

  /// Drops what the drivers are in the middle of.
  void abort(String why) {
    for (I2cDevice device : devices) {
      device.activity = Activity.IDLE;
      PendingWrite write = device.write;
      if (write != null) {
        device.write = null;
        answered(
            write, new WriteOutcome.Unknown(why), device.polled.contains(write.tag()), nowNanos);
      }
    }
  }

  /// When somebody wants a turn next.
  long nextNanos(long now) {
    long next = queue.nextDueNanos();
    for (I2cDevice device : devices) {
      if (device.activity != Activity.IDLE) {
        next = Math.min(next, device.resumeAtNanos);
      }
      if (writes.size() > 0 && device.health.writeAtNanos() > now) {
        next = Math.min(next, device.health.writeAtNanos());
      }
    }
    return next;
  }

  private long epochMicros(long nanos) {
    return clock.epochMicros() - (clock.nanoTime() - nanos) / 1_000;
  }
}
