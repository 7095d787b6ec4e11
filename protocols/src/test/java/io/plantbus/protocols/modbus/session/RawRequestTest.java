package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawRequestTest {
  private static final long SECOND = 1_000_000_000;
  private static final UnitId UNIT = UnitId.of(17);
  private static final Request VENDOR = new Request.Raw(66, ByteBlock.of(1, 2));
  private static final Request READ = new Request.Raw(3, ByteBlock.of(0, 0, 0, 2));

  private final ClientLog client = new ClientLog();
  private final RtuClientSession rtu =
      new RtuClientSession(RtuClientSettings.of(new RtuTiming(19_200, 11)), client);
  private final AsciiClientSession ascii =
      new AsciiClientSession(AsciiClientSettings.overStream(), client);
  private final TcpClientSession tcp = new TcpClientSession(1, client);

  private Outcome overRtu(Request request, String answer, int... cuts) {
    rtu.offer(UNIT, request, SECOND, 0);
    byte[] bytes = Wire.rtu(answer);
    int from = 0;
    for (int cut : cuts) {
      rtu.receive(bytes, from, cut - from, 1000);
      from = cut;
    }
    rtu.receive(bytes, from, bytes.length - from, 1000);
    return client.outcomes.isEmpty() ? expired(rtu) : client.outcomes.getLast();
  }

  private Outcome expired(ClientSession session) {
    session.advance(session.deadline());
    return client.outcomes.getLast();
  }

  private static Outcome answered(int... data) {
    return new Outcome.Answered(new Response.UserDefined(ByteBlock.of(data)));
  }

  @Test
  void anUnknownFunctionsAnswerEndsWithAValidChecksumHoweverItIsCut() {
    byte[] answer = Wire.rtu("11 42 05 06 07");
    for (int cut = 1; cut < answer.length; cut++) {
      RawRequestTest fresh = new RawRequestTest();
      assertEquals(answered(5, 6, 7), fresh.overRtu(VENDOR, "11 42 05 06 07", cut));
    }
  }

  @Test
  void aKnownFunctionsAnswerEndsWhereItSays() {
    assertEquals(answered(4, 0, 1, 0, 2), overRtu(READ, "11 03 04 00 01 00 02", 3, 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"11 03 02 00 01", "11 03 06 00 01 00 02 00 03"})
  void anAnswerThatContradictsItsRequestIsStillBrought(String answer) {
    Response expected = new Response.UserDefined(ByteBlock.copyOf(Wire.hex(answer), 2, 1));
    Outcome outcome = overRtu(READ, answer);
    Response.UserDefined response = (Response.UserDefined) ((Outcome.Answered) outcome).response();
    assertEquals(expected, new Response.UserDefined(response.data().slice(0, 1)));
    assertEquals(Wire.hex(answer).length - 2, response.data().length());
  }

  @Test
  void aRefusalIsARefusal() {
    assertEquals(new Outcome.Refused(new Response.Refusal(1)), overRtu(VENDOR, "11 c2 01"));
  }

  @Test
  void anotherUnitOrAWrongChecksumIsNoAnswer() {
    assertEquals(new Outcome.Noise(NoiseReason.WRONG_UNIT), overRtu(VENDOR, "12 42 05"));
    rtu.advance(10 * SECOND);
    rtu.offer(UNIT, VENDOR, SECOND, 10 * SECOND);
    byte[] damaged = Wire.rtu("11 42 05 06");
    damaged[2] ^= 1;
    rtu.receive(damaged, 0, damaged.length, 10 * SECOND + 1000);
    assertEquals(new Outcome.Noise(NoiseReason.TRUNCATED), expired(rtu));
  }

  @Test
  void anyAnswerOfTheFunctionDoesOverTcpAndAscii() {
    tcp.offer(UNIT, READ, SECOND, 0);
    byte[] overTcp = Wire.hex("00 00 00 00 00 05 11 03 02 00 01");
    tcp.receive(overTcp, 0, overTcp.length, 1000);
    assertEquals(answered(2, 0, 1), client.outcomes.getLast());
    ascii.offer(UNIT, VENDOR, SECOND, 0);
    byte[] overAscii = ":114205A8\r\n".getBytes(StandardCharsets.US_ASCII);
    ascii.receive(overAscii, 0, overAscii.length, 1000);
    assertEquals(answered(5), client.outcomes.getLast());
  }

  @Test
  void whateverComesTheNextRequestIsAnswered() {
    SplittableRandom random = new SplittableRandom(5);
    long now = 0;
    for (int round = 0; round < 300; round++) {
      byte[] noise = new byte[random.nextInt(600)];
      random.nextBytes(noise);
      rtu.offer(UNIT, VENDOR, SECOND, now);
      rtu.receive(noise, 0, noise.length, now + 1000);
      rtu.advance(rtu.deadline());
      now += 10 * SECOND;
      rtu.advance(now);
      rtu.offer(UNIT, VENDOR, SECOND, now);
      byte[] answer = Wire.rtu("11 42 05 06");
      rtu.receive(answer, 0, answer.length, now + 1000);
      assertEquals(answered(5, 6), client.outcomes.getLast());
      now += 10 * SECOND;
      rtu.advance(now);
    }
  }

  @Test
  void onlyFunctionCodesAndDataThatFitAreTaken() {
    assertThrows(IllegalArgumentException.class, () -> new Request.Raw(0, ByteBlock.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> new Request.Raw(128, ByteBlock.EMPTY));
    assertThrows(
        IllegalArgumentException.class, () -> new Request.Raw(3, ByteBlock.of(new int[253])));
  }
}
