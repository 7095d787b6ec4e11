package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.framing.EchoCanceller;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.ExpectedAnswer;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import org.jspecify.annotations.Nullable;

/// What the clients of serial lines have in common, whatever their framing (SL 2.4.1): one
/// transaction at a time, silence before each, a turnaround delay after a broadcast, a drain after
/// a request without an answer, and answers that come late.
abstract sealed class SerialClientSession implements ClientSession
    permits AsciiClientSession, RtuClientSession {
  /// A line is taken for one without timing of its own, as a pseudo terminal is, until an answer
  /// came after its request can have left, and again once so many in a row came before that.
  private static final int EARLY_UNTIL_UNTIMED = 3;

  final ClientCounters counters = new ClientCounters();
  final ResponseDecoder decoder = new ResponseDecoder();

  /// The answer to the open transaction.
  final ExpectedAnswer expected;

  /// The answer to a transaction that ended without one and may still come.
  final ExpectedAnswer overdue;

  private final SerialClientTimes times;
  private final UserFunctions functions;
  private final ClientEffects effects;
  private final OpenTransaction current;
  private final byte[] frame;
  private final EchoCanceller echo;
  private final EchoCanceller.Receiver listener = this::listen;

  private boolean overdueEndsWithQuiet;
  private int earlyAnswers = EARLY_UNTIL_UNTIMED;
  private long lastNumber;
  private long sentEndNanos;
  private boolean quiet;
  private long quietUntilNanos;

  /// @param functions user-defined ones, without which their answers are not known
  /// @param maxFrameBytes of the framing
  SerialClientSession(
      SerialClientTimes times,
      EchoMode echoMode,
      UserFunctions functions,
      int maxFrameBytes,
      ClientEffects effects) {
    this.times = times;
    this.functions = functions;
    this.expected = new ExpectedAnswer(functions);
    this.overdue = new ExpectedAnswer(functions);
    this.echo = new EchoCanceller(echoMode);
    this.effects = effects;
    this.current = new OpenTransaction(effects, counters);
    this.frame = new byte[maxFrameBytes];
  }

  /// Makes a frame of unit id and protocol data unit, in place.
  ///
  /// @return bytes of the frame
  abstract int seal(byte[] unitAndPdu, int length);

  /// Looks for answers in bytes that came while one is expected or overdue; tells what it finds by
  /// [#answered] and [#answeredLate] and counts the bytes that belong to neither.
  abstract void search(byte[] bytes, int offset, int length, long nowNanos);

  /// Looks once more, now that no more bytes are awaited.
  ///
  /// @return whether the current transaction was concluded
  abstract boolean searchLast(long nowNanos);

  /// What was wrong with the bytes that came since the request, or null if none came.
  abstract @Nullable NoiseReason noise();

  /// Drops and counts what is buffered and forgets what was seen.
  abstract void discardReceived();

  @Override
  public final boolean canOffer(long nowNanos) {
    return !current.isOpen() && (!quiet || nowNanos >= quietUntilNanos);
  }

  /// Starts a transaction; [UnitId#BROADCAST] ends as [Outcome.Broadcast] after the turnaround
  /// delay, whatever the time-out.
  ///
  /// @throws IllegalArgumentException if a request that reads is broadcast: nobody would answer; or
  ///   if a user-defined function is none of this session's
  @Override
  public final long offer(UnitId unit, Request request, long timeoutNanos, long nowNanos) {
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
    quiet = false;
    discardReceived();
    if (overdueEndsWithQuiet) {
      overdue.clear();
      overdueEndsWithQuiet = false;
    }
    if (!broadcast) {
      expected.expect(unit.value(), request, frame, 1, pduLength);
    }
    int length = seal(frame, 1 + pduLength);
    echo.sent(frame, 0, length, broadcast || !mayRepeat(pduLength), Long.MAX_VALUE);
    long sendingNanos = length * times.characterNanos();
    sentEndNanos = nowNanos + sendingNanos;
    long number = ++lastNumber;
    current.open(
        number,
        unit,
        request,
        length,
        sendingNanos,
        broadcast ? times.turnaroundNanos() : timeoutNanos,
        nowNanos);
    effects.send(frame, 0, length);
    return number;
  }

  /// Whether the answer may be the same bytes as the request.
  private boolean mayRepeat(int pduLength) {
    int answerLength = expected.request().responseLength();
    return answerLength == pduLength || answerLength == RequestHead.UNKNOWN;
  }

  @Override
  public final void receive(byte[] bytes, int offset, int length, long nowNanos) {
    if (length == 0) {
      return;
    }
    if (current.isOpen() && nowNanos > current.deadlineNanos()) {
      expire(nowNanos);
    }
    counters.bytesReceived += length;
    if (!current.isOpen()) {
      long silentNanos = nowNanos + times.silenceNanos();
      keepQuietUntil(quiet ? Math.max(quietUntilNanos, silentNanos) : silentNanos);
    }
    echo.receive(bytes, offset, length, nowNanos, listener);
  }

  private void listen(byte[] bytes, int offset, int length, long nowNanos) {
    if (isAwaiting()) {
      search(bytes, offset, length, nowNanos);
    } else {
      counters.bytesDiscarded += length;
    }
  }

  /// Whether any answer may come.
  final boolean isAwaiting() {
    return expected.isPending() || overdue.isPending();
  }

  /// The number of the newest transaction.
  final long lastNumber() {
    return lastNumber;
  }

  /// The expected answer is here; `discardReceived` must have nothing to count any more.
  ///
  /// @param frameLength bytes of its frame
  final void answered(Outcome outcome, int frameLength, long nowNanos) {
    echo.heard(frameLength, true);
    overdueEndsWithQuiet = overdue.looksLike(expected);
    long silentNanos = nowNanos + (overdueEndsWithQuiet ? drainNanos() : times.silenceNanos());
    keepQuietUntil(Math.max(silentNanos, ownSilenceNanos(nowNanos)));
    expected.clear();
    current.conclude(outcome, nowNanos);
  }

  /// When the silence after the own frame ends. What is taken for its answer may have been on its
  /// way before, such as another's that an adapter held back, while the frame is still being sent.
  private long ownSilenceNanos(long nowNanos) {
    earlyAnswers = nowNanos < sentEndNanos ? Math.min(earlyAnswers + 1, EARLY_UNTIL_UNTIMED) : 0;
    return earlyAnswers == EARLY_UNTIL_UNTIMED ? nowNanos : sentEndNanos + times.silenceNanos();
  }

  /// The overdue answer is here.
  final void answeredLate(long nowNanos) {
    counters.lateAnswers++;
    effects.answeredLate(UnitId.of(overdue.unit()), nowNanos);
    overdue.clear();
    overdueEndsWithQuiet = false;
    if (!current.isOpen()) {
      keepQuietUntil(nowNanos + times.silenceNanos());
    }
  }

  @Override
  public final void advance(long nowNanos) {
    if (current.isOpen() && nowNanos >= current.deadlineNanos()) {
      expire(nowNanos);
    }
    if (quiet && nowNanos >= quietUntilNanos) {
      quiet = false;
    }
  }

  private void expire(long nowNanos) {
    long silentNanos = sentEndNanos + times.silenceNanos();
    if (isBroadcast(current.unit())) {
      echo.giveUp(nowNanos, listener);
      keepQuietUntil(silentNanos);
      current.conclude(OpenTransaction.BROADCAST, nowNanos);
      return;
    }
    echo.giveUp(nowNanos, listener);
    if (!current.isOpen() || searchLast(nowNanos)) {
      return;
    }
    NoiseReason reason = noise();
    overdue.expect(expected);
    overdueEndsWithQuiet = false;
    expected.clear();
    discardReceived();
    keepQuietUntil(Math.max(silentNanos, nowNanos + drainNanos()));
    current.fail(reason, nowNanos);
  }

  private long drainNanos() {
    return Math.max(times.silenceNanos(), times.drainNanos());
  }

  @Override
  public final long deadline() {
    if (current.isOpen()) {
      return current.deadlineNanos();
    }
    return quiet ? quietUntilNanos : Long.MAX_VALUE;
  }

  /// The link was lost or replaced; the line is then listened to for one silent interval.
  @Override
  public final void reset(long nowNanos) {
    expected.clear();
    overdue.clear();
    overdueEndsWithQuiet = false;
    discardReceived();
    echo.reset();
    keepQuietUntil(nowNanos + times.silenceNanos());
    current.conclude(OpenTransaction.ABORTED, nowNanos);
  }

  @Override
  public final int inFlight() {
    return current.isOpen() ? 1 : 0;
  }

  @Override
  public final ClientCounters counters() {
    return counters;
  }

  /// What the line hears of what it sends.
  public final EchoCanceller echo() {
    return echo;
  }

  private void keepQuietUntil(long nanos) {
    quiet = true;
    quietUntilNanos = nanos;
  }

  private static boolean isBroadcast(UnitId unit) {
    return unit.value() == UnitId.BROADCAST.value();
  }
}
