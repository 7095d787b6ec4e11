package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.diagnostics.UnitDiagnostics;
import io.plantbus.protocols.modbus.diagnostics.Verdict;
import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The server of one TCP connection (MB 4.4.2).
///
/// Pipelined requests are handed out as they come, as many as the window holds, and answered in
/// that order, in whatever order `answer` is called. Every unit id is handed out, 0 and 255
/// included: on TCP 0 is no broadcast. An application data unit of another protocol is dropped; a
/// length that cannot be closes the connection, and so does a request that stops half-way.
///
/// Diagnostics are answered by the session itself (see [ServerServices]).
///
/// While the window is full [#accepts()] is false. Bytes handed over beyond it are kept, up to
/// [#MAX_BACKLOG_BYTES]; more than that closes the connection, so hand over less at a time and look
/// at `accepts` in between.
public final class TcpServerSession implements ServerSession {
  /// The widest window.
  public static final int MAX_WINDOW = 16;

  /// Bytes kept beyond a full window.
  public static final int MAX_BACKLOG_BYTES = 16_384;

  private static final byte[] NOTHING = new byte[0];

  private final long halfRequestNanos;
  private final ServerEffects effects;
  private final ServerCounters counters = new ServerCounters();
  private final MbapDeframer deframer = new MbapDeframer();
  private final ServerServices services;
  private final @Nullable PendingAnswer[] window;

  /// The ticket of the first place, moved on whenever nothing is open: a client that asks one at a
  /// time only ever needs that place.
  private long firstTicket = 1;

  private long oldestTicket = 1;
  private long nextTicket = 1;
  private byte[] backlog = NOTHING;
  private int backlogged;
  private boolean cutting;
  private boolean closed;
  private long lastByteNanos;

  /// Makes a session on a fresh connection, with diagnostics of its own.
  ///
  /// @param window the most requests open at once, 1..[#MAX_WINDOW]
  /// @param halfRequestNanos how long a request that began may pause before the connection is
  ///   closed
  public TcpServerSession(int window, long halfRequestNanos, ServerEffects effects) {
    this(window, halfRequestNanos, ServerServices.of(new LineDiagnostics()), effects);
  }

  /// Makes a session on a fresh connection of a server.
  ///
  /// @param services share their diagnostics among the server's connections
  public TcpServerSession(
      int window, long halfRequestNanos, ServerServices services, ServerEffects effects) {
    if (window < 1 || window > MAX_WINDOW) {
      throw new IllegalArgumentException("a window must be 1.." + MAX_WINDOW + ", was " + window);
    }
    if (halfRequestNanos < 1) {
      throw new IllegalArgumentException("times must be positive");
    }
    this.halfRequestNanos = halfRequestNanos;
    this.services = services;
    this.effects = effects;
    this.window = new @Nullable PendingAnswer[window];
  }

  @Override
  public boolean accepts() {
    return !closed && nextTicket - oldestTicket < window.length;
  }

  @Override
  public void receive(byte[] bytes, int offset, int length, long nowNanos) {
    if (length == 0) {
      return;
    }
    counters.bytesReceived += length;
    if (closed) {
      counters.bytesDiscarded += length;
      return;
    }
    lastByteNanos = nowNanos;
    int end = offset + length;
    int at = backlogged == 0 ? cut(bytes, offset, end, nowNanos) : offset;
    if (at < end) {
      keep(bytes, at, end - at);
    }
  }

  private void keep(byte[] bytes, int offset, int length) {
    if (length > MAX_BACKLOG_BYTES - backlogged) {
      counters.bytesDiscarded += length;
      close();
      return;
    }
    if (length > backlog.length - backlogged) {
      backlog = Arrays.copyOf(backlog, Math.max(backlogged + length, 2 * backlog.length));
    }
    System.arraycopy(bytes, offset, backlog, backlogged, length);
    backlogged += length;
  }

  /// Cuts requests from bytes as long as the window has room.
  ///
  /// @return where it stopped
  private int cut(byte[] bytes, int offset, int end, long nowNanos) {
    int at = offset;
    cutting = true;
    while (cutting && at < end && accepts()) {
      at += deframer.take(bytes, at, end - at);
      if (deframer.isBroken()) {
        close();
      } else if (deframer.isComplete()) {
        deframer.next();
        request(nowNanos);
      }
    }
    if (!cutting) { // closed or reset meanwhile: what is left is nobody's
      counters.bytesDiscarded += end - at;
      return end;
    }
    cutting = false;
    return at;
  }

