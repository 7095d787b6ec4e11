package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.TcpServerSession;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One life of a server on TCP connections.
final class TcpServerRun implements ServerEffects, Wiring.Receiver {
  private static final long STEP_NANOS = 1_000_000;
  private static final int[] UNITS = {17, 0, 255, 1};
  private static final byte[] RESTART = {8, 0, 1, 0, 0};
  private static final byte[] LAST = {6, 0, 1, 0, 3};

  private final Script script;
  private final boolean oneByOne;
  private final boolean atOnce;
  private final int window;
  private final Wiring wire;
  private final TcpServerSession session;

  /// Units of the stream whose answer is still to be sent, in order.
  private final Deque<Asked> turns = new ArrayDeque<>();

  private final Deque<Asked> waiting = new ArrayDeque<>();

  /// The units that only listen, on all connections.
  private final boolean[] listening = new boolean[256];

  private int seen;
  private long units;
  private boolean closed;
  private boolean sent;
  private long lastTicket;
  private long now = -1_000_000;
  private long events;

  private static final class Asked {
    final int transactionId;
    final int unit;

    /// What is to be executed; null if the session is to answer by itself.
    final @Nullable Request request;

    final boolean malformed;
    long ticket;
    boolean ignored;

    Asked(int transactionId, int unit, @Nullable Request request, boolean malformed) {
      this.transactionId = transactionId;
      this.unit = unit;
      this.request = request;
      this.malformed = malformed;
    }
  }

  TcpServerRun(Script script, Wiring wire, boolean oneByOne) {
    this.script = script;
    this.wire = wire;
    wire.begin(script.isLong());
    this.oneByOne = oneByOne;
    window = 1 + script.next(4);
    atOnce = script.next(2) == 1;
    session = new TcpServerSession(window, 300_000_000, this);
  }

  long play() {
    while (script.hasMore() && wire.hasRoom()) {
      step(script.next(10));
      assertFalse(closed && session.accepts());
    }
    deliver(Wiring.ALL);
    while (!waiting.isEmpty()) {
      answer(waiting.poll(), 1);
    }
    advanceTo(Math.max(now, session.deadline()));
    assertEquals(Long.MAX_VALUE, session.deadline());
    theNextConnectionWorks();
    return events;
  }

  private void step(int step) {
    int at = wire.filled;
    switch (step) {
      case 0 -> wire.filled += script.take(script.next(), wire.bytes, at);
      case 1 -> {
        int taken = script.take(1 + script.next(253), wire.bytes, at + MbapHeader.BYTES);
        putHeader(Math.max(1, taken));
      }
      case 2, 3 -> putHeader(Samples.put(script.next(), wire.bytes, at + MbapHeader.BYTES));
      case 4 -> deliver(1 + script.next());
      case 5 -> advanceTo(now + script.next() * STEP_NANOS);
      case 6 -> answer(waiting.pollFirst(), script.next());
      case 7 -> answer(waiting.pollLast(), script.next());
      case 8 -> {
        Asked left = waiting.poll();
        if (left != null) {
          left.ignored = true;
          session.ignore(left.ticket);
        }
      }
      default -> reset();
    }
  }

  private void putHeader(int pduLength) {
    int transactionId = script.next(3);
    wire.filled +=
        MbapHeader.write(wire.bytes, wire.filled, transactionId, UNITS[script.next(4)], pduLength);
  }

  private void reset() {
    seeAll();
    session.reset();
    wire.clear();
    turns.clear();
    waiting.clear();
    seen = 0;
    closed = false;
  }

  private void deliver(int most) {
    wire.deliver(most, oneByOne, this);
  }

  @Override
  public void receive(byte[] bytes, int offset, int length) {
    session.receive(bytes, offset, length, now);
  }

  private void advanceTo(long nanos) {
    if (nanos < Long.MAX_VALUE) {
      now = nanos;
      session.advance(now);
      assertTrue(session.deadline() > now, "a deadline passed and nothing was done");
    }
  }

  private void answer(@Nullable Asked asked, int choice) {
    if (asked != null && asked.request != null) {
      session.answer(asked.ticket, Samples.response(asked.request, choice), now);
    }
  }

  /// A client that knows that it may have silenced the unit restarts it.
  private void theNextConnectionWorks() {
    reset();
    put(RESTART);
    deliver(wire.filled);
    sent = false;
    put(LAST);
    deliver(wire.filled);
    answer(waiting.poll(), 1);
    assertTrue(sent, "a valid request was not answered");
  }

