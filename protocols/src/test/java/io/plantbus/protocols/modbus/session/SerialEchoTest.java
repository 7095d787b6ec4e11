package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.AsciiWire;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sessions behind two-wire adapters that hear what they send.
class SerialEchoTest {
  private static final long TIMEOUT = 500_000_000;
  private static final RtuTiming TIMING = new RtuTiming(19_200, 11);
  private static final UnitId UNIT = UnitId.of(17);
  private static final Request WRITE = new Request.WriteSingleRegister(1, 3);
  private static final byte[] WRITTEN = Wire.rtu("11 06 00 01 00 03");
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 1));
  private static final Outcome DONE = new Outcome.Answered(Response.Written.INSTANCE);

  private final ClientLog log = new ClientLog();
  private final ServerLog server = new ServerLog();
  private long now;

  private RtuClientSession client(EchoMode mode) {
    return new RtuClientSession(RtuClientSettings.of(TIMING).withEcho(mode), log);
  }

  private Outcome exchange(ClientSession session, Request request, byte[]... received) {
    session.offer(UNIT, request, TIMEOUT, now);
    for (byte[] part : received) {
      session.receive(part, 0, part.length, ++now);
    }
    int before = log.outcomes.size();
    while (!session.canOffer(now)) {
      now = Math.max(now, session.deadline());
      session.advance(now);
    }
    assertTrue(log.outcomes.size() >= before);
    return log.outcomes.getLast();
  }

  @Covers(Requirement.ECHO_SUPPRESSION)
  @Test
  void theEchoOfAWriteIsNotTakenForItsAnswer() {
    RtuClientSession session = client(EchoMode.EXPECTED);
    assertEquals(DONE, exchange(session, WRITE, WRITTEN, WRITTEN));
    assertEquals(new Outcome.Silence(), exchange(session, WRITE, WRITTEN));
    byte[] spoilt = WRITTEN.clone();
    spoilt[4] ^= 1;
    assertEquals(new Outcome.Noise(NoiseReason.CHECKSUM), exchange(session, WRITE, spoilt));
    assertEquals(1, session.echo().damagedEchoes());
    assertEquals(2, session.echo().echoes());
    assertEquals(DONE, exchange(session, WRITE, Wire.join(Wire.hex("00"), WRITTEN, WRITTEN)));
  }

  @Test
  void anEchoCutShortIsNoSilence() {
    assertEquals(
        new Outcome.Noise(NoiseReason.TRUNCATED),
        exchange(client(EchoMode.EXPECTED), WRITE, Wire.hex("11 06 00")));
  }

  @Test
  void aLineWithoutEchoIsFoundOutByItsFirstRead() {
    RtuClientSession session = client(EchoMode.AUTO);
    byte[] answer = Wire.rtu("11 03 02 00 05");
    Outcome five = new Outcome.Answered(new Response.Registers(RegisterBlock.of(5)));
    assertEquals(five, exchange(session, READ, answer));
    assertTrue(session.echo().isAbsent());
    assertEquals(DONE, exchange(session, WRITE, WRITTEN));
    session.reset(now);
    byte[] echo = Wire.rtu("11 03 00 00 00 01");
    now += TIMEOUT;
    assertEquals(five, exchange(session, READ, echo, answer));
    assertTrue(session.echo().isPresent());
    assertEquals(new Outcome.Silence(), exchange(session, WRITE, WRITTEN));
  }

  @Test
  void anEchoIsFoundOutByABroadcast() {
    RtuClientSession session = client(EchoMode.AUTO);
    session.offer(UnitId.BROADCAST, WRITE, TIMEOUT, now);
    byte[] echo = Wire.rtu("00 06 00 01 00 03");
    session.receive(echo, 0, echo.length, now);
    session.advance(session.deadline());
    assertEquals(List.of(new Outcome.Broadcast()), log.outcomes);
    assertTrue(session.echo().isPresent());
  }

  @Covers(Requirement.ECHO_SUPPRESSION)
  @ParameterizedTest
  @EnumSource(
      value = EchoMode.class,
      names = {"EXPECTED", "AUTO"})
  void aServerDoesNotTakeItsAnswerForARequest(EchoMode mode) {
    RtuServerSession session =
        new RtuServerSession(
            RtuServerSettings.of(TIMING, unit -> unit == 17).withEcho(mode), server);
    server.executor = (ticket, _) -> session.answer(ticket, Response.Written.INSTANCE, now);
    for (int i = 1; i <= 3; i++) {
      session.receive(WRITTEN, 0, WRITTEN.length, now);
      now = session.deadline();
      session.advance(now);
      byte[] answer = server.sent.toByteArray();
      server.sent.reset();
      assertEquals(Wire.hex(WRITTEN), Wire.hex(answer));
      session.receive(answer, 0, answer.length, now + 5_000_000);
      assertEquals(i, server.requests.size());
      assertEquals(Long.MAX_VALUE, session.deadline());
      now += 100_000_000;
    }
    assertEquals(3, session.echo().echoes());
  }

  @Test
  void aServerOnALineWithoutEchoHearsTheSameWriteAgain() {
    RtuServerSession session =
        new RtuServerSession(
            RtuServerSettings.of(TIMING, unit -> unit == 17).withEcho(EchoMode.AUTO), server);
    server.executor = (ticket, _) -> session.answer(ticket, Response.Written.INSTANCE, now);
    for (int i = 1; i <= 3; i++) {
      session.receive(WRITTEN, 0, WRITTEN.length, now);
      now = session.deadline();
      session.advance(now);
      assertEquals(i, server.requests.size());
      now += 100_000_000;
    }
    assertTrue(session.echo().isAbsent());
  }

  @Covers(Requirement.ECHO_SUPPRESSION)
  @Test
  void anAsciiLineMayHaveAnEchoToo() {
    AsciiClientSession session =
        new AsciiClientSession(AsciiClientSettings.of(0).withEcho(EchoMode.EXPECTED), log);
    byte[] frame = AsciiWire.frame("11 06 00 01 00 03");
    assertEquals(DONE, exchange(session, WRITE, frame, frame));
    assertEquals(new Outcome.Silence(), exchange(session, WRITE, frame));
    AsciiServerSession answering =
        new AsciiServerSession(
            AsciiServerSettings.of(0, unit -> unit == 17).withEcho(EchoMode.EXPECTED), server);
    server.executor = (ticket, _) -> answering.answer(ticket, Response.Written.INSTANCE, now);
    answering.receive(frame, 0, frame.length, now);
    answering.receive(frame, 0, frame.length, now);
    assertEquals(1, server.requests.size());
  }
}
