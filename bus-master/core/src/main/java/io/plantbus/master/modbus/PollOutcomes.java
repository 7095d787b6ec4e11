package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.LineBoard;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.poll.PlannedRead;
import io.plantbus.master.poll.PollQueue;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.List;

/// What the outcome of a poll means to its values, its device and its next turn. Owned by the
/// thread of the line.
final class PollOutcomes {
  private static final int MISSES_UNTIL_LOST = 2;
  private static final long ASK_AGAIN_MIN_NANOS = 100_000_000;
  private static final long ASK_AGAIN_MAX_NANOS = 1_000_000_000;
  private static final long MISFIT_AGAIN_NANOS = 30_000_000_000L;

  private final LineSpec line;
  private final PollQueue<ModbusPoll> queue;
  private final LineBoard board;
  private final LiveImage image;
  private final NanoClock clock;

  PollOutcomes(
      LineSpec line,
      PollQueue<ModbusPoll> queue,
      LineBoard board,
      LiveImage image,
      NanoClock clock) {
    this.line = line;
    this.queue = queue;
    this.board = board;
    this.image = image;
    this.clock = clock;
  }

  /// A poll ended.
  void ended(ModbusPoll poll, Outcome outcome, long now) {
    switch (outcome) {
      case Outcome.Answered(Response response) -> {
        settled(poll);
        answered(poll.device, now);
        poll.decode(response, image, now, epochMicros(now));
        again(poll, poll.again ? now : poll.nextDueNanos(now));
      }
      case Outcome.Refused(Response.Refusal refusal) -> refused(poll, refusal, now);
      case Outcome.Silence _ -> failed(poll, Quality.BAD_NO_COMMUNICATION, silence(), true, now);
      case Outcome.Noise(NoiseReason reason) ->
          failed(poll, quality(reason), noise(reason), true, now);
      case Outcome.Aborted _ -> poll.attempts = 0;
      case Outcome.Broadcast _ -> throw new IllegalStateException("a read was broadcast");
    }
  }

  private void settled(ModbusPoll poll) {
    poll.attempts = 0;
    poll.misses = 0;
    poll.silence.reset();
  }

  private void again(ModbusPoll poll, long dueNanos) {
    poll.again = false;
    if (!poll.device.health.isDown()) {
      queue.put(poll, dueNanos);
    } else if (poll == poll.device.probe) {
      queue.put(poll, poll.device.health.probeAtNanos());
    }
  }

  private void refused(ModbusPoll poll, Response.Refusal refusal, long now) {
    String why = Refusals.text(refusal) + " on reading " + poll;
    Refusals meaning = Refusals.of(refusal);
    if (meaning == Refusals.UNREACHABLE) {
      poll.degrade(image, Quality.BAD_NO_COMMUNICATION, why);
      failed(poll, Quality.BAD_NO_COMMUNICATION, why, false, now);
      return;
    }
    settled(poll);
    answered(poll.device, now);
    switch (meaning) {
      case MISFIT -> misfit(poll, why, now);
      case MISFIT_IN_PARTS -> split(poll, why, now);
      case LATER -> {
        long pause = Math.clamp(poll.periodNanos(), ASK_AGAIN_MIN_NANOS, ASK_AGAIN_MAX_NANOS);
        again(poll, now + pause);
      }
      case FAILED -> {
        poll.degrade(image, Quality.BAD_DEVICE_FAILURE, why);
        again(poll, poll.nextDueNanos(now));
      }
      case UNREACHABLE -> throw new IllegalStateException("handled above");
    }
  }

  private void misfit(ModbusPoll poll, String why, long now) {
    poll.degrade(image, Quality.BAD_CONFIGURATION_ERROR, why);
    again(poll, now + Math.max(poll.periodNanos(), MISFIT_AGAIN_NANOS));
  }