  private void put(byte[] pdu) {
    System.arraycopy(pdu, 0, wire.bytes, wire.filled + MbapHeader.BYTES, pdu.length);
    wire.filled += MbapHeader.write(wire.bytes, wire.filled, 0x1234, 0, pdu.length);
  }

  /// Sees what the session has silenced or is still to answer by itself.
  private void seeAll() {
    while (units < session.counters().requests()) {
      seeOne();
    }
  }

  private void skipIgnored() {
    while (!turns.isEmpty() && turns.getFirst().ignored) {
      turns.removeFirst();
    }
  }

  /// Reads the next unit of the stream, cut by lengths alone.
  private void seeOne() {
    while (true) {
      assertTrue(seen + MbapHeader.BYTES < wire.delivered, "what never came was understood");
      int at = seen;
      int length = word(at + 4);
      assertTrue(length >= MbapHeader.MIN_LENGTH && length <= MbapHeader.MAX_LENGTH);
      seen += 6 + length;
      assertTrue(seen <= wire.delivered);
      if (word(at + 2) == 0) {
        units++;
        turns.add(
            asked(
                word(at),
                wire.bytes[at + 6] & 0xFF,
                RequestDecoder.decode(wire.bytes, at + MbapHeader.BYTES, length - 1)));
        return;
      }
    }
  }

  private Asked asked(int transactionId, int unit, Decoded decoded) {
    return switch (decoded) {
      case Decoded.Malformed _ -> silentIf(listening[unit], transactionId, unit, null, true);
      case Decoded.WellFormed(Request.Diagnostics diagnosis) -> {
        boolean forced = diagnosis.subFunction() == SubFunction.FORCE_LISTEN_ONLY;
        boolean silent = listening[unit] || forced;
        if (forced || diagnosis.subFunction() == SubFunction.RESTART_COMMUNICATIONS) {
          listening[unit] = forced;
        }
        yield silentIf(silent, transactionId, unit, null, false);
      }
      case Decoded.WellFormed(Request.GetCommEventCounter _) ->
          silentIf(listening[unit], transactionId, unit, null, false);
      case Decoded.WellFormed(Request.GetCommEventLog _) ->
          silentIf(listening[unit], transactionId, unit, null, false);
      case Decoded.WellFormed(Request request) ->
          silentIf(listening[unit], transactionId, unit, listening[unit] ? null : request, false);
    };
  }

  private static Asked silentIf(
      boolean silent, int transactionId, int unit, @Nullable Request request, boolean malformed) {
    Asked asked = new Asked(transactionId, unit, request, malformed);
    asked.ignored = silent;
    return asked;
  }

  private int word(int at) {
    return (wire.bytes[at] & 0xFF) << 8 | (wire.bytes[at + 1] & 0xFF);
  }

  @Override
  public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
    assertFalse(closed);
    skipIgnored();
    do {
      seeOne();
    } while (turns.getLast().request == null);
    Asked asked = turns.getLast();
    skipIgnored();
    assertEquals(units, session.counters().requests());
    assertTrue(turns.size() <= window, "more requests than the window holds");
    assertTrue(ticket > lastTicket);
    assertEquals(asked.unit, unit.value());
    assertEquals(asked.request, request);
    lastTicket = ticket;
    asked.ticket = ticket;
    events = 31 * events + ticket;
    if (atOnce) {
      answer(asked, (int) ticket & 0xFF);
    } else {
      waiting.add(asked);
    }
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    assertFalse(closed);
    assertTrue(length >= 9 && length <= MbapHeader.MAX_ADU_BYTES);
    skipIgnored();
    while (turns.isEmpty()) {
      seeOne();
      skipIgnored();
    }
    Asked turn = turns.poll();
    assertNotNull(turn);
    assertEquals(turn.transactionId, (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF));
    assertEquals(turn.unit, bytes[offset + 6] & 0xFF);
    boolean refusal = bytes[offset + MbapHeader.BYTES] < 0 && length == MbapHeader.BYTES + 2;
    assertTrue(!turn.malformed || refusal, "a malformed request was not refused");
    sent = true;
    events = 31 * events + 3L * length + turn.transactionId;
  }

  @Override
  public void close() {
    seeAll();
    closed = true;
    turns.clear();
    waiting.clear();
    events = 31 * events + 7;
  }
}
