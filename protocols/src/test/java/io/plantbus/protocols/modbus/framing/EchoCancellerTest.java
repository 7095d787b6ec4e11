package io.plantbus.protocols.modbus.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Wire;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EchoCancellerTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final byte[] READ = Wire.rtu("11 03 00 6b 00 02");
  private static final byte[] ANSWER = Wire.rtu("11 03 04 02 2b 00 64");
  private static final byte[] WRITE = Wire.rtu("11 06 00 01 00 03");

  private final ByteArrayOutputStream passedOn = new ByteArrayOutputStream();
  private EchoCanceller echo = new EchoCanceller(EchoMode.EXPECTED);

  private void send(byte[] bytes, boolean onlyEchoes) {
    echo.sent(bytes, 0, bytes.length, onlyEchoes, NEVER);
  }

  private void receive(byte[] bytes, int offset, int length, long now) {
    echo.receive(
        bytes, offset, length, now, (from, at, count, _) -> passedOn.write(from, at, count));
  }

  private String receive(byte[]... parts) {
    byte[] all = Wire.join(parts);
    receive(all, 0, all.length, 0);
    String hex = Wire.hex(passedOn.toByteArray());
    passedOn.reset();
    return hex;
  }

  @Covers(Requirement.ECHO_SUPPRESSION)
  @Test
  void exactlyTheEchoIsStrippedInAnyChunking() {
    for (int chunk = 1; chunk <= READ.length + ANSWER.length; chunk++) {
      send(READ, true);
      byte[] both = Wire.join(READ, ANSWER);
      for (int at = 0; at < both.length; at += chunk) {
        receive(both, at, Math.min(chunk, both.length - at), 0);
      }
      assertEquals(Wire.hex(ANSWER), receive());
      assertEquals(chunk, echo.echoes());
    }
    assertEquals(0, echo.damagedEchoes() + echo.missingEchoes());
  }

  @Test
  void anAnswerThatRepeatsItsRequestIsStrippedOnce() {
    send(WRITE, false);
    assertEquals(Wire.hex(WRITE), receive(WRITE, WRITE));
  }

  @Test
  void strayBytesBeforeAnEchoDoNotLetItPass() {
    SplittableRandom random = new SplittableRandom(21);
    for (int run = 0; run < 300; run++) {
      byte[] sent = new byte[random.nextInt(1, 12)];
      for (int i = 0; i < sent.length; i++) {
        sent[i] = (byte) random.nextInt(2); // many beginnings look alike
      }
      byte[] stray = new byte[random.nextInt(2_000)];
      for (int i = 0; i < stray.length; i++) {
        stray[i] = (byte) (2 + random.nextInt(2));
      }
      int cut = random.nextInt(sent.length);
      byte[] beginning = Arrays.copyOf(sent, cut);
      byte[] mark = {9};
      send(sent, true);
      assertEquals(
          Wire.hex(Wire.join(stray, beginning, mark, mark)),
          receive(stray, beginning, mark, sent, mark));
    }
  }

  @Test
  void overlappingBeginningsAreToldApart() {
    send(Wire.hex("01 01 02"), true);
    assertEquals("01", receive(Wire.hex("01 01 01 02")));
    send(Wire.hex("01 02 01 03"), true);
    assertEquals("01 02", receive(Wire.hex("01 02 01 02 01 03")));
  }

  @Covers(Requirement.ECHO_SUPPRESSION)
  @Test
  void anEchoThatMetACollisionIsNoiseAndCounted() {
    byte[] spoilt = READ.clone();
    spoilt[3] ^= 0x40;
    send(READ, true);
    assertEquals(Wire.hex(Wire.join(spoilt, ANSWER)), receive(spoilt, ANSWER));
    send(READ, true);
    assertEquals(1, echo.damagedEchoes());
    assertEquals(0, echo.missingEchoes());
  }

  @Covers(Requirement.ECHO_SUPPRESSION)
  @Test
  void anEchoThatDoesNotComeIsCountedAsMissing() {
    send(READ, true);
    send(READ, true);
    assertEquals(1, echo.missingEchoes());
    assertEquals(Wire.hex(ANSWER), receive(ANSWER));
    echo.heard(ANSWER.length, true);
    send(READ, true);
    assertEquals(2, echo.missingEchoes());
    assertEquals(0, echo.damagedEchoes());
    assertTrue(echo.isPresent());
  }

  @Test
  void whatSeemsToBeginAnEchoIsPassedOnWhenTheTimeIsOver() {
    send(READ, true);
    receive(READ, 0, 3, 0);
    assertEquals("", receive());
    echo.giveUp(0, (from, at, count, _) -> passedOn.write(from, at, count));
    assertEquals("11 03 00", receive());
    assertEquals(1, echo.damagedEchoes());
    echo.sent(READ, 0, READ.length, true, 100);
    receive(READ, 0, READ.length, 101);
    assertEquals(Wire.hex(READ), receive());
  }

  @Test
  void nothingIsStrippedWhereThereIsNoEcho() {
    echo = new EchoCanceller(EchoMode.NONE);
    send(WRITE, false);
    assertEquals(Wire.hex(WRITE), receive(WRITE));
    assertTrue(echo.isAbsent());
  }

  @Test
  void anEchoIsFoundOutByWhatNothingElseCanBe() {
    echo = new EchoCanceller(EchoMode.AUTO);
    send(WRITE, false);
    assertEquals("", receive(WRITE));
    assertFalse(echo.isPresent());
    send(READ, true);
    assertEquals("", receive(READ));
    assertTrue(echo.isPresent());
  }

  @Test
  void anEchoIsFoundOutByTheAnswerBehindIt() {
    echo = new EchoCanceller(EchoMode.AUTO);
    send(WRITE, false);
    assertEquals(Wire.hex(WRITE), receive(WRITE, WRITE));
    echo.heard(WRITE.length, false);
    assertFalse(echo.isPresent());
    echo.heard(WRITE.length, true);
    assertTrue(echo.isPresent());
  }

  @Test
  void thatThereIsNoEchoIsFoundOutByAnAnswerAlone() {
    echo = new EchoCanceller(EchoMode.AUTO);
    send(READ, true);
    byte[] spoilt = READ.clone();
    spoilt[0] ^= 1;
    assertEquals(Wire.hex(Wire.join(spoilt, ANSWER)), receive(spoilt, ANSWER));
    echo.heard(ANSWER.length, true);
    assertFalse(echo.isAbsent());
    send(READ, true);
    assertEquals(Wire.hex(ANSWER), receive(ANSWER));
    echo.heard(ANSWER.length, true);
    assertTrue(echo.isAbsent());
    send(WRITE, false);
    assertEquals(Wire.hex(WRITE), receive(WRITE));
    echo.reset();
    assertFalse(echo.isAbsent());
  }

  @Test
  void threeEchoesMissingInARowPutItInDoubt() {
    echo = new EchoCanceller(EchoMode.AUTO);
    send(READ, true);
    receive(READ);
    for (int i = 0; i < 4; i++) {
      assertTrue(echo.isPresent());
      send(READ, true);
    }
    assertFalse(echo.isPresent());
    receive(ANSWER);
    echo.heard(ANSWER.length, true);
    assertTrue(echo.isAbsent());
  }

  @Test
  void whatWasReceivedBeforeSendingIsNeverItsEcho() {
    send(READ, true);
    byte[] all = Wire.join(READ, ANSWER, WRITE);
    boolean[] answered = {false};
    echo.receive(
        all,
        0,
        all.length,
        0,
        (from, at, count, _) -> {
          passedOn.write(from, at, count);
          if (!answered[0]) {
            answered[0] = true;
            send(WRITE, true);
          }
        });
    assertEquals(Wire.hex(Wire.join(ANSWER, WRITE)), receive());
    assertEquals("", receive(WRITE));
  }
}
