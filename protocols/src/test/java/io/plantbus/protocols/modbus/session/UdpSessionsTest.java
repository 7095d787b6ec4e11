package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpSessionsTest {
  private static final long TIMEOUT = 500_000_000;
  private static final UnitId UNIT = UnitId.of(1);
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 1));
  private static final Request WRITE = new Request.WriteSingleRegister(1, 3);
  private static final byte[] WRITING = Wire.tcp(7, 1, "06 00 01 00 03");

  private final ClientLog clientLog = new ClientLog();
  private final UdpClientSession client = new UdpClientSession(4, clientLog);
  private final ServerLog serverLog = new ServerLog();
  private final UdpServerSession server = new UdpServerSession(2, serverLog);
  private long now;

  private static Outcome read(int value) {
    return new Outcome.Answered(new Response.Registers(RegisterBlock.of(value)));
  }

  private static byte[] answer(int transaction, int value) {
    return Wire.tcp(transaction, 1, "03 02 00 %02x".formatted(value));
  }

  private void toClient(byte[] datagram) {
    client.receive(datagram, 0, datagram.length, now);
  }

  private void toServer(byte[] datagram) {
    server.receive(datagram, 0, datagram.length, now);
  }

  private void offer(int times) {
    for (int i = 0; i < times; i++) {
      client.offer(UNIT, READ, TIMEOUT, now);
    }
  }

  @Covers(Requirement.LATE_ANSWERS)
  @Test
  void answersMayComeInAnyOrderAndTwice() {
    offer(3);
    toClient(answer(2, 22));
    toClient(answer(0, 20));
    toClient(answer(0, 20));
    toClient(answer(2, 22));
    toClient(answer(1, 21));
    assertEquals(List.of(read(22), read(20), read(21)), clientLog.outcomes);
    assertEquals(2, client.counters().lateAnswers());
  }

  @Covers(Requirement.UDP_DATAGRAM_IS_ADU)
  @Test
  void whatIsNotExactlyOneUnitIsDroppedAndCountedAndTheNextAnswerIsTaken() {
    offer(1);
    byte[] good = answer(0, 5);
    for (int length = 0; length < good.length; length++) {
      toClient(Arrays.copyOf(good, length));
    }
    toClient(Wire.join(good, good));
    toClient(Arrays.copyOf(good, good.length + 1));
    toClient(new byte[261]);
    byte[] wrongLength = good.clone();
    wrongLength[4] = (byte) 0xFF;
    toClient(wrongLength);
    long bad = client.counters().bytesReceived();
    assertEquals(1, client.inFlight());
    toClient(good);
    assertEquals(List.of(read(5)), clientLog.outcomes);
    assertEquals(bad, client.counters().bytesDiscarded());
    assertEquals(0, clientLog.closes);
  }

  @Covers({Requirement.UDP_NO_RETRY, Requirement.ONE_TIMEOUT})
  @Test
  void aLostDatagramIsSilenceToItsTransactionOnly() {
    offer(1);
    now += TIMEOUT / 2;
    offer(1);
    now = client.deadline();
    client.advance(now);
    assertEquals(List.of(new Outcome.Silence()), clientLog.outcomes);
    toClient(answer(0, 1));
    toClient(answer(1, 2));
    assertEquals(List.of(new Outcome.Silence(), read(2)), clientLog.outcomes);
    assertEquals(2, clientLog.sent.size());
    assertTrue(client.canOffer(now));
  }

  @Test
  void theWindowBoundsWhatIsUnderWay() {
    offer(4);
    assertFalse(client.canOffer(now));
    client.reset(now);
    assertEquals(4, clientLog.outcomes.size());
    assertTrue(client.canOffer(now));
  }

  @Covers({
    Requirement.UDP_DATAGRAM_IS_ADU,
    Requirement.REPEATED_TRANSACTIONS,
    Requirement.TRANSACTION_AND_UNIT_COPIED
  })
  @Test
  void aServerAnswersEachDatagramByOneAndARepeatedOneAgain() {
    serverLog.executor = (ticket, _) -> server.answer(ticket, Response.Written.INSTANCE, now);
    toServer(WRITING);
    assertEquals(Wire.hex(WRITING), Wire.hex(serverLog.sent.toByteArray()));
    toServer(WRITING);
    assertEquals(List.of(WRITE.toString(), WRITE.toString()), serverLog.requests);
  }

  @Covers({Requirement.UDP_DATAGRAM_IS_ADU, Requirement.OTHER_PROTOCOLS})
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "00 07 00 00 00 06 01 06 00 01 00",
        "00 07 00 00 00 06 01 06 00 01 00 03 00",
        "00 07 00 00 00 06 01 06 00 01 00 03 00 08 00 00 00 06 01 06 00 01 00 04",
        "00 07 00 00 00 01 01",
        "00 07 00 00 ff ff 01 06 00 01 00 03",
        "00 07 00 01 00 06 01 06 00 01 00 03",
      })
  void aServerDropsWhatIsNotExactlyOneUnitAndStaysOpen(String datagram) {
    serverLog.executor = (ticket, _) -> server.answer(ticket, Response.Written.INSTANCE, now);
    byte[] bytes = Wire.hex(datagram);
    toServer(bytes);
    assertEquals(List.of(), serverLog.requests);
    assertEquals(bytes.length, server.counters().bytesDiscarded());
    assertEquals(Long.MAX_VALUE, server.deadline());
    toServer(WRITING);
    assertEquals(Wire.hex(WRITING), Wire.hex(serverLog.sent.toByteArray()));
    assertEquals(0, serverLog.closes);
  }

  @Test
  void aDatagramThatFindsTheWindowFullIsDropped() {
    for (int i = 0; i < 3_000; i++) {
      toServer(WRITING);
    }
    assertFalse(server.accepts());
    assertEquals(2, serverLog.requests.size());
    server.answer(serverLog.tickets.get(0), Response.Written.INSTANCE, now);
    server.ignore(serverLog.tickets.get(1));
    assertTrue(server.accepts());
    assertEquals(2, serverLog.requests.size());
    assertEquals(0, serverLog.closes);
  }

  @Covers(Requirement.ANY_BYTES)
  @Test
  void randomDatagramsNeverThrowAndNeverStopTheServer() {
    serverLog.executor = (ticket, _) -> server.ignore(ticket);
    SplittableRandom random = new SplittableRandom(41);
    for (int i = 0; i < 5_000; i++) {
      byte[] datagram = new byte[random.nextInt(300)];
      random.nextBytes(datagram);
      if (datagram.length > 7 && random.nextBoolean()) {
        Arrays.fill(datagram, 2, 5, (byte) 0);
        datagram[5] = (byte) (datagram.length - 6);
      }
      if (client.canOffer(now)) {
        offer(1);
      }
      toServer(datagram);
      toClient(datagram);
      now += random.nextInt(100_000_000);
      client.advance(now);
    }
    assertTrue(server.accepts());
    assertEquals(0, serverLog.closes + clientLog.closes);
    assertEquals(clientLog.outcomes.size() + client.inFlight(), client.counters().requests());
  }
}
