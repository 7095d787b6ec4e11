package io.plantbus.master.account;

import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the books of one line's time.
///
/// ```
///   closed │ idle │[request] silence, turnaround [answer] silence │ idle │[request] time-out, rest │
///                  ▲ began                      ▲ concluded        ▲ began
/// ```
///
/// Of a transaction that was answered, the characters of both frames take what the arithmetic of
/// the line says, the silent interval comes next, and what is left is the device's. Where less time
/// went by than the characters take, the wire has no timing of its own, like a pseudo terminal, and
/// all of it is turnaround. Where several transactions are under way, they share the time.
///
/// Constant work and no allocation for each transaction. Owned by the thread of its line; times
/// never go back.
public final class LineAccount {
  private final String line;
  private final LineTiming timing;
  private final SharedTime shared;
  private final SlidingSums sums;
  private final Map<String, DeviceLedger> byName = new HashMap<>();
  private final List<DeviceLedger> devices = new ArrayList<>();
  private final int idle;
  private final Exchange exchange = new Exchange();
  private boolean started;
  private boolean open;

  /// Up to when the time is accounted for, while nothing is under way.
  private long markNanos;

  /// Until when the line rests, and on whose account.
  private long restUntilNanos;

  private Cause restCause = Cause.SILENCE;
  private @Nullable DeviceLedger restOf;
  private @Nullable DeviceLedger lastMute;
  private long lateAnswers;

  private LineAccount(LineSpec line, List<DeviceSpec> specs) {
    this.line = line.name();
    this.timing = LineTiming.of(line);
    this.shared = new SharedTime(timing.window());
    this.idle = specs.size() * DeviceLedger.COUNT;
    this.sums = new SlidingSums(idle + 2);
    for (DeviceSpec spec : specs) {
      DeviceLedger ledger = new DeviceLedger(spec, sums, devices.size() * DeviceLedger.COUNT);
      devices.add(ledger);
      byName.put(spec.name(), ledger);
    }
  }

  /// Empty books.
  ///
  /// @param devices those on the line, in the order of the plant
  public static LineAccount of(LineSpec line, List<DeviceSpec> devices) {
    return new LineAccount(line, devices);
  }

  /// A transaction is sent now.
  public void began(long nowNanos) {
    if (shared.count() == 0) {
      rest(nowNanos);
    }
    shared.began(nowNanos);
  }

  /// A transaction ended.
  ///
  /// @param device whose it was
  /// @param repeat whether the same request had been sent for the same turn before
  /// @param sentNanos the time given to [#began]
  public void concluded(
      String device,
      Request request,
      Outcome outcome,
      boolean repeat,
      long sentNanos,
      long nowNanos) {
    sums.advance(nowNanos);
    long taken = shared.ended(sentNanos, nowNanos);
    markNanos = Math.max(markNanos, nowNanos);
    DeviceLedger ledger = byName.get(device);
    if (ledger == null) {
      return;
    }
    ledger.add(DeviceLedger.TRANSACTIONS, 1);
    ledger.add(DeviceLedger.REPEATS, repeat ? 1 : 0);
    exchange.measure(request, ledger.limits);
    switch (outcome) {
      case Outcome.Answered _ -> {
        ledger.add(DeviceLedger.ANSWERS, 1);
        answered(ledger, repeat, taken, sentNanos, nowNanos);
      }
      case Outcome.Refused _ -> {
        ledger.add(DeviceLedger.REFUSALS, 1);
        exchange.refused();
        answered(ledger, repeat, taken, sentNanos, nowNanos);
      }
      case Outcome.Broadcast _ -> {
        exchange.unanswered();
        frames(ledger, repeat, taken, Long.MAX_VALUE);
      }
      case Outcome.Silence _ -> {
        ledger.add(DeviceLedger.SILENCES, 1);
        failed(ledger, repeat, taken, nowNanos);
      }
      case Outcome.Noise(NoiseReason reason) -> {
        ledger.add(DeviceLedger.NOISES, 1);
        ledger.add(DeviceLedger.CHECKSUMS, reason == NoiseReason.CHECKSUM ? 1 : 0);
        failed(ledger, repeat, taken, nowNanos);
      }
      case Outcome.Aborted _ -> ledger.add(repeat ? Cause.RETRIES : Cause.TIMEOUTS, taken);
    }
  }

  private void answered(
      DeviceLedger ledger, boolean repeat, long taken, long sentNanos, long nowNanos) {
    ledger.silent = false;
    ledger.lastAnswerNanos = nowNanos;
    long wireNanos = timing.characters(exchange) * timing.characterNanos();
    long roundTripNanos = nowNanos - sentNanos;
    ledger.latency.add(
        roundTripNanos < wireNanos ? roundTripNanos : roundTripNanos - wireNanos, nowNanos);
    ledger.add(DeviceLedger.FIRST_ANSWERS, repeat ? 0 : 1);
    ledger.add(DeviceLedger.IDEAL_PARTS, repeat ? 0 : exchange.idealParts);
    frames(ledger, repeat, taken, timing.answerSilenceNanos());
    rests(ledger, repeat ? Cause.RETRIES : Cause.SILENCE, nowNanos + timing.silenceNanos());
  }

