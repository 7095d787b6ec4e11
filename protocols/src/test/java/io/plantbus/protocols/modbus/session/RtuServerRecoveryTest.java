package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtuServerRecoveryTest extends RtuServerBench {
  @Covers(Requirement.OTHER_UNITS)
  @Test
  void anotherUnitsAnswerIsNeverTakenForARequest() {
    // The data of the answer are, byte by byte, a request for the unit served here.
    byte[] request = Wire.rtu("12 03 00 00 00 04");
    byte[] answer = Wire.rtu("12 03 08 " + WRITTEN);
    for (int chunk = 1; chunk <= request.length + answer.length; chunk++) {
      byte[] both = Wire.join(request, answer);
      for (int at = 0; at < both.length; at += chunk) {
        session.receive(both, at, Math.min(chunk, both.length - at), now);
      }
      assertEquals(WRITTEN, exchange(WRITE), "chunks of " + chunk);
      assertEquals(chunk, log.requests.size());
    }
    assertEquals(0, session.counters().bytesDiscarded());
  }

  @Covers(Requirement.OTHER_UNITS)
  @Test
  void anotherUnitsAnswerThatWasNotExpectedIsNeverTakenForARequest() {
    assertEquals("", exchange(Wire.rtu("12 03 08 " + WRITTEN)));
    byte[] spoilt = Wire.rtu("12 03 08 " + WRITTEN);
    spoilt[0] ^= 0x40;
    assertEquals("", exchange(spoilt));
    assertEquals(List.of(), log.requests);
  }

  @ParameterizedTest
  @CsvSource({
    "12 03 00 00 00 01, 12 03 02 00 05",
    "12 03 00 00 00 7d, 12 83 02",
    "12 01 00 00 00 09, 12 01 02 00 01",
    "12 06 00 01 00 03, 12 06 00 01 00 03",
    "12 10 00 01 00 01 02 00 03, 12 10 00 01 00 01",
    "12 16 00 04 00 f2 00 25, 12 16 00 04 00 f2 00 25",
    "12 03 00 00 00 01, ''",
  })
  void aRequestFollowsTheTrafficOfAnotherUnitWithoutAnyGap(String request, String answer) {
    byte[] traffic =
        answer.isEmpty() ? Wire.rtu(request) : Wire.join(Wire.rtu(request), Wire.rtu(answer));
    receive(Wire.join(traffic, WRITE));
    now += SILENCE;
    session.advance(now);
    assertEquals(WRITTEN, sent());
    for (byte one : Wire.join(traffic, WRITE)) {
      receive(new byte[] {one});
    }
    now += SILENCE;
    session.advance(now);
    assertEquals(WRITTEN, sent());
    assertEquals(0, session.counters().bytesDiscarded());
  }

  @Test
  void aRequestBehindAnAnswerWhoseRequestWasMissedIsFoundWhenTheLineFallsSilent() {
    assertEquals(WRITTEN, exchange(Wire.join(Wire.rtu("12 03 02 00 05"), WRITE)));
  }

  @Covers(Requirement.RESYNCHRONISATION)
  @Test
  void garbageBeforeARequestCostsAtMostThatRequest() {
    SplittableRandom random = new SplittableRandom(11);
    int answered = 0;
    int runs = 0;
    for (int length = 1; length <= 255; length++) {
      byte[] garbage = new byte[length];
      random.nextBytes(garbage);
      if (random.nextBoolean()) {
        garbage[0] = 0x11;
        garbage[Math.min(1, length - 1)] = 0x10; // seems to announce a long frame
      }
      answered += exchange(Wire.join(garbage, WRITE)).equals(WRITTEN) ? 1 : 0;
      assertEquals(WRITTEN, exchange(WRITE), "after " + length + " bytes of garbage");
      runs++;
    }
    assertEquals(runs, answered);
  }

  @Covers(Requirement.RTU_FRAME)
  @Test
  void aFrameLongerThanAnyMayBeIsNotAnswered() {
    byte[] body = Arrays.copyOf(Wire.hex("11 10 00 00 00 7f ff"), 7 + 255);
    assertEquals("", exchange(Wire.rtu(Wire.hex(body))));
    assertEquals(0, session.counters().requests());
    assertEquals(WRITTEN, exchange(WRITE));
  }

  @Test
  void garbageAfterARequestDoesNoHarm() {
    receive(Wire.join(WRITE, Wire.hex("11 10 00")));
    now += SILENCE;
    session.advance(now);
    assertEquals(WRITTEN, sent());
    now += RESYNC;
    assertEquals(WRITTEN, exchange(WRITE));
  }

  @Test
  void anEndlessBurstIsSurvivedAndTheRequestThatEndsItIsAnswered() {
    byte[] burst = new byte[10_000];
    new SplittableRandom(12).nextBytes(burst);
    assertEquals(WRITTEN, exchange(Wire.join(burst, WRITE)));
    assertEquals(burst.length, session.counters().bytesDiscarded());
  }

  @Test
  void aFrameOfUnknownLengthBehindMuchTrafficIsReadWhole() {
    byte[] unknown = Wire.rtu("11 41" + " 55".repeat(200));
    byte[] burst = Wire.join(Wire.hex((WRITTEN + " ").repeat(125).strip()), unknown);
    assertEquals(Wire.hex(Wire.rtu("11 c1 01")), exchange(burst));
    assertEquals(125, log.requests.size());
  }

  @Test
  void silenceIsSeenFromTheTimeOfTheBytesToo() {
    receive(Arrays.copyOf(WRITE, 5));
    now += RESYNC + WRITE.length * CHARACTER;
    receive(WRITE);
    now += SILENCE;
    session.advance(now);
    assertEquals(WRITTEN, sent());
    assertEquals(5, session.counters().bytesDiscarded());
  }

  @Covers(Requirement.GAP_INSIDE_A_FRAME)
  @Test
  void aGapInsideAFrameIsAllowedUnlessALongestGapIsSet() {
    long gap = 859_375;
    assertEquals(WRITTEN, exchangeWithGap(gap + 1));
    session = serving(settings.withGapNanos(gap));
    assertEquals(WRITTEN, exchangeWithGap(gap));
    assertEquals("", exchangeWithGap(gap + 1));
    assertEquals(WRITTEN, exchange(WRITE));
  }

  private String exchangeWithGap(long gapNanos) {
    receive(Arrays.copyOf(WRITE, 4));
    now += gapNanos + 4 * CHARACTER;
    receive(Arrays.copyOfRange(WRITE, 4, 8));
    now += RESYNC;
    session.advance(now);
    return sent();
  }

  @Covers(Requirement.SERIAL_CHUNKING)
  @Test
  void whatIsExecutedDoesNotDependOnHowTheBytesAreChunked() {
    SplittableRandom random = new SplittableRandom(13);
    for (int run = 0; run < 300; run++) {
      byte[] traffic = anyTraffic(random);
      String whole = exchange(traffic);
      List<String> executed = List.copyOf(log.requests);
      log.requests.clear();
      int at = 0;
      while (at < traffic.length) {
        int chunk = random.nextInt(1, traffic.length - at + 1);
        session.receive(traffic, at, chunk, now);
        at += chunk;
      }
      now += RESYNC;
      session.advance(now);
      assertEquals(executed, log.requests);
      assertEquals(whole, sent());
      log.requests.clear();
    }
  }

  private static byte[] anyTraffic(SplittableRandom random) {
    byte[] traffic = new byte[0];
    int parts = random.nextInt(1, 6);
    for (int part = 0; part < parts; part++) {
      byte[] noise = new byte[random.nextInt(1, 60)];
      random.nextBytes(noise);
      String unit = random.nextBoolean() ? "11 " : "12 ";
      byte[] next =
          switch (random.nextInt(4)) {
            case 0 -> noise;
            case 1 -> Wire.rtu(unit + Wire.hex(noise));
            case 2 -> Wire.join(Wire.rtu("12 04 00 00 00 01"), Wire.rtu("12 04 02 00 05"));
            default -> Wire.rtu(unit + "03 00 00 00 0" + random.nextInt(1, 9));
          };
      traffic = Wire.join(traffic, next);
    }
    return traffic;
  }

  @Covers(Requirement.ANY_BYTES)
  @Test
  void randomBytesNeverThrow() {
    SplittableRandom random = new SplittableRandom(14);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      receive(bytes);
      now += random.nextInt(30_000_000);
      session.advance(now);
    }
    assertEquals(List.of(), log.requests);
  }
}
