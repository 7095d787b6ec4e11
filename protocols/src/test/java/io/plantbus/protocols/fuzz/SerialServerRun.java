package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.session.AsciiServerSession;
import io.plantbus.protocols.modbus.session.AsciiServerSettings;
import io.plantbus.protocols.modbus.session.RtuServerSession;
import io.plantbus.protocols.modbus.session.RtuServerSettings;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.protocols.modbus.session.ServerSession;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One life of a server of unit 17, and of the reserved units now and then, on a serial line.
final class SerialServerRun implements ServerEffects, Wiring.Receiver {
  private static final long STEP_NANOS = 100_000;
  private static final long REPLY_SILENCE_NANOS = 2_005_209;
  private static final long RESYNC_NANOS = 20_000_000;
  private static final int UNIT = 17;
  private static final int LAST_UNIT = 247;
  private static final int[] UNITS = {UNIT, UNIT, 5, 0, 250};

  private static final byte[] RESTART = {UNIT, 8, 0, 1, 0, 0};
  private static final byte[] LINE_FEED = {UNIT, 8, 0, 3, '\n', 0};
  private static final byte[] LAST = {UNIT, 6, 0, 1, 0, 3};

  private final Script script;
  private final SerialWire wire;
  private final Wiring wiring;
  private final boolean oneByOne;
  private final boolean reserved;
  private final LineDiagnostics diagnostics = new LineDiagnostics();
  private final ServerSession session;

  /// The units that only listen.
  private final boolean[] listening = new boolean[256];

  private final byte[] scratch = new byte[RequestEncoder.MAX_PDU_BYTES + 1];

  /// The last request that was heard, and to whom.
  private final byte[] asked = new byte[RequestEncoder.MAX_PDU_BYTES + 1];

  private int askedLength;
  private @Nullable Request heard;
  private boolean mute;
  private int foundUntil;

  /// The answer that is to be sent, or the code of a refusal whatever its function.
  private final byte[] due = new byte[RequestEncoder.MAX_PDU_BYTES + 1];

  private int dueLength;
  private int dueRefusal;
  private int dueDelimiter;

  private boolean pending;
  private @Nullable RequestHead head;
  private long ticket;
  private boolean playing = true;
  private boolean sent;
  private long now = -1_000_000;
  private long events;

  SerialServerRun(Script script, SerialWire wire, boolean oneByOne) {
    this.script = script;
    this.wire = wire;
    this.wiring = wire.wiring;
    wire.begin(script.isLong());
    this.oneByOne = oneByOne;
    this.reserved = script.next(2) == 1;
    int gap = script.next(3);
    session = wire.ascii ? ascii(gap) : rtu(gap);
  }

  private ServerSession rtu(int gap) {
    return new RtuServerSession(
        new RtuServerSettings(
            SerialServerRun::isServed,
            reserved,
            0,
            REPLY_SILENCE_NANOS,
            RESYNC_NANOS,
            gap * 800_000L,
            EchoMode.NONE),
        ServerServices.of(diagnostics),
        this);
  }

  private ServerSession ascii(int gap) {
    return new AsciiServerSession(
        new AsciiServerSettings(
            SerialServerRun::isServed,
            reserved,
            0,
            gap == 0 ? 0 : REPLY_SILENCE_NANOS,
            gap == 1 ? STEP_NANOS : RESYNC_NANOS,
            AsciiFrame.LINE_FEED,
            EchoMode.NONE),
        ServerServices.of(diagnostics),
        this);
  }

  private static boolean isServed(int unit) {
    return unit == UNIT || unit >= LAST_UNIT;
  }

  long play() {
    while (script.hasMore() && wiring.hasRoom()) {
      step(script.next(11));
    }
    wiring.deliver(Wiring.ALL, oneByOne, this);
    settle();
    assertEquals(Long.MAX_VALUE, session.deadline());
    theLineStillWorks();
    return events;
  }

  private void step(int step) {
    switch (step) {
      case 0 -> wiring.filled += script.take(script.next(), wiring.bytes, wiring.filled);
      case 1 -> {
        int taken = script.take(1 + script.next(253), scratch, 0);
        followDelimiter();
        wire.put(scratch, taken);
      }
      case 2 -> put(Samples.put(script.next(), scratch, 1));
      case 3 -> put(Samples.putResponse(script.next(), script.next(), scratch, 1));
      case 4 -> wiring.deliver(1 + script.next(), oneByOne, this);
      case 5 -> wiring.deliver(Wiring.ALL, oneByOne, this);
      case 6 -> advanceTo(now + script.next() * STEP_NANOS);
      case 7 -> advanceTo(Math.max(now, session.deadline()));
      case 8 -> answer();
      case 9 -> {
        session.ignore(ticket);
        pending = false;
      }
      default -> {
        session.reset();
        pending = false;
        dueLength = 0;
        dueRefusal = 0;
      }
    }
  }

  private void put(int pduLength) {
    scratch[0] = (byte) UNITS[script.next(5)];
    followDelimiter();
    wire.put(scratch, 1 + pduLength);
  }

  /// A client follows the change that it asked for.
  private void followDelimiter() {
    int told = diagnostics.asciiDelimiter();
    if (SerialWire.isDelimiter(told)) {
      wire.delimiter = told;
    }
  }

  @Override
  public void receive(byte[] bytes, int offset, int length) {
    session.receive(bytes, offset, length, now);
  }