  private void failed(DeviceLedger ledger, boolean repeat, long taken, long nowNanos) {
    ledger.silent = true;
    lastMute = ledger;
    Cause cause = repeat ? Cause.RETRIES : Cause.TIMEOUTS;
    ledger.add(cause, taken);
    rests(ledger, cause, nowNanos + Math.max(timing.silenceNanos(), timing.drainNanos()));
  }

  /// @param silenceNanos the most that is silence of what the frames leave
  private void frames(DeviceLedger ledger, boolean repeat, long taken, long silenceNanos) {
    int characters = timing.characters(exchange);
    int data = timing.frame().dataCharacters(exchange.dataBytes);
    ledger.add(DeviceLedger.PAYLOAD_BYTES, exchange.dataBytes);
    ledger.add(DeviceLedger.OVERHEAD_BYTES, characters - data);
    if (repeat) {
      ledger.add(Cause.RETRIES, taken);
      return;
    }
    long wireNanos = characters * timing.characterNanos();
    if (wireNanos > taken) {
      ledger.add(Cause.TURNAROUND, taken);
      return;
    }
    long gapNanos = taken - wireNanos;
    long silent = Math.min(gapNanos, silenceNanos);
    ledger.add(Cause.PAYLOAD, data * timing.characterNanos());
    ledger.add(Cause.OVERHEAD, (characters - data) * timing.characterNanos());
    ledger.add(Cause.SILENCE, silent);
    ledger.add(Cause.TURNAROUND, gapNanos - silent);
  }

  private void rests(DeviceLedger ledger, Cause cause, long untilNanos) {
    restOf = ledger;
    restCause = cause;
    restUntilNanos = untilNanos;
  }

  /// A device on an I2C bus had a turn of a few transfers.
  ///
  /// @param ended whether that ended a poll or a write
  /// @param failed whether there was no acknowledgement
  public void turned(String device, boolean ended, boolean failed, long sentNanos, long nowNanos) {
    sums.advance(nowNanos);
    long taken = shared.ended(sentNanos, nowNanos);
    markNanos = Math.max(markNanos, nowNanos);
    DeviceLedger ledger = byName.get(device);
    if (ledger == null) {
      return;
    }
    ledger.add(failed ? Cause.TIMEOUTS : Cause.TURNAROUND, taken);
    if (ended) {
      ledger.add(DeviceLedger.TRANSACTIONS, 1);
      ledger.add(failed ? DeviceLedger.SILENCES : DeviceLedger.ANSWERS, 1);
      ledger.silent = failed;
    }
    if (!failed) {
      ledger.lastAnswerNanos = nowNanos;
      ledger.latency.add(nowNanos - sentNanos, nowNanos);
    }
  }

  /// Turns of a poll were over before it could be sent.
  ///
  /// @param tags that it reads
  /// @param turns how many, positive
  public void missed(String device, List<TagSpec> tags, long turns) {
    DeviceLedger ledger = byName.get(device);
    if (ledger != null) {
      ledger.missed(tags, turns);
    }
  }

  /// The values of a poll got older between two answers than ever before.
  ///
  /// @param tags that it reads
  /// @param nanos how old, positive
  public void aged(String device, List<TagSpec> tags, long nanos) {
    DeviceLedger ledger = byName.get(device);
    if (ledger != null) {
      ledger.aged(tags, nanos);
    }
  }

  /// Time went by; to be called at the end of each step of the line's owner.
  ///
  /// @param portOpen whether the port is open from now on
  /// @param late answers that came after their time-out, since the start
  public void advance(boolean portOpen, long late, long nowNanos) {
    if (shared.count() == 0) {
      rest(nowNanos);
    }
    open = portOpen;
    if (late > lateAnswers && lastMute != null && timing.window() == 1) {
      lastMute.add(DeviceLedger.LATE, late - lateAnswers);
    }
    lateAnswers = late;
  }

  /// Accounts for the time in which nothing was under way.
  private void rest(long nowNanos) {
    sums.advance(nowNanos);
    if (!started) {
      started = true;
      markNanos = nowNanos;
    }
    long gapNanos = nowNanos - markNanos;
    if (gapNanos <= 0) {
      return;
    }
    long restNanos = Math.clamp(restUntilNanos - markNanos, 0, gapNanos);
    if (restOf != null && restNanos > 0) {
      restOf.add(restCause, restNanos);
      gapNanos -= restNanos;
    }
    sums.add(open ? idle : idle + 1, gapNanos);
    markNanos = nowNanos;
  }

  /// What the books say now.
  public LineUsage snapshot(long nowNanos) {
    sums.advance(nowNanos);
    List<DeviceUsage> snapshots = new ArrayList<>(devices.size());
    LineTime unused = new LineTime(0, 0, 0, 0, 0, 0, sums.recent(idle), sums.recent(idle + 1));
    LineTime everUnused = new LineTime(0, 0, 0, 0, 0, 0, sums.total(idle), sums.total(idle + 1));
    Usage recent = new Usage(unused, Traffic.NONE, 0, 0);
    Usage total = new Usage(everUnused, Traffic.NONE, 0, 0);
    for (DeviceLedger ledger : devices) {
      DeviceUsage device = ledger.snapshot(nowNanos);
      recent = recent.plus(device.recent());
      total = total.plus(device.total());
      snapshots.add(device);
    }
    return new LineUsage(line, recent, total, snapshots);
  }
}
