package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AsciiWire;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// 1 to 255 bytes of garbage cost at most one of the requests that follow, whatever the garbage,
/// the chunks and the pauses between them.
class ResynchronisationTest {
  private static final int SEEDS = 2_000;
  private static final int REQUESTS = 4;
  private static final long TIMEOUT = 500_000_000;
  private static final String WRITE = "11 06 00 01 00 03";

  private final ServerLog log = new ServerLog();
  private SplittableRandom random = new SplittableRandom();
  private long characterNanos;
  private long now;
  private int answered;
  private boolean dense;

  @Covers(Requirement.RESYNCHRONISATION)
  @ParameterizedTest
  @ValueSource(ints = {9_600, 19_200, 115_200})
  void anRtuServer(int baud) {
    RtuTiming timing = new RtuTiming(baud, 11);
    characterNanos = timing.characterNanos();
    RtuServerSettings settings = RtuServerSettings.of(timing, unit -> unit == 17);
    check(Wire.rtu(WRITE), effects -> new RtuServerSession(settings, effects));
    check(
        Wire.rtu(WRITE),
        effects ->
            new RtuServerSession(settings.withGapNanos(timing.interCharacterNanos()), effects));
  }

  @Covers(Requirement.RTU_OVER_TCP_RESYNC)
  @Test
  void anRtuServerOnAStream() {
    RtuServerSettings settings = RtuServerSettings.overStream(unit -> unit == 17);
    check(Wire.rtu(WRITE), effects -> new RtuServerSession(settings, effects));
  }

  @Covers({Requirement.RESYNCHRONISATION, Requirement.ASCII_FRAME})
  @Test
  void anAsciiServer() {
    characterNanos = new RtuTiming(9_600, 10).characterNanos();
    AsciiServerSettings settings = AsciiServerSettings.of(characterNanos, unit -> unit == 17);
    check(AsciiWire.frame(WRITE), effects -> new AsciiServerSession(settings, effects));
    dense = true;
    check(AsciiWire.frame(WRITE), effects -> new AsciiServerSession(settings, effects));
  }

  private void check(byte[] request, Function<ServerEffects, ServerSession> maker) {
    for (int seed = 0; seed < SEEDS; seed++) {
      random = new SplittableRandom(seed);
      ServerSession session = maker.apply(log);
      log.executor = (ticket, _) -> session.answer(ticket, Response.Written.INSTANCE, now);
      deliver(session, garbage(request));
      now += random.nextBoolean() ? 0 : random.nextLong(TIMEOUT);
      session.advance(now);
      log.sent.reset();
      answered = 0;
      for (int i = 0; i < REQUESTS; i++) {
        boolean first = i == 0;
        deliver(session, request);
        wait(session);
        boolean whole = Wire.hex(log.sent.toByteArray()).equals(Wire.hex(request));
        assertTrue(whole || first, "request " + i + " of seed " + seed);
        answered += whole ? 1 : 0;
        log.sent.reset();
      }
      assertTrue(answered >= REQUESTS - 1, "seed " + seed);
    }
  }

  /// Random bytes, or what looks like the beginning of something longer.
  private byte[] garbage(byte[] request) {
    byte[] bytes = new byte[random.nextInt(1, 256)];
    random.nextBytes(bytes);
    if (dense) {
      byte[] alphabet = AsciiWire.characters(":0123456789ABCDEF\r\n");
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[(bytes[i] & 0xFF) % alphabet.length];
      }
    }
    int cut = Math.min(bytes.length, request.length - 1);
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 -> System.arraycopy(request, 0, bytes, bytes.length - cut, cut);
      case 2 -> System.arraycopy(request, 0, bytes, 0, cut);
      default -> {
        byte[] seemsLong = Wire.hex("11 10 00 00 00 7b f6");
        int begin = random.nextInt(bytes.length);
        System.arraycopy(
            seemsLong, 0, bytes, begin, Math.min(seemsLong.length, bytes.length - begin));
      }
    }
    return bytes;
  }

  private void deliver(ServerSession session, byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int chunk = random.nextInt(1, bytes.length - at + 1);
      now += chunk * characterNanos;
      session.receive(bytes, at, chunk, now);
      at += chunk;
    }
  }

  /// As a client does: until its time-out, then it goes on.
  private void wait(ServerSession session) {
    long end = now + TIMEOUT;
    while (session.deadline() <= end) {
      now = Math.max(now, session.deadline());
      session.advance(now);
    }
    now = log.sent.size() > 0 ? now + 5_000_000 : end;
    assertEquals(0, log.closes);
  }
}
