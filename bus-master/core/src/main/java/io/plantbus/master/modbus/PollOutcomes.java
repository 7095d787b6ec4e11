package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.LineBoard;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.poll.WireTime;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.List;

/// What the outcome of a poll means to its values, its device and its next turn. Owned by the
/// thread of the line.
final class PollOutcomes {
  private static final int UNFITTING_UNTIL_SPLIT = 2;
  private static final long ASK_AGAIN_MIN_NANOS = 100_000_000;
  private static final long ASK_AGAIN_MAX_NANOS = 1_000_000_000;
  private static final long MISFIT_AGAIN_NANOS = 30_000_000_000L;

  /// What a device asks for at once when it is back has its turn within this time.
  private static final long SETTLING_NANOS = 5_000_000_000L;

  private final LineSpec line;
  private final Turns turns;
  private final WireTime wire;
  private final LineBoard board;
  private final LiveImage image;
  private final NanoClock clock;

  PollOutcomes(LineSpec line, Turns turns, LineBoard board, LiveImage image, NanoClock clock) {
    this.line = line;
    this.turns = turns;
    this.wire = WireTime.of(line);
    this.board = board;
    this.image = image;
    this.clock = clock;
  }

  /// A poll ended.
  ///
  /// @param flight what was sent, and when
  void ended(ModbusPoll poll, Flights.Flight flight, Outcome outcome, long now) {
    switch (outcome) {
      case Outcome.Answered(Response response) -> {
        settled(poll);
        answered(poll.device, now);
        poll.device.plan.answered(poll, turnaroundNanos(poll.read.request(), flight, now));
        poll.decode(response, image, now, epochMicros(now));
        aged(poll, now);
        again(poll, poll.again ? now : poll.nextDueNanos(now));
        renew(poll.device, now);
      }
      case Outcome.Refused(Response.Refusal refusal) -> {
        refused(poll, refusal, now);
        renew(poll.device, now);
      }
      case Outcome.Silence _ ->
          failed(poll, Quality.BAD_NO_COMMUNICATION, silence(flight), true, now);
      case Outcome.Noise(NoiseReason reason) -> garbled(poll, reason, now);
      case Outcome.Aborted _ -> poll.attempts = 0;
      case Outcome.Broadcast _ -> throw new IllegalStateException("a read was broadcast");
    }
    long missed = poll.newlyMissed();
    if (missed > 0) {
      board.account().missed(poll.device.spec.name(), poll.read.tags(), missed);
    }
  }

  private void aged(ModbusPoll poll, long now) {
    long age = poll.aged(poll.device.settledNanos, now);
    if (age > 0) {
      board.account().aged(poll.device.spec.name(), poll.read.tags(), age);
    }
  }

  private long turnaroundNanos(Request.Read request, Flights.Flight flight, long now) {
    return now
        - flight.sentNanos
        - wire.requestNanos()
        - wire.answerNanos(request.table(), request.range().count());
  }

  private void settled(ModbusPoll poll) {
    poll.attempts = 0;
    poll.misses = 0;
    poll.unfitting = 0;
    poll.silence.reset();
  }

