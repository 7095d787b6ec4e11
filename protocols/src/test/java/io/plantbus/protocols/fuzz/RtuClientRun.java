package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ResponseDecoder;
import io.plantbus.protocols.modbus.session.RtuClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSettings;

/// One life of a client on a serial line.
final class RtuClientRun implements ClientEffects {
  private static final long STEP_NANOS = 100_000;
  private static final long[] TIMEOUTS = {500_000_000, 1, 2_000_000, 0};
  private static final int[] UNITS = {17, 1, 247, 0};
  private static final Request LAST =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0x6B, 2));
  private static final byte[] LAST_PDU = {3, 4, 2, 0x2B, 0, 0x64};

  private static final ResponseDecoder DECODER = new ResponseDecoder();

  private final Script script;
  private final boolean oneByOne;
  private final Wiring wire;
  private final RtuClientSession session;
  private long now = -1_000_000;
  private Request request = LAST;
  private int sample;
  private int unit = UNITS[0];
  private long open;
  private int heardBefore;
  private long lateBefore;
  private long events;
  private boolean answered;

  RtuClientRun(Script script, Wiring wire, boolean oneByOne) {
    this.script = script;
    this.wire = wire;
    wire.begin(script.isLong());
    this.oneByOne = oneByOne;
    long drain = script.next(3) * 10_000_000L;
    session =
        new RtuClientSession(
            new RtuClientSettings(script.next(2) * 572_917L, 2_005_209, 100_000_000, drain), this);
  }

  long play() {
    while (script.hasMore() && wire.hasRoom()) {
      step(script.next(9));
      assertEquals(open == 0 ? 0 : 1, session.inFlight());
    }
    deliver(Wiring.ALL);
    settle();
    theLineStillWorks();
    return events;
  }

  private void step(int step) {
    int at = wire.filled;
    switch (step) {
      case 0 -> {
        int to = UNITS[script.next(4)];
        int number = script.next();
        if (offer(to, Samples.request(number))) {
          sample = number;
        }
      }
      case 1 -> wire.filled += script.take(script.next(), wire.bytes, at);
      case 2 -> {
        int taken = script.take(1 + script.next(253), wire.bytes, at);
        wire.filled += Crc16.append(wire.bytes, at, taken);
      }
      case 3 -> putAnswer();
      case 4 -> {
        putAnswer();
        wire.bytes[at + script.next() % (wire.filled - at)] ^= (byte) script.next();
      }
      case 5 -> deliver(1 + script.next());
      case 6 -> advanceTo(now + script.next() * STEP_NANOS);
      case 7 -> advanceTo(Math.max(now, session.deadline()));
      default -> {
        session.reset(now);
        assertEquals(0, open);
      }
    }
  }

  private boolean offer(int to, Request asked) {
    if (!session.canOffer(now) || (to == 0 && !isPlainWrite(asked))) {
      return false;
    }
    request = asked;
    unit = to;
    heardBefore = wire.delivered;
    lateBefore = session.counters().lateAnswers();
    open = session.offer(UnitId.of(to), asked, TIMEOUTS[script.next(4)], now);
    return true;
  }

  private static boolean isPlainWrite(Request asked) {
    int function = asked.functionCode();
    return function == 5 || function == 6 || function == 15 || function == 16 || function == 22;
  }

  private void putAnswer() {
    int at = wire.filled;
    wire.bytes[at] = (byte) unit;
    Response response = Samples.response(sample, script.next());
    int pdu = Samples.put(Samples.request(sample), response, wire.bytes, at + 1);
    wire.filled += Crc16.append(wire.bytes, at, 1 + pdu);
  }

  private void deliver(int most) {
    wire.deliver(
        most, oneByOne, (bytes, offset, length) -> session.receive(bytes, offset, length, now));
  }

  private void advanceTo(long nanos) {
    if (nanos < Long.MAX_VALUE) {
      now = nanos;
      session.advance(now);
      assertTrue(session.deadline() > now, "a deadline passed and nothing was done");
    }
  }

  private void settle() {
    for (int i = 0; i < 4 && session.deadline() < Long.MAX_VALUE; i++) {
      advanceTo(session.deadline());
    }
    assertEquals(0, open);
    assertTrue(session.canOffer(now));
  }

  private void theLineStillWorks() {
    wire.clear();
    offer(UNITS[0], LAST);
    answered = false;
    wire.bytes[0] = (byte) UNITS[0];
    System.arraycopy(LAST_PDU, 0, wire.bytes, 1, LAST_PDU.length);
    wire.filled = Crc16.append(wire.bytes, 0, 1 + LAST_PDU.length);
    deliver(wire.filled);
    assertTrue(answered, "a valid answer was not taken");
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    assertTrue(length >= 4 && length <= 256 && Crc16.isValid(bytes, offset, length));
    events = 31 * events + length;
  }

  @Override
  public void concluded(
      long transaction,
      UnitId from,
      Request asked,
      Outcome outcome,
      long sentNanos,
      long nowNanos) {
    assertEquals(open, transaction, "a transaction ended that was not open");
    open = 0;
    events = 31 * events + nowNanos;
    answered = outcome instanceof Outcome.Answered;
    switch (outcome) {
      case Outcome.Answered _, Outcome.Refused _ -> {
        assertTrue(wasHeard(outcome), "an answer was taken that never came");
        events = 31 * events + 1;
      }
      case Outcome.Broadcast _ -> assertEquals(0, from.value());
      case Outcome.Noise(Outcome.NoiseReason reason) ->
          events = 31 * events + reason.name().hashCode();
      case Outcome.Silence _ ->
          assertTrue(
              heardBefore == wire.delivered || session.counters().lateAnswers() > lateBefore);
      case Outcome.Aborted _ -> {}
    }
  }

  /// Whether a frame of the unit asked that reads as this outcome came since the request.
  private boolean wasHeard(Outcome outcome) {
    var head = Samples.head(request);
    int length = outcome instanceof Outcome.Refused ? 5 : 1 + head.responseLength() + Crc16.BYTES;
    for (int at = heardBefore; at <= wire.delivered - length; at++) {
      if ((wire.bytes[at] & 0xFF) == unit
          && Crc16.isValid(wire.bytes, at, length)
          && outcome.equals(DECODER.decode(head, wire.bytes, at + 1, length - 3))) {
        return true;
      }
    }
    return false;
  }
}
