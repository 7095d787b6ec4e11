package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.diagnostics.UnitDiagnostics;
import io.plantbus.protocols.modbus.diagnostics.Verdict;
import io.plantbus.protocols.modbus.framing.EchoCanceller;
import io.plantbus.protocols.modbus.framing.EchoMode;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What the servers of serial lines have in common, whatever their framing (SL 2.4.2): whom a
/// request is for, one request open at a time, diagnostics (see [ServerServices]), an answer that
/// keeps its silence and is abandoned when the client goes on.
abstract sealed class SerialServerSession implements ServerSession
    permits AsciiServerSession, RtuServerSession {
  private static final long NONE = 0;

  /// How long an adapter may keep an echo back; a request that comes later is none.
  private static final long ECHO_LATENCY_NANOS = 50_000_000;

  final ServerCounters counters = new ServerCounters();

  final LineDiagnostics diagnostics;

  /// When the last byte came.
  long lastByteNanos;

  private final IntPredicate served;
  private final long replySilenceNanos;
  private final long characterNanos;
  private final EchoCanceller echo;
  private final EchoCanceller.Receiver listener = this::listen;
  private final ServerEffects effects;
  private final IntPredicate obeying;
  private final UserFunctions functions;
  private final RequestHead head;
  private final byte[] answer;

  private long lastTicket;
  private long openTicket = NONE;
  private boolean broadcast;
  private @Nullable UnitDiagnostics asked;
  private int requestLength;
  private int answerLength;
  private boolean repeats;

  /// @param served unit ids that are served; asked with 1..255
  /// @param replySilenceNanos silence between the last byte received and an answer
  /// @param characterNanos time of one character on the wire
  /// @param maxFrameBytes of the framing
  SerialServerSession(
      IntPredicate served,
      long replySilenceNanos,
      long characterNanos,
      EchoMode echoMode,
      ServerServices services,
      int maxFrameBytes,
      ServerEffects effects) {
    this.served = served;
    this.replySilenceNanos = replySilenceNanos;
    this.characterNanos = characterNanos;
    this.echo = new EchoCanceller(echoMode);
    this.functions = services.functions();
    this.diagnostics = services.diagnostics();
    this.head = new RequestHead(functions);
    this.effects = effects;
    this.obeying = unit -> effects.obeysBroadcast(UnitId.of(unit));
    this.answer = new byte[maxFrameBytes];
  }

  /// Makes a frame of unit id and protocol data unit, in place.
  ///
  /// @return bytes of the frame
  abstract int seal(byte[] unitAndPdu, int length);

  /// The request just heard is for another unit, which will answer it.
  abstract void expectAnswer();

  /// Listens for requests and tells each by [#hear].
  abstract void listen(byte[] bytes, int offset, int length, long nowNanos);

  @Override
  public final void receive(byte[] bytes, int offset, int length, long nowNanos) {
    if (length > 0) {
      counters.bytesReceived += length;
      echo.receive(bytes, offset, length, nowNanos, listener);
    }
  }

  /// A request was heard.
  ///
  /// @param frame holds the unit id at `offset` and the protocol data unit behind it
  /// @param frameLength bytes of its frame
  final void hear(byte[] frame, int offset, int pduLength, int frameLength, long nowNanos) {
    echo.heard(frameLength, false);
    abandon();
    int unit = frame[offset] & 0xFF;
    if (unit == UnitId.BROADCAST.value()) {
      hearBroadcast(frame, offset + 1, pduLength, nowNanos);
    } else if (served.test(unit)) {
      serve(unit, frame, offset + 1, pduLength, nowNanos);
    } else {
      diagnostics.messageHeard();
      counters.otherUnits++;
      expectAnswer();
    }
  }

  private void serve(int unit, byte[] pdu, int offset, int length, long nowNanos) {
    counters.requests++;
    head.set(pdu, offset, length);
    requestLength = length;
    answer[0] = (byte) unit;
    asked = diagnostics.unit(unit);
    switch (asked.received(decode(UnitId.of(unit), pdu, offset, length))) {
      case Verdict.Execute(Request request) -> {
        broadcast = false;
        openTicket = ++lastTicket;
        effects.requested(openTicket, UnitId.of(unit), request, nowNanos);
      }
      case Verdict.Answer(Response response) -> {
        broadcast = false;
        openTicket = ++lastTicket;
        if (!effects.intercepts(openTicket, UnitId.of(unit), response, nowNanos)) {
          answer(openTicket, response, nowNanos);
        }
      }
      case Verdict.Silence _ -> counters.ignored++;
    }
  }

  private Decoded decode(UnitId unit, byte[] pdu, int offset, int length) {
    return ServerServices.permitted(
        effects, unit, RequestDecoder.decode(functions, pdu, offset, length));
  }

  private void hearBroadcast(byte[] pdu, int offset, int length, long nowNanos) {
    asked = null;
    if (diagnostics.broadcast(decode(UnitId.BROADCAST, pdu, offset, length), obeying)
        instanceof Verdict.Execute(Request request)) {
      counters.broadcasts++;
      broadcast = true;
      openTicket = ++lastTicket;
      effects.requested(openTicket, UnitId.BROADCAST, request, nowNanos);
    }
  }

  /// A client that sends another request awaits no answer to the one before; sending it now would
  /// collide with the answer to the new one.
  private void abandon() {
    boolean awaited = openTicket != NONE && !broadcast;
    if (answerLength > 0 || awaited) {
      counters.abandoned++;
    }
    if (awaited && asked != null) {
      asked.unanswered();
    }
    openTicket = NONE;
    answerLength = 0;
  }

  /// @throws IllegalArgumentException if the response is not of the kind or quantity that the
  ///   request asked for
  @Override
  public final void answer(long ticket, Response response, long nowNanos) {
    if (ticket != openTicket || ticket == NONE) {
      return;
    }
    if (broadcast) {
      openTicket = NONE;
    } else {
      reply(response, nowNanos);
    }
  }

  private void reply(Response response, long nowNanos) {
    int pduLength = ResponseEncoder.encode(head, response, answer, 1);
    openTicket = NONE;
    repeats = pduLength == requestLength;
    answerLength = seal(answer, 1 + pduLength);
    if (asked != null) {
      asked.answered(response);
    }
    if (response instanceof Response.Refusal) {
      counters.refusals++;
    } else {
      counters.answers++;
    }
    sendIfSilent(nowNanos);
  }

  /// Sends the answer if there is one and the silence before it is over.
  final void sendIfSilent(long nowNanos) {
    if (answerLength > 0 && nowNanos >= lastByteNanos + replySilenceNanos) {
      int length = answerLength;
      answerLength = 0;
      counters.bytesSent += length;
      long sentEndNanos = nowNanos + length * characterNanos;
      echo.sent(answer, 0, length, !repeats, sentEndNanos + ECHO_LATENCY_NANOS);
      effects.send(answer, 0, length);
    }
  }

  @Override
  public final void ignore(long ticket) {
    if (ticket == openTicket && ticket != NONE) {
      openTicket = NONE;
      counters.ignored++;
      if (asked != null) {
        asked.unanswered();
      }
    }
  }

  /// When an answer may be sent, or `Long.MAX_VALUE`.
  final long answerDeadline() {
    return answerLength > 0 ? lastByteNanos + replySilenceNanos : Long.MAX_VALUE;
  }

  @Override
  public void reset() {
    openTicket = NONE;
    answerLength = 0;
    echo.reset();
  }

  /// Something was heard that is no frame.
  final void communicationError() {
    counters.checksumErrors++;
    diagnostics.communicationError();
  }

  /// What the line hears of what it sends.
  public final EchoCanceller echo() {
    return echo;
  }

  @Override
  public final ServerCounters counters() {
    return counters;
  }
}
