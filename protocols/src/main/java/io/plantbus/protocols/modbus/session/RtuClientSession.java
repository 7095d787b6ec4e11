package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.ExpectedAnswer;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;

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
public final class RtuClientSession implements ClientSession {
  private static final int MAX_FRAME_BYTES = 256;
  private static final int MIN_FRAME_BYTES = 4;

  private final RtuClientSettings settings;
  private final ClientEffects effects;
  private final ClientCounters counters = new ClientCounters();
  private final ResponseDecoder decoder = new ResponseDecoder();
  private final OpenTransaction current;
  private final UserFunctions functions;
  private final ExpectedAnswer expected;
  private final ExpectedAnswer overdue;
  private final byte[] frame = new byte[MAX_FRAME_BYTES];
  private final byte[] received = new byte[2 * MAX_FRAME_BYTES];

  private int filled;
  private int searched;
  private boolean overflowed;
  private boolean overdueEndsWithQuiet;
  private long lastNumber;
  private long sentEndNanos;
  private boolean quiet;
  private long quietUntilNanos;

  /// Makes a session on a line that may be used at once.
  public RtuClientSession(RtuClientSettings settings, ClientEffects effects) {
    this(settings, UserFunctions.NONE, effects);
  }

  /// Makes a session on a line that may be used at once.
  ///
  /// @param functions user-defined ones, without which the lengths of their answers are not known
  public RtuClientSession(
      RtuClientSettings settings, UserFunctions functions, ClientEffects effects) {
    this.settings = settings;
    this.effects = effects;
    this.functions = functions;
    this.expected = new ExpectedAnswer(functions);
    this.overdue = new ExpectedAnswer(functions);
    this.current = new OpenTransaction(effects, counters);
  }

  @Override
  public boolean canOffer(long nowNanos) {
    return !current.isOpen() && (!quiet || nowNanos >= quietUntilNanos);
  }

  /// Starts a transaction; [UnitId#BROADCAST] ends as [Outcome.Broadcast] after the turnaround
  /// delay, whatever the time-out.
  ///
  /// @throws IllegalArgumentException if a request that reads is broadcast: nobody would answer; or
  ///   if a user-defined function is none of this session's
  @Override
  public long offer(UnitId unit, Request request, long timeoutNanos, long nowNanos) {
    if (!canOffer(nowNanos)) {
      throw new IllegalStateException("the line is not free for a request");
    }
    boolean broadcast = isBroadcast(unit);
    if (broadcast && !request.isBroadcastable()) {
      throw new IllegalArgumentException("a request that reads cannot be broadcast: " + request);
    }
    if (request instanceof Request.UserDefined(int code, _) && functions.find(code) == null) {
      throw new IllegalArgumentException(
          "nothing tells the length of answers of function " + code + ": register it");
    }
    frame[0] = (byte) unit.value();
    int pduLength = RequestEncoder.encode(request, frame, 1);
    int length = Crc16.append(frame, 0, 1 + pduLength);
    long sendingNanos = length * settings.characterNanos();
    sentEndNanos = nowNanos + sendingNanos;
    quiet = false;
    discardReceived();
    if (overdueEndsWithQuiet) {
      overdue.clear();
      overdueEndsWithQuiet = false;
    }
    if (!broadcast) {
      expected.expect(unit.value(), frame, 1, pduLength);
    }
    long number = ++lastNumber;
    current.open(
        number,
        unit,
        request,
        length,
        sendingNanos,
        broadcast ? settings.turnaroundNanos() : timeoutNanos,
        nowNanos);
    effects.send(frame, 0, length);
    return number;
  }

  @Override
  public void receive(byte[] bytes, int offset, int length, long nowNanos) {
    if (length == 0) {
      return;
    }
    if (current.isOpen() && nowNanos > current.deadlineNanos()) {
      expire(nowNanos);
    }
    counters.bytesReceived += length;
    if (!current.isOpen()) {
      long silentNanos = nowNanos + settings.silenceNanos();
      keepQuietUntil(quiet ? Math.max(quietUntilNanos, silentNanos) : silentNanos);
    }
    int at = offset;
    int end = offset + length;
    while (at < end && (expected.isPending() || overdue.isPending())) {
      at += store(bytes, at, end - at);
      if (search(false, nowNanos)) {
        break;
      }
    }
    counters.bytesDiscarded += end - at;
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
      int mine = expected.frameLength(received, searched, available);
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
    counters.bytesDiscarded += filled - length;
    overdueEndsWithQuiet = overdue.looksLike(expected);
    keepQuietUntil(
        nowNanos
            + (overdueEndsWithQuiet
                ? Math.max(settings.silenceNanos(), settings.drainNanos())
                : settings.silenceNanos()));
    expected.clear();
    forgetReceived();
    current.conclude(outcome, nowNanos);
    return true;
  }

  private boolean takeLate(int length, int available, long nowNanos) {
    if (!isFrame(length, available)) {
      return false;
    }
    counters.lateAnswers++;
    overdue.clear();
    overdueEndsWithQuiet = false;
    remove(searched, length);
    if (!current.isOpen()) {
      keepQuietUntil(nowNanos + settings.silenceNanos());
    }
    return true;
  }

  private boolean isFrame(int length, int available) {
    return length > 0 && length <= available && Crc16.isValid(received, searched, length);
  }

  @Override
  public void advance(long nowNanos) {
    if (current.isOpen() && nowNanos >= current.deadlineNanos()) {
      expire(nowNanos);
    }
    if (quiet && nowNanos >= quietUntilNanos) {
      quiet = false;
    }
  }

  private void expire(long nowNanos) {
    long silentNanos = sentEndNanos + settings.silenceNanos();
    if (isBroadcast(current.unit())) {
      keepQuietUntil(silentNanos);
      current.conclude(OpenTransaction.BROADCAST, nowNanos);
      return;
    }
    if (search(true, nowNanos)) {
      return;
    }
    NoiseReason reason = filled == 0 && !overflowed ? null : reason();
    overdue.expect(expected);
    overdueEndsWithQuiet = false;
    expected.clear();
    discardReceived();
    long drain = Math.max(settings.silenceNanos(), settings.drainNanos());
    keepQuietUntil(Math.max(silentNanos, nowNanos + drain));
    current.fail(reason, nowNanos);
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

  @Override
  public long deadline() {
    if (current.isOpen()) {
      return current.deadlineNanos();
    }
    return quiet ? quietUntilNanos : Long.MAX_VALUE;
  }

  /// The link was lost or replaced; the line is then listened to for one silent interval.
  @Override
  public void reset(long nowNanos) {
    expected.clear();
    overdue.clear();
    overdueEndsWithQuiet = false;
    discardReceived();
    keepQuietUntil(nowNanos + settings.silenceNanos());
    current.conclude(OpenTransaction.ABORTED, nowNanos);
  }

  @Override
  public int inFlight() {
    return current.isOpen() ? 1 : 0;
  }

  @Override
  public ClientCounters counters() {
    return counters;
  }

  private void keepQuietUntil(long nanos) {
    quiet = true;
    quietUntilNanos = nanos;
  }

  private void remove(int at, int length) {
    System.arraycopy(received, at + length, received, at, filled - at - length);
    filled -= length;
    searched = at;
  }

  private void discardReceived() {
    counters.bytesDiscarded += filled;
    forgetReceived();
  }

  private void forgetReceived() {
    filled = 0;
    searched = 0;
    overflowed = false;
  }

  private static boolean isBroadcast(UnitId unit) {
    return unit.value() == UnitId.BROADCAST.value();
  }
}
