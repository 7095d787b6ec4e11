package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.session.AsciiClientSession;
import io.plantbus.protocols.modbus.session.AsciiClientSettings;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ResponseDecoder;
import io.plantbus.protocols.modbus.session.RtuClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSettings;

/// One life of a client on a serial line.
final class SerialClientRun implements ClientEffects, Wiring.Receiver {
  private static final long STEP_NANOS = 100_000;
  private static final long SILENCE_NANOS = 2_005_209;
  private static final long TURNAROUND_NANOS = 100_000_000;
  private static final long[] TIMEOUTS = {500_000_000, 1, 2_000_000, 0};
  private static final int[] UNITS = {17, 1, 247, 0};
  private static final Request LAST =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0x6B, 2));
  private static final RequestHead LAST_HEAD = new RequestHead();
  private static final byte[] LAST_ANSWER = {17, 3, 4, 2, 0x2B, 0, 0x64};

  private static final ResponseDecoder DECODER = new ResponseDecoder();

  static {
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    LAST_HEAD.set(pdu, 0, RequestEncoder.encode(LAST, pdu, 0));
  }

  private final Script script;
  private final boolean oneByOne;
  private final SerialWire wire;
  private final Wiring wiring;
  private final ClientSession session;
  private final byte[] scratch = new byte[RequestEncoder.MAX_PDU_BYTES + 1];
  private long now = -1_000_000;
  private RequestHead head = LAST_HEAD;
  private int sample;
  private int unit = UNITS[0];
  private long open;
  private int heardBefore;
  private long lateBefore;
  private long events;
  private boolean answered;

  SerialClientRun(Script script, SerialWire wire, boolean oneByOne) {
    this.script = script;
    this.wire = wire;
    this.wiring = wire.wiring;
    wire.begin(script.isLong());
    this.oneByOne = oneByOne;
    long drain = script.next(3) * 10_000_000L;
    boolean timed = script.next(2) == 1;
    session = wire.ascii ? ascii(drain, timed) : rtu(drain, timed);
  }

  private ClientSession rtu(long drain, boolean timed) {
    return new RtuClientSession(
        new RtuClientSettings(timed ? 572_917 : 0, SILENCE_NANOS, TURNAROUND_NANOS, drain), this);
  }

  private ClientSession ascii(long drain, boolean silent) {
    return new AsciiClientSession(
        new AsciiClientSettings(
            0,
            silent ? SILENCE_NANOS : 0,
            TURNAROUND_NANOS,
            drain,
            silent ? STEP_NANOS : 20 * STEP_NANOS,
            AsciiFrame.LINE_FEED,
            EchoMode.NONE),
        this);
  }

  long play() {
    while (script.hasMore() && wiring.hasRoom()) {
      step(script.next(9));
      assertEquals(open == 0 ? 0 : 1, session.inFlight());
    }
    wiring.deliver(Wiring.ALL, oneByOne, this);
    settle();
    theLineStillWorks();
    return events;
  }

  private void step(int step) {
    int at = wiring.filled;
    switch (step) {
      case 0 -> {
        int to = UNITS[script.next(4)];
        int number = script.next();
        if (offer(to, Samples.request(number), Samples.head(number))) {
          sample = number;
        }
      }
      case 1 -> wiring.filled += script.take(script.next(), wiring.bytes, at);
      case 2 -> wire.put(scratch, script.take(1 + script.next(253), scratch, 0));
      case 3 -> putAnswer();
      case 4 -> {
        putAnswer();
        wiring.bytes[at + script.next() % (wiring.filled - at)] ^= (byte) script.next();
      }
      case 5 -> wiring.deliver(1 + script.next(), oneByOne, this);
      case 6 -> advanceTo(now + script.next() * STEP_NANOS);
      case 7 -> advanceTo(Math.max(now, session.deadline()));
      default -> {
        session.reset(now);
        assertEquals(0, open);
      }
    }
  }

  private boolean offer(int to, Request asked, RequestHead of) {
    if (!session.canOffer(now) || (to == 0 && !isPlainWrite(asked))) {
      return false;
    }
    head = of;
    unit = to;
    heardBefore = wiring.delivered;
    lateBefore = session.counters().lateAnswers();
    open = session.offer(UnitId.of(to), asked, TIMEOUTS[script.next(4)], now);
    return true;
  }

  private static boolean isPlainWrite(Request asked) {
    int function = asked.functionCode();
    return function == 5 || function == 6 || function == 15 || function == 16 || function == 22;
  }

  private void putAnswer() {
    scratch[0] = (byte) unit;
    wire.put(scratch, 1 + Samples.putResponse(sample, script.next(), scratch, 1));
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

  private void settle() {
    for (int i = 0; i < 4 && session.deadline() < Long.MAX_VALUE; i++) {
      advanceTo(session.deadline());
    }
    assertEquals(0, open);
    assertTrue(session.canOffer(now));
  }

  private void theLineStillWorks() {
    wiring.clear();
    offer(UNITS[0], LAST, LAST_HEAD);
    answered = false;
    wire.put(LAST_ANSWER, LAST_ANSWER.length);
    wiring.deliver(Wiring.ALL, oneByOne, this);
    assertTrue(answered, "a valid answer was not taken");
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    assertTrue(wire.open(bytes, offset, length) >= 2, "what was sent is no frame");
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
              heardBefore == wiring.delivered || session.counters().lateAnswers() > lateBefore);
      case Outcome.Aborted _ -> {}
    }
  }

  /// Whether a frame of the unit asked that reads as this outcome came since the request.
  private boolean wasHeard(Outcome outcome) {
    if (wire.ascii) {
      return stoodBetweenMarks(outcome);
    }
    int told = head.responseLength();
    boolean refused = outcome instanceof Outcome.Refused;
    int least = refused ? 5 : told == RequestHead.UNKNOWN ? 4 : told + 3;
    int most = refused ? 5 : told == RequestHead.UNKNOWN ? 256 : least;
    for (int at = heardBefore; at <= wiring.delivered - least; at++) {
      if ((wiring.bytes[at] & 0xFF) == unit && (wiring.bytes[at + 1] & 0x7F) == head.function()) {
        for (int length = least; length <= Math.min(most, wiring.delivered - at); length++) {
          if (reads(at, length, outcome)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean stoodBetweenMarks(Outcome outcome) {
    int begin = wiring.delivered;
    for (int at = heardBefore; at < wiring.delivered; at++) {
      if (wiring.bytes[at] == ':') {
        begin = at;
      } else if (wiring.bytes[at] == '\n' && reads(begin, at + 1 - begin, outcome)) {
        return true;
      }
    }
    return false;
  }

  private boolean reads(int at, int length, Outcome outcome) {
    int opened = wire.open(wiring.bytes, at, length);
    return opened >= 2
        && (wire.opened()[0] & 0xFF) == unit
        && outcome.equals(DECODER.decode(head, wire.opened(), 1, opened - 1));
  }
}