  /// One hole fails a whole block: both halves are asked on their own, at once.
  private void split(ModbusPoll poll, String why, long now) {
    List<PlannedRead> halves = poll.halves();
    if (halves.isEmpty()) {
      misfit(poll, why, now);
      return;
    }
    ModbusDevice device = poll.device;
    device.polls.remove(poll);
    for (PlannedRead half : halves) {
      ModbusPoll part = new ModbusPoll(device, half, image);
      device.polls.add(part);
      queue.put(part, now);
    }
  }

  /// @param mayRetry whether the same request may be sent again at once
  private void failed(ModbusPoll poll, Quality quality, String why, boolean mayRetry, long now) {
    ModbusDevice device = poll.device;
    if (mayRetry && device.health.isUp() && poll.attempts <= line.retries()) {
      queue.put(poll, poll.dueNanos());
      return;
    }
    poll.attempts = 0;
    poll.misses++;
    missed(device, why, now);
    if (device.health.isDown()) {
      again(poll, now);
    } else if (poll.misses >= MISSES_UNTIL_LOST) {
      poll.degrade(image, quality, why);
      again(poll, Math.max(poll.nextDueNanos(now), now + poll.silence.next()));
    } else {
      again(poll, poll.nextDueNanos(now));
    }
  }

  /// A valid answer came: a device that was down is polled again, all of it at once, except what
  /// stayed without an answer before while the device answered to the rest. What was due before
  /// goes first, so the others do not wait for it.
  void answered(ModbusDevice device, long now) {
    boolean wasUp = device.health.isUp();
    if (device.health.answered(now)) {
      for (ModbusPoll poll : device.polls) {
        if (!poll.inFlight) {
          boolean mute = poll.misses > MISSES_UNTIL_LOST;
          queue.put(poll, mute ? now + poll.silence.next() : now);
        }
      }
    }
    if (!wasUp) {
      board.changed();
    }
  }

  /// No answer came: after the second time the device is only probed.
  void missed(ModbusDevice device, String why, long now) {
    boolean wasUp = device.health.isUp();
    if (device.health.missed(now, why)) {
      for (ModbusPoll poll : device.polls) {
        queue.remove(poll);
      }
      device.held.clear();
      device.degrade(image, Quality.BAD_NO_COMMUNICATION, why);
      device.chooseProbe();
      board.changed();
    }
    ModbusPoll probe = device.probe;
    if (device.health.isDown() && probe != null && !probe.inFlight) {
      queue.put(probe, device.health.probeAtNanos());
    }
    if (wasUp) {
      board.changed();
    }
  }

  /// A value was written: it is read back at once.
  ///
  /// @return whether it is read at all
  boolean readBack(ModbusDevice device, TagSpec tag, long now) {
    ModbusPoll poll = device.pollOf(tag);
    if (poll == null) {
      return false;
    }
    if (poll.inFlight) {
      poll.again = true;
    } else if (!device.health.isDown()) {
      device.held.remove(poll);
      queue.put(poll, now);
    }
    return true;
  }

  long epochMicros(long nanos) {
    return clock.epochMicros() - (clock.nanoTime() - nanos) / 1_000;
  }

  String silence() {
    return "no answer within " + line.responseTimeoutNanos() / 1_000_000 + " ms";
  }

  static String noise(NoiseReason reason) {
    return switch (reason) {
      case GARBAGE -> "bytes that make no frame: check baud rate, parity and wiring";
      case TRUNCATED -> "an answer that was cut short";
      case CHECKSUM -> "an answer with a wrong checksum: check wiring, termination and baud rate";
      case WRONG_UNIT -> "an answer of another unit: check that no two devices share a unit id";
      case WRONG_FUNCTION -> "an answer to another function";
      case WRONG_CONTENT -> "an answer that does not fit the request";
    };
  }

  private static Quality quality(NoiseReason reason) {
    return switch (reason) {
      case GARBAGE, TRUNCATED, CHECKSUM, WRONG_UNIT -> Quality.BAD_NO_COMMUNICATION;
      case WRONG_FUNCTION, WRONG_CONTENT -> Quality.BAD_DEVICE_FAILURE;
    };
  }
}