  private void settle() {
    for (int i = 0; i < 4 && session.deadline() < Long.MAX_VALUE; i++) {
      advanceTo(session.deadline());
    }
  }

  private void advanceTo(long nanos) {
    if (nanos < Long.MAX_VALUE) {
      now = nanos;
      session.advance(now);
      assertTrue(session.deadline() > now, "a deadline passed and nothing was done");
    }
  }

  private void answer() {
    if (!pending) {
      session.answer(ticket + 1, Response.Written.INSTANCE, now);
      return;
    }
    Request request = heard;
    if (request != null) {
      answer(Samples.response(request, script.next()));
    }
  }

  private void answer(Response response) {
    pending = false;
    if (asked[0] != 0) {
      expect(response);
    }
    session.answer(ticket, response, now);
  }

  private void expect(Response response) {
    RequestHead of = head;
    if (of == null) {
      of = new RequestHead();
      head = of;
    }
    of.set(asked, 1, askedLength - 1);
    due[0] = asked[0];
    dueLength = 1 + ResponseEncoder.encode(of, response, due, 1);
    dueDelimiter = wire.delimiter;
  }

  /// A client that knows what it may have caused undoes it: units that only listen, another
  /// delimiter.
  private void theLineStillWorks() {
    playing = false;
    exchange(RESTART);
    assertFalse(listening[UNIT]);
    if (wire.ascii) {
      exchange(LINE_FEED);
      assertTrue(sent, "a change of the delimiter was not answered");
    }
    exchange(LAST);
    assertTrue(sent, "a valid request was not answered");
  }

  private void exchange(byte[] request) {
    followDelimiter();
    wiring.clear();
    foundUntil = 0;
    wire.put(request, request.length);
    sent = false;
    wiring.deliver(Wiring.ALL, oneByOne, this);
    settle();
  }

  /// The request was received, once: it stands behind those that were heard before.
  @Override
  public boolean allows(UnitId unit, Request request) {
    heard = request;
    pending = false;
    dueLength = 0;
    dueRefusal = 0;
    followDelimiter();
    asked[0] = (byte) unit.value();
    askedLength = 1 + RequestEncoder.encode(request, asked, 1);
    if (!(request instanceof Request.WriteMultipleCoils)) {
      int end = wire.findEnd(asked, askedLength, foundUntil);
      assertTrue(end != SerialWire.NO_FRAME, "what was never received was understood");
      foundUntil = end;
    }
    for (int i = 0; i < askedLength; i++) {
      events = 31 * events + asked[i];
    }
    mute = listening[unit.value()];
    if (request instanceof Request.Diagnostics diagnosis) {
      diagnose(unit.value(), diagnosis.subFunction());
    }
    return true;
  }

  private void diagnose(int unit, SubFunction subFunction) {
    boolean forced = subFunction == SubFunction.FORCE_LISTEN_ONLY;
    mute |= forced || unit == 0;
    if (forced || subFunction == SubFunction.RESTART_COMMUNICATIONS) {
      Arrays.fill(listening, unit == 0 ? 1 : unit, unit == 0 ? 256 : unit + 1, forced);
    }
  }

  @Override
  public void requested(long number, UnitId unit, Request request, long nowNanos) {
    assertTrue(number > ticket);
    ticket = number;
    assertSame(heard, request, "a request was executed that was not asked about");
    assertFalse(mute, "a unit that only listens executed a request");
    int to = unit.value();
    assertEquals(asked[0] & 0xFF, to);
    assertTrue(to == 0 || to == UNIT || to == LAST_UNIT || (to > LAST_UNIT && reserved));
    pending = true;
    if (!playing) {
      answer(Response.Written.INSTANCE);
    } else {
      heard = Samples.copy(request, asked, askedLength);
    }
  }

  @Override
  public boolean intercepts(long number, UnitId unit, Response response, long nowNanos) {
    assertTrue(number > ticket);
    ticket = number;
    assertFalse(unit.value() == 0, "a broadcast was answered");
    if (response instanceof Response.Refusal refusal) {
      assertFalse(listening[unit.value()], "a unit that only listens refused a request");
      assertTrue(refusal.code() >= 1 && refusal.code() <= 3);
      pending = false;
      dueLength = 0;
      due[0] = (byte) unit.value();
      dueRefusal = refusal.code();
      followDelimiter();
      dueDelimiter = wire.delimiter;
    } else {
      assertFalse(mute, "a unit that only listens answered");
      assertEquals(asked[0] & 0xFF, unit.value());
      expect(response);
    }
    return false;
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    int opened = wire.open(bytes, offset, length);
    assertTrue(opened >= 2, "what was sent is no frame");
    if (wire.ascii) {
      assertEquals(dueDelimiter, bytes[offset + length - 1] & 0xFF);
    }
    byte[] body = wire.opened();
    boolean answer =
        dueRefusal == 0
            ? dueLength > 0 && Arrays.equals(body, 0, opened, due, 0, dueLength)
            : opened == 3 && body[0] == due[0] && body[1] < 0 && body[2] == dueRefusal;
    assertTrue(answer, "nobody gave this answer");
    dueLength = 0;
    dueRefusal = 0;
    sent = true;
    events = 31 * events + now + length;
  }

  @Override
  public void close() {
    throw new AssertionError("a serial line is never closed");
  }
}