  private void again(ModbusPoll poll, long dueNanos) {
    poll.again = false;
    if (!poll.retired) {
      turns.put(poll, dueNanos);
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
      case MISFIT_IN_PARTS ->
          split(poll, why, refusal.code() == ExceptionCode.ILLEGAL_DATA_VALUE.code(), now);
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
  private void split(ModbusPoll poll, String why, boolean tooLong, long now) {
    if (poll.retired) {
      return;
    }
    List<ModbusPoll> halves = poll.device.plan.refused(poll, tooLong);
    if (halves.isEmpty()) {
      misfit(poll, why, now);
    } else {
      turns.remove(poll);
      for (ModbusPoll half : halves) {
        turns.put(half, now);
      }
    }
  }

  /// What was learned may make another plan better: what is new in it is asked at once.
  private void renew(ModbusDevice device, long now) {
    List<ModbusPoll> before = device.polls();
    List<ModbusPoll> gone = device.plan.renew(now);
    if (gone == null) {
      return;
    }
    for (ModbusPoll poll : gone) {
      poll.retired = true;
      turns.remove(poll);
    }
    if (device.probe == null || device.probe.retired) {
      device.chooseProbe();
    }
    for (ModbusPoll poll : device.polls()) {
      if (!before.contains(poll)) {
        turns.put(poll, now);
      }
    }
  }

  /// Bytes came that are no valid answer. A frame that is whole and of other content than asked,
  /// and that again, comes from a device that cannot give as much at once.
  private void garbled(ModbusPoll poll, NoiseReason reason, long now) {
    if (reason != NoiseReason.WRONG_CONTENT) {
      failed(poll, quality(reason), noise(reason), true, now);
      return;
    }
    poll.unfitting++;
    if (poll.unfitting < UNFITTING_UNTIL_SPLIT || poll.retired || poll.halves().isEmpty()) {
      failed(poll, quality(reason), noise(reason), true, now);
      return;
    }
    settled(poll);
    answered(poll.device, now);
    split(poll, noise(reason), true, now);
    renew(poll.device, now);
  }

  /// @param mayRetry whether the same request may be sent again at once
  private void failed(ModbusPoll poll, Quality quality, String why, boolean mayRetry, long now) {
    ModbusDevice device = poll.device;
    if (mayRetry && device.health.isUp() && !poll.isMute() && poll.attempts <= line.retries()) {
      again(poll, poll.dueNanos());
      return;
    }
    poll.attempts = 0;
    poll.misses++;
    boolean othersAnswer =
        poll.misses > 1 && device.health.isUp() && device.health.answeredSince(poll.missedNanos);
    poll.missedNanos = now;
    if (!othersAnswer) {
      missed(device, why, now);
    }
    if (poll.isMute()) {
      poll.forgetAges();
      poll.degrade(image, quality, why);
      again(poll, Math.max(poll.nextDueNanos(now), now + poll.silence.next()));
    } else {
      again(poll, device.health.isUp() ? poll.nextDueNanos(now) : now);
    }
  }

  /// A valid answer came: a device that was not up is polled again, all of it at once, except what
  /// stayed without an answer before while the device answered to the rest. What was due before
  /// goes first, so the others do not wait for it.
  void answered(ModbusDevice device, long now) {
    boolean wasUp = device.health.isUp();
    // What comes from here on may be a copy, or the answer to another request than the last.
    device.givenUpNanos = Long.MIN_VALUE;
    if (device.health.answered(now)) {
      turns.recovered();
    }
    if (wasUp) {
      return;
    }
    device.settledNanos = now + SETTLING_NANOS;
    turns.healthChanged();
    for (ModbusPoll poll : device.polls()) {
      if (!poll.inFlight) {
        turns.put(poll, poll.isMute() ? now + poll.silence.next() : now);
      }
    }
    board.changed();
  }

  /// No answer came: the device is asked by its probe only, until it answers.
  void missed(ModbusDevice device, String why, long now) {
    boolean wasUp = device.health.isUp();
    device.response.silent();
    if (device.health.missed(now, why)) {
      device.degrade(image, Quality.BAD_NO_COMMUNICATION, why);
      board.changed();
    }
    if (wasUp) {
      turns.removeAll(device);
      device.chooseProbe();
      turns.healthChanged();
      board.changed();
    }
    ModbusPoll probe = device.probe;
    if (probe != null && !probe.inFlight) {
      turns.put(probe, now);
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
    } else if (device.health.isUp()) {
      turns.put(poll, now);
    }
    return true;
  }

  long epochMicros(long nanos) {
    return clock.epochMicros() - (clock.nanoTime() - nanos) / 1_000;
  }

  static String silence(Flights.Flight flight) {
    return "no answer within " + flight.timeoutNanos / 1_000_000 + " ms";
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
