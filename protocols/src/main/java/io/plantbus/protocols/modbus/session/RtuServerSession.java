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
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.RtuRequestDeframer;
import org.jspecify.annotations.Nullable;

/// The server of any number of units on a serial line (SL 2.4.2).
///
/// ```
///  request ── requested ── answer ── silence ── [answer]
///                 └─ another request on the line: the answer is abandoned, its client went on
/// ```
///
/// Requests to units that are not served are heard and not answered. Broadcast writes are executed
/// and never answered, broadcast reads are ignored. Diagnostics are answered by the session itself
/// (see [ServerServices]). A request that is malformed but whole is refused: at once if its length
/// is the one that its function tells, else when the line falls silent.
public final class RtuServerSession implements ServerSession {
  private static final long NONE = 0;

  private final RtuServerSettings settings;
  private final ServerEffects effects;
  private final ServerCounters counters = new ServerCounters();
  private final UserFunctions functions;
  private final LineDiagnostics diagnostics;
  private final RtuRequestDeframer deframer;
  private final RequestHead head;
  private final byte[] answer = new byte[RtuRequestDeframer.MAX_FRAME_BYTES];

  private long lastTicket;
  private long openTicket = NONE;
  private boolean broadcast;
  private @Nullable UnitDiagnostics asked;
  private int answerLength;
  private boolean listening;
  private long lastByteNanos;

  /// Makes a session on a line that nothing was heard on, with diagnostics of its own.
  public RtuServerSession(RtuServerSettings settings, ServerEffects effects) {
    this(settings, ServerServices.of(new LineDiagnostics()), effects);
  }

  /// Makes a session on a line that nothing was heard on.
  public RtuServerSession(
      RtuServerSettings settings, ServerServices services, ServerEffects effects) {
    this.settings = settings;
    this.effects = effects;
    this.functions = services.functions();
    this.diagnostics = services.diagnostics();
    this.deframer = new RtuRequestDeframer(functions);
    this.head = new RequestHead(functions);
  }

  @Override
  public void receive(byte[] bytes, int offset, int length, long nowNanos) {
    if (length == 0) {
      return;
    }
    counters.bytesReceived += length;
    if (listening && deframer.buffered() > 0) {
      long gapNanos = nowNanos - length * settings.characterNanos() - lastByteNanos;
      if (gapNanos >= settings.resyncNanos()) {
        fallSilent(nowNanos);
      } else if (settings.gapNanos() > 0 && gapNanos > settings.gapNanos()) {
        deframer.spoil();
      }
    }
    listening = true;
    lastByteNanos = nowNanos;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      at += deframer.store(bytes, at, end - at);
      while (deframer.next()) {
        hear(nowNanos);
      }
    }
  }

  @Override
  public void advance(long nowNanos) {
    if (deframer.buffered() > 0 && nowNanos >= lastByteNanos + settings.resyncNanos()) {
      fallSilent(nowNanos);
    }
    sendIfSilent(nowNanos);
  }

  private void fallSilent(long nowNanos) {
    int heard = deframer.buffered();
    if (deframer.silence()) {
      counters.bytesDiscarded += heard - deframer.buffered();
      hear(nowNanos);
    } else {
      counters.bytesDiscarded += heard;
      counters.checksumErrors++;
      diagnostics.communicationError();
    }
    deframer.clear();
  }

  private void hear(long nowNanos) {
    abandon();
    diagnostics.messageHeard();
    int unit = deframer.unit();
    if (unit == UnitId.BROADCAST.value()) {
      hearBroadcast(nowNanos);
    } else if (settings.serves(unit)) {
      serve(unit, nowNanos);
    } else {
      counters.otherUnits++;
      deframer.expectAnswer();
    }
  }

  private void serve(int unit, long nowNanos) {
    counters.requests++;
    head.set(deframer.bytes(), deframer.offset() + 1, deframer.pduLength());
    answer[0] = (byte) unit;
    asked = diagnostics.unit(unit);
    switch (asked.received(decode())) {
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

  private void hearBroadcast(long nowNanos) {
    asked = null;
    if (diagnostics.broadcast(decode()) instanceof Verdict.Execute(Request request)) {
      counters.broadcasts++;
      broadcast = true;
      openTicket = ++lastTicket;
      effects.requested(openTicket, UnitId.BROADCAST, request, nowNanos);
    }
  }

  private Decoded decode() {
    return RequestDecoder.decode(
        functions, deframer.bytes(), deframer.offset() + 1, deframer.pduLength());
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
  public void answer(long ticket, Response response, long nowNanos) {
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
    answerLength = Crc16.append(answer, 0, 1 + pduLength);
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

  private void sendIfSilent(long nowNanos) {
    if (answerLength > 0 && nowNanos >= lastByteNanos + settings.replySilenceNanos()) {
      int length = answerLength;
      answerLength = 0;
      counters.bytesSent += length;
      effects.send(answer, 0, length);
    }
  }

  @Override
  public void ignore(long ticket) {
    if (ticket == openTicket && ticket != NONE) {
      openTicket = NONE;
      counters.ignored++;
      if (asked != null) {
        asked.unanswered();
      }
    }
  }

  @Override
  public long deadline() {
    long deadline = Long.MAX_VALUE;
    if (deframer.buffered() > 0) {
      deadline = lastByteNanos + settings.resyncNanos();
    }
    if (answerLength > 0) {
      deadline = Math.min(deadline, lastByteNanos + settings.replySilenceNanos());
    }
    return deadline;
  }

  @Override
  public void reset() {
    deframer.reset();
    openTicket = NONE;
    answerLength = 0;
    listening = false;
  }

  @Override
  public ServerCounters counters() {
    return counters;
  }
}
