package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client and three servers on one pair, where everybody hears everything, in virtual time.
class SharedPairTest {
  private static final int SERVERS = 3;
  private static final int TRANSACTIONS = 300;
  private static final long TIMEOUT = 300_000_000;
  private static final RtuTiming TIMING = new RtuTiming(19_200, 11);

  private final SplittableRandom random = new SplittableRandom(51);
  private final Deque<Sending> wire = new ArrayDeque<>();
  private final List<ServerSession> servers = new ArrayList<>();
  private final List<List<String>> executed = new ArrayList<>();
  private final List<Response> given = new ArrayList<>();
  private final ClientLog client = new ClientLog();
  private long now;

  private record Sending(int from, String hex) {}

  /// What one server executes and sends.
  private final class Station implements ServerEffects {
    private final int unit;

    Station(int unit) {
      this.unit = unit;
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      wire.add(new Sending(unit, Wire.hex(Arrays.copyOfRange(bytes, offset, offset + length))));
    }

    @Override
    public void requested(long ticket, UnitId to, Request request, long nowNanos) {
      executed.get(unit - 1).add(request.toString());
      Response response = Wire.anyResponse(random, request);
      given.add(response);
      servers.get(unit - 1).answer(ticket, response, nowNanos);
    }

    @Override
    public void close() {
      throw new AssertionError("a serial line is never closed");
    }
  }

  @Covers({
    Requirement.OTHER_UNITS,
    Requirement.BROADCAST_REACHES_ALL,
    Requirement.ECHO_SUPPRESSION
  })
  @ParameterizedTest
  @CsvSource({
    "false, NONE, false",
    "false, EXPECTED, true",
    "false, AUTO, true",
    "false, AUTO, false",
    "true, NONE, false",
    "true, EXPECTED, true",
    "true, AUTO, true",
    "true, AUTO, false",
  })
  void everyRequestIsExecutedByWhomItIsForAndNoAnswerByAnybody(
      boolean ascii, EchoMode mode, boolean echo) {
    ClientSession session = start(ascii, mode);
    for (int i = 0; i < TRANSACTIONS; i++) {
      boolean first = i == 0; // tells whether there is an echo
      Request request =
          first
              ? new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 9))
              : Wire.anyRequest(random);
      int unit = random.nextInt(1, SERVERS + 2); // one of them is nobody's
      boolean broadcast = !first && request instanceof Request.WriteSingleRegister;
      unit = first ? 1 : broadcast ? 0 : unit;
      if (!session.canOffer(now)) {
        now = Math.max(now, session.deadline());
        session.advance(now);
      }
      session.offer(UnitId.of(unit), request, TIMEOUT, now);
      wire.add(new Sending(0, Wire.hex(client.sent.getLast())));
      long before = given.size();
      run(session, echo, i + 1);
      for (int to = 1; to <= SERVERS; to++) {
        boolean mine = to == unit || broadcast;
        assertEquals(mine ? List.of(request.toString()) : List.of(), executed.get(to - 1));
        executed.get(to - 1).clear();
      }
      assertEquals(expected(unit, broadcast, before), client.outcomes.getLast(), "step " + i);
    }
    assertEquals(0, session.counters().bytesDiscarded());
    for (ServerSession server : servers) {
      assertEquals(0, server.counters().bytesDiscarded());
      assertEquals(0, server.counters().abandoned());
    }
  }

  private ClientSession start(boolean ascii, EchoMode mode) {
    long character = TIMING.characterNanos();
    for (int unit = 1; unit <= SERVERS; unit++) {
      int mine = unit;
      executed.add(new ArrayList<>());
      Station station = new Station(unit);
      servers.add(
          ascii
              ? new AsciiServerSession(
                  AsciiServerSettings.of(character, to -> to == mine).withEcho(mode), station)
              : new RtuServerSession(
                  RtuServerSettings.of(TIMING, to -> to == mine).withEcho(mode), station));
    }
    return ascii
        ? new AsciiClientSession(AsciiClientSettings.of(character).withEcho(mode), client)
        : new RtuClientSession(RtuClientSettings.of(TIMING).withEcho(mode), client);
  }

  private Outcome expected(int unit, boolean broadcast, long before) {
    if (broadcast) {
      return new Outcome.Broadcast();
    }
    if (unit > SERVERS) {
      return new Outcome.Silence();
    }
    assertEquals(before + 1, given.size());
    return given.getLast() instanceof Response.Refusal refusal
        ? new Outcome.Refused(refusal)
        : new Outcome.Answered(given.getLast());
  }

  private void run(ClientSession session, boolean echo, int outcomes) {
    while (client.outcomes.size() < outcomes || !wire.isEmpty()) {
      Sending next = wire.poll();
      if (next != null) {
        carry(session, next, echo);
        continue;
      }
      long due = session.deadline();
      for (ServerSession server : servers) {
        due = Math.min(due, server.deadline());
      }
      assertTrue(due < Long.MAX_VALUE);
      now = Math.max(now, due);
      for (ServerSession server : servers) {
        server.advance(now);
      }
      if (wire.isEmpty()) {
        session.advance(now);
      }
    }
  }

  private void carry(ClientSession session, Sending sending, boolean echo) {
    byte[] bytes = Wire.hex(sending.hex());
    int at = 0;
    while (at < bytes.length) {
      int count = random.nextInt(1, bytes.length - at + 1);
      now += count * TIMING.characterNanos();
      if (echo || sending.from() != 0) {
        session.receive(bytes, at, count, now);
      }
      for (int unit = 1; unit <= SERVERS; unit++) {
        if (echo || sending.from() != unit) {
          servers.get(unit - 1).receive(bytes, at, count, now);
        }
      }
      at += count;
    }
  }
}
