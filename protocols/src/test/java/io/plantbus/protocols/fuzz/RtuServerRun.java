package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.session.RtuServerSession;
import io.plantbus.protocols.modbus.session.RtuServerSettings;
import io.plantbus.protocols.modbus.session.ServerEffects;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One life of a server of unit 17, and of the reserved units now and then, on a serial line.
final class RtuServerRun implements ServerEffects {
  private static final long STEP_NANOS = 100_000;
  private static final int[] UNITS = {17, 17, 5, 0, 250};
  private static final byte[] LAST = {17, 6, 0, 1, 0, 3, (byte) 0x9A, (byte) 0x9B};

  private final Script script;
  private final boolean oneByOne;
  private final boolean reserved;
  private final Wiring wire;
  private final RtuServerSession session;
  private final byte[] frame = new byte[256];
  private final byte[] due = new byte[256];
  private int dueLength;
  private @Nullable Request pending;
  private int pendingUnit;
  private long ticket;
  private long lastTicket;
  private boolean playing = true;
  private boolean sentLast;
  private long now = -1_000_000;
  private long events;

  RtuServerRun(Script script, Wiring wire, boolean oneByOne) {
    this.script = script;
    this.wire = wire;
    wire.begin(script.isLong());
    this.oneByOne = oneByOne;
    this.reserved = script.next(2) == 1;
    long gap = script.next(3) * 800_000L;
    session =
        new RtuServerSession(
            new RtuServerSettings(
                this::isServed, reserved, 0, 2_005_209, 20_000_000, gap, EchoMode.NONE),
            this);
  }

  private boolean isServed(int unit) {
    return unit == 17 || unit >= 247;
  }

  long play() {
    while (script.hasMore() && wire.hasRoom()) {
      step(script.next(11));
    }
    deliver(Wiring.ALL);
    for (int i = 0; i < 4 && session.deadline() < Long.MAX_VALUE; i++) {
      advanceTo(session.deadline());
    }
    assertEquals(Long.MAX_VALUE, session.deadline());
    theLineStillWorks();
    return events;
  }

  private void step(int step) {
    int at = wire.filled;
    switch (step) {
      case 0 -> wire.filled += script.take(script.next(), wire.bytes, at);
      case 1 -> {
        int taken = script.take(1 + script.next(253), wire.bytes, at);
        wire.filled += Crc16.append(wire.bytes, at, taken);
      }
      case 2 -> putFrame(Samples.put(Samples.request(script.next()), wire.bytes, at + 1));
      case 3 -> {
        int number = script.next();
        Response response = Samples.response(number, script.next());
        putFrame(Samples.put(Samples.request(number), response, wire.bytes, at + 1));
      }
      case 4 -> deliver(1 + script.next());
      case 5 -> deliver(Wiring.ALL);
      case 6 -> advanceTo(now + script.next() * STEP_NANOS);
      case 7 -> advanceTo(Math.max(now, session.deadline()));
      case 8 -> answer();
      case 9 -> {
        session.ignore(ticket);
        pending = null;
      }
      default -> {
        session.reset();
        pending = null;
        dueLength = 0;
      }
    }
  }

  private void putFrame(int pduLength) {
    wire.bytes[wire.filled] = (byte) UNITS[script.next(5)];
    wire.filled += Crc16.append(wire.bytes, wire.filled, 1 + pduLength);
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

  private void answer() {
    Request asked = pending;
    if (asked == null) {
      session.answer(lastTicket + 1, Response.Written.INSTANCE, now);
      return;
    }
    pending = null;
    Response response = Samples.response(asked, script.next());
    if (pendingUnit != 0) {
      due[0] = (byte) pendingUnit;
      dueLength = Crc16.append(due, 0, 1 + Samples.put(asked, response, due, 1));
    }
    session.answer(ticket, response, now);
  }

  private void theLineStillWorks() {
    playing = false;
    wire.clear();
    wire.filled = LAST.length;
    System.arraycopy(LAST, 0, wire.bytes, 0, LAST.length);
    deliver(LAST.length);
    advanceTo(Math.max(now, session.deadline()));
    advanceTo(Math.max(now, session.deadline()));
    assertTrue(sentLast, "a valid request was not answered");
  }

  @Override
  public void requested(long number, UnitId unit, Request request, long nowNanos) {
    assertTrue(number > lastTicket);
    lastTicket = number;
    ticket = number;
    dueLength = 0;
    assertTrue(
        unit.value() == 0
            || unit.value() == 17
            || (unit.value() >= 247 && reserved)
            || unit.value() == 247);
    frame[0] = (byte) unit.value();
    int body = 1 + Samples.put(request, frame, 1);
    int length = Crc16.append(frame, 0, body);
    if (!(request instanceof Request.WriteMultipleCoils)) {
      wire.mustHaveArrived(frame, length, 0);
    }
    events = 31 * events + Arrays.hashCode(frame);
    if (playing) {
      pending = Samples.copy(request);
      pendingUnit = unit.value();
    } else {
      session.answer(number, Response.Written.INSTANCE, now);
    }
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    assertTrue(length >= 5 && length <= 256 && Crc16.isValid(bytes, offset, length));
    if (playing) {
      boolean answer = Arrays.equals(bytes, offset, offset + length, due, 0, dueLength);
      assertTrue(answer || isRefusalOfForm(bytes, offset, length), "nobody gave this answer");
      dueLength = 0;
    }
    sentLast = Arrays.equals(bytes, offset, offset + length, LAST, 0, LAST.length);
    events = 31 * events + now + length;
  }

  private static boolean isRefusalOfForm(byte[] bytes, int offset, int length) {
    return length == 5 && bytes[offset + 1] < 0 && bytes[offset + 2] >= 1 && bytes[offset + 2] <= 3;
  }

  @Override
  public void close() {
    throw new AssertionError("a serial line is never closed");
  }
}
