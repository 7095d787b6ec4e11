package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ResponseDecoder;
import io.plantbus.protocols.modbus.session.TcpClientSession;
import org.jspecify.annotations.Nullable;

/// One life of a client on TCP connections.
final class TcpClientRun implements ClientEffects, Wiring.Receiver {
  private static final long STEP_NANOS = 1_000_000;
  private static final long[] TIMEOUTS = {500_000_000, 1, 50_000_000, 0};
  private static final int[] UNITS = {17, 0, 255, 1};

  private static final ResponseDecoder DECODER = new ResponseDecoder();

  private final Script script;
  private final boolean oneByOne;
  private final Wiring wire;
  private final TcpClientSession session;
  private final @Nullable Asked[] open;
  private int transactionId;
  private boolean broken;
  private boolean answered;
  private long now = -1_000_000;
  private long events;

  /// A transaction under way.
  private record Asked(long number, int transactionId, int unit, int sample) {}

  TcpClientRun(Script script, Wiring wire, boolean oneByOne) {
    this.script = script;
    this.wire = wire;
    wire.begin(script.isLong());
    this.oneByOne = oneByOne;
    int window = 1 + script.next(4);
    open = new @Nullable Asked[window];
    session = new TcpClientSession(window, this);
  }

  long play() {
    while (script.hasMore() && wire.hasRoom()) {
      step(script.next(9));
      assertEquals(inFlight(), session.inFlight());
    }
    deliver(Wiring.ALL);
    while (session.deadline() < Long.MAX_VALUE) {
      advanceTo(session.deadline());
    }
    assertEquals(0, inFlight());
    theNextConnectionWorks();
    return events;
  }

  private int inFlight() {
    int count = 0;
    for (Asked asked : open) {
      count += asked == null ? 0 : 1;
    }
    return count;
  }

  private void step(int step) {
    int at = wire.filled;
    switch (step) {
      case 0 -> offer(UNITS[script.next(4)], script.next());
      case 1 -> wire.filled += script.take(script.next(), wire.bytes, at);
      case 2 -> {
        int taken = script.take(1 + script.next(253), wire.bytes, at + MbapHeader.BYTES);
        int length = Math.max(1, taken);
        wire.filled += MbapHeader.write(wire.bytes, at, script.next(8), UNITS[0], length);
      }
      case 3 -> putAnswer(open[script.next(open.length)]);
      case 4 -> {
        putAnswer(open[script.next(open.length)]);
        if (wire.filled > at) {
          wire.bytes[at + script.next() % (wire.filled - at)] ^= (byte) script.next();
        }
      }
      case 5 -> deliver(1 + script.next());
      case 6 -> advanceTo(now + script.next() * STEP_NANOS);
      case 7 -> advanceTo(Math.max(now, session.deadline()));
      default -> reset();
    }
  }

  private void reset() {
    session.reset(now);
    assertEquals(0, inFlight());
    broken = false;
    wire.clear();
  }

  private void offer(int unit, int sample) {
    assertEquals(!broken && inFlight() < open.length, session.canOffer(now));
    if (session.canOffer(now)) {
      long number =
          session.offer(UnitId.of(unit), Samples.request(sample), TIMEOUTS[script.next(4)], now);
      for (int i = 0; i < open.length; i++) {
        Asked other = open[i];
        assertFalse(other != null && other.transactionId() == transactionId);
        if (other == null) {
          open[i] = new Asked(number, transactionId, unit, sample);
          return;
        }
      }
    }
  }

  private void putAnswer(@Nullable Asked asked) {
    if (asked != null) {
      int at = wire.filled;
      int pdu =
          Samples.putResponse(asked.sample(), script.next(), wire.bytes, at + MbapHeader.BYTES);
      wire.filled += MbapHeader.write(wire.bytes, at, asked.transactionId(), asked.unit(), pdu);
    }
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

  private void theNextConnectionWorks() {
    reset();
    offer(UNITS[0], 1);
    Asked last = open[0];
    putAnswer(last);
    answered = false;
    deliver(wire.filled);
    assertTrue(answered, "a valid answer was not taken");
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    assertTrue(length > MbapHeader.BYTES && length <= MbapHeader.MAX_ADU_BYTES);
    transactionId = (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF);
  }

  @Override
  public void close() {
    assertEquals(0, inFlight(), "closed with transactions open");
    broken = true;
    events = 31 * events + 7;
  }

  @Override
  public void concluded(
      long transaction,
      UnitId unit,
      Request request,
      Outcome outcome,
      long sentNanos,
      long nowNanos) {
    Asked ended = remove(transaction);
    answered = outcome instanceof Outcome.Answered || outcome instanceof Outcome.Refused;
    events = 31 * events + transaction + nowNanos;
    events = 31 * events + outcome.getClass().getName().hashCode();
    assertFalse(outcome instanceof Outcome.Broadcast);
    assertTrue(!answered || wasHeard(ended, outcome), "an answer was taken that never came");
  }

  private Asked remove(long number) {
    Asked found = null;
    for (int i = 0; i < open.length; i++) {
      Asked asked = open[i];
      if (asked != null && asked.number() == number) {
        found = asked;
        open[i] = null;
      }
    }
    assertNotNull(found, "a transaction ended that was not open");
    return found;
  }

  /// Whether a unit of the stream, cut by lengths alone, is this answer.
  private boolean wasHeard(Asked asked, Outcome outcome) {
    int at = 0;
    while (at + MbapHeader.BYTES < wire.delivered) {
      int length = word(at + 4);
      if (at + 6 + length > wire.delivered) {
        return false;
      }
      if (word(at) == asked.transactionId()
          && word(at + 2) == 0
          && (wire.bytes[at + 6] & 0xFF) == asked.unit()
          && outcome.equals(
              DECODER.decode(
                  Samples.head(asked.sample()), wire.bytes, at + MbapHeader.BYTES, length - 1))) {
        return true;
      }
      at += 6 + length;
    }
    return false;
  }

  private int word(int at) {
    return (wire.bytes[at] & 0xFF) << 8 | (wire.bytes[at + 1] & 0xFF);
  }
}