  private void request(long nowNanos) {
    if (deframer.protocolId() != 0) {
      counters.bytesDiscarded += MbapHeader.BYTES + deframer.pduLength();
      return;
    }
    counters.requests++;
    if (oldestTicket == nextTicket) {
      firstTicket = nextTicket;
    }
    long ticket = nextTicket++;
    PendingAnswer pending = pending(ticket);
    UnitDiagnostics asked = services.diagnosticsTcp(deframer.unit());
    pending.open(deframer, asked);
    UnitId unit = UnitId.of(deframer.unit());
    Decoded decoded =
        ServerServices.permitted(
            effects,
            unit,
            services.decodeTcp(deframer.bytes(), MbapHeader.BYTES, deframer.pduLength()));
    switch (asked == null ? unasked(decoded) : asked.received(decoded)) {
      case Verdict.Execute(Request request) -> effects.requested(ticket, unit, request, nowNanos);
      case Verdict.Answer(Response response) -> {
        if (!effects.intercepts(ticket, unit, response, nowNanos)) {
          answer(ticket, response, nowNanos);
        }
      }
      case Verdict.Silence _ -> {
        pending.silence();
        counters.ignored++;
        goOn(nowNanos);
      }
    }
  }

  private Verdict unasked(Decoded decoded) {
    services.diagnostics().messageHeard();
    return Verdict.of(decoded);
  }

  private PendingAnswer pending(long ticket) {
    int place = (int) ((ticket - firstTicket) % window.length);
    PendingAnswer pending = window[place];
    if (pending == null) {
      pending = new PendingAnswer(services.functions());
      window[place] = pending;
    }
    return pending;
  }

  private boolean isOpen(long ticket) {
    return ticket >= oldestTicket && ticket < nextTicket && pending(ticket).isAwaited();
  }

  /// @throws IllegalArgumentException if the response is not of the kind or quantity that the
  ///   request asked for
  @Override
  public void answer(long ticket, Response response, long nowNanos) {
    if (!isOpen(ticket)) {
      return;
    }
    pending(ticket).answer(response);
    if (response instanceof Response.Refusal) {
      counters.refusals++;
    } else {
      counters.answers++;
    }
    goOn(nowNanos);
  }

  @Override
  public void ignore(long ticket) {
    if (isOpen(ticket)) {
      pending(ticket).ignore();
      counters.ignored++;
      goOn(lastByteNanos);
    }
  }

  /// Sends the answers whose turn it is and takes up what waits for the room that this makes.
  private void goOn(long nowNanos) {
    boolean wasFull = !accepts();
    while (oldestTicket < nextTicket && !pending(oldestTicket).isAwaited()) {
      PendingAnswer next = pending(oldestTicket);
      oldestTicket++;
      if (next.length() > 0) {
        counters.bytesSent += next.length();
        effects.send(next.bytes(), 0, next.length());
      }
    }
    if (wasFull && !cutting && accepts()) {
      lastByteNanos = Math.max(lastByteNanos, nowNanos); // the pause was not the client's
      int at = cut(backlog, 0, backlogged, nowNanos);
      backlogged = Math.max(0, backlogged - at);
      System.arraycopy(backlog, at, backlog, 0, backlogged);
    }
  }

  @Override
  public void advance(long nowNanos) {
    if (nowNanos >= deadline()) {
      close();
    }
  }

  @Override
  public long deadline() {
    return deframer.filled() > 0 && accepts() ? lastByteNanos + halfRequestNanos : Long.MAX_VALUE;
  }

  private void close() {
    forget();
    closed = true;
    effects.close();
  }

  /// The connection was lost or replaced: forget everything that is buffered or open.
  @Override
  public void reset() {
    forget();
    closed = false;
  }

  private void forget() {
    counters.bytesDiscarded += deframer.filled() + backlogged;
    deframer.next();
    backlogged = 0;
    cutting = false;
    oldestTicket = nextTicket;
  }

  @Override
  public ServerCounters counters() {
    return counters;
  }
}
