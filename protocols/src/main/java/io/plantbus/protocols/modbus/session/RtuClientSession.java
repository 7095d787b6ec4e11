package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import org.jspecify.annotations.Nullable;

/// The client of a serial line (SL 2.4.1): one transaction at a time, silence before each.
///
/// ```
///  offer ─[request]── answer awaited ──[answer]── silence ── canOffer
///                           └─ time-out ── drain ─────────── canOffer
///  offer ─[broadcast]── turnaround ───────────────────────── canOffer
/// ```
///
/// The answer is searched for by unit, function, length, echo and checksum at every offset of what
/// came since the request, so stray bytes around it do no harm.
///
/// An answer that comes after its time-out is recognised while the line drains, which then ends
/// early, and afterwards wherever unit, function or length tell it from the answer awaited. Where a
/// request that looks the same was answered meanwhile, the line is drained once more, so that a
/// second answer on its way is not taken for that of a third request.
///
/// A time-out is told by `advance`: hand over bytes that arrived before the deadline first.
public final class RtuClientSession extends SerialClientSession {
  private static final int MAX_FRAME_BYTES = 256;
  private static final int MIN_FRAME_BYTES = 4;

  private final byte[] answer = new byte[MAX_FRAME_BYTES];
  private final byte[] received = new byte[2 * MAX_FRAME_BYTES];

  private int filled;
  private int searched;
  private boolean overflowed;

  /// Makes a session on a line that may be used at once.
  public RtuClientSession(RtuClientSettings settings, ClientEffects effects) {
    this(settings, UserFunctions.NONE, effects);
  }

  /// Makes a session on a line that may be used at once.
  ///
  /// @param functions user-defined ones, without which the lengths of their answers are not known
  public RtuClientSession(
      RtuClientSettings settings, UserFunctions functions, ClientEffects effects) {
    super(settings.times(), settings.echo(), functions, MAX_FRAME_BYTES, effects);
  }

  @Override
  int seal(byte[] unitAndPdu, int length) {
    return Crc16.append(unitAndPdu, 0, length);
  }

  @Override
  void search(byte[] bytes, int offset, int length, long nowNanos) {
    int at = offset;
    int end = offset + length;
    while (at < end && isAwaiting()) {
      at += store(bytes, at, end - at);
      long offered = lastNumber();
      while (search(false, nowNanos)) {
        if (lastNumber() != offered) { // what is left came before the request offered meanwhile
          counters.bytesDiscarded += end - at;
          return;
        }
      }
    }
    counters.bytesDiscarded += end - at;
  }

  @Override
  boolean searchLast(long nowNanos) {
    return search(true, nowNanos);
  }

  private int store(byte[] bytes, int offset, int length) {
    if (filled == received.length) {
      counters.bytesDiscarded += searched;
      remove(0, searched);
      overflowed = true;
    }
    int stored = Math.min(length, received.length - filled);
    System.arraycopy(bytes, offset, received, filled, stored);
    filled += stored;
    return stored;
  }

  /// Looks for answers at each offset not looked at before. An offset where an answer may begin
  /// holds up the search until that answer would be complete, so that the outcome does not depend
  /// on how the bytes were chunked.
  ///
  /// @param last whether no more bytes are awaited
  /// @return whether the current transaction was concluded
  private boolean search(boolean last, long nowNanos) {
    while (searched < filled) {
      int available = filled - searched;
      int mine = expected.frameLength(received, searched, available, last);
      int late = overdue.frameLength(received, searched, available);
      if ((mine == 0 || late < mine) && takeLate(late, available, nowNanos)) {
        continue;
      }
      if (takeAnswer(mine, available, nowNanos)) {
        return true;
      }
      if (late > mine && takeLate(late, available, nowNanos)) {
        continue;
      }
      if (!last && (mine > available || late > available)) {
        return false;
      }
      searched++;
    }
    return false;
  }

  private boolean takeAnswer(int length, int available, long nowNanos) {
    if (!isFrame(length, available)) {
      return false;
    }
    Outcome outcome =
        decoder.decode(expected.request(), received, searched + 1, length - 1 - Crc16.BYTES);
    if (outcome instanceof Outcome.Noise) {
      return false;
    }
    if (overdue.isPending()) { // the late answer may be among the rest
      System.arraycopy(received, searched, answer, 0, length);
      outcome = decoder.decode(expected.request(), answer, 1, length - 1 - Crc16.BYTES);
      counters.bytesDiscarded += searched;
      remove(0, searched + length);
    } else {
      counters.bytesDiscarded += filled - length;
      forgetReceived();
    }
    answered(outcome, length, nowNanos);
    return true;
  }

  private boolean takeLate(int length, int available, long nowNanos) {
    if (!isFrame(length, available)) {
      return false;
    }
    remove(searched, length);
    answeredLate(nowNanos);
    return true;
  }

  private boolean isFrame(int length, int available) {
    return length > 0 && length <= available && Crc16.isValid(received, searched, length);
  }

  @Override
  @Nullable NoiseReason noise() {
    return filled == 0 && !overflowed ? null : reason();
  }

  private NoiseReason reason() {
    boolean fromUnit = filled > 0 && (received[0] & 0xFF) == expected.unit();
    boolean ofFunction = filled > 1 && (received[1] & 0x7F) == expected.request().function();
    if (filled >= MIN_FRAME_BYTES && Crc16.isValid(received, 0, filled)) {
      if (!fromUnit) {
        return NoiseReason.WRONG_UNIT;
      }
      return ofFunction ? NoiseReason.WRONG_CONTENT : NoiseReason.WRONG_FUNCTION;
    }
    if (filled == 0 || expected.frameLength(received, 0, filled) > filled) {
      return filled == 0 ? NoiseReason.GARBAGE : NoiseReason.TRUNCATED;
    }
    return fromUnit && ofFunction ? NoiseReason.CHECKSUM : NoiseReason.GARBAGE;
  }

  private void remove(int at, int length) {
    System.arraycopy(received, at + length, received, at, filled - at - length);
    filled -= length;
    searched = at;
  }

  @Override
  void discardReceived() {
    counters.bytesDiscarded += filled;
    forgetReceived();
  }

  private void forgetReceived() {
    filled = 0;
    searched = 0;
    overflowed = false;
  }
}
