package io.plantbus.protocols.modbus.trace;

import static io.plantbus.protocols.modbus.trace.Heard.MS;
import static io.plantbus.protocols.modbus.trace.Heard.bytes;
import static io.plantbus.protocols.modbus.trace.Heard.mbap;
import static io.plantbus.protocols.modbus.trace.Heard.rtu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineEavesdropperTest {
  private static final String READ = "11 03 0064 0002";
  private static final String VALUES = "11 03 04 0001 0002";

  @Test
  void anAnswerBelongsToItsRequestOnASerialLine() {
    Heard heard = new Heard(LineFraming.RTU).client(rtu(READ), 0).server(rtu(VALUES), 5);

    assertEquals(
        List.of("> #1 unit 17 fc 3 VALID 0300640002", "< #1 unit 17 fc 3 VALID 030400010002"),
        heard.told);
  }

  @Test
  void anyChunkingGivesTheSameFrames() {
    Heard heard = new Heard(LineFraming.RTU);
    for (byte each : rtu(READ)) {
      heard.client(new byte[] {each}, 0);
    }
    for (byte each : rtu(VALUES)) {
      heard.server(new byte[] {each}, 1);
    }

    assertEquals(
        List.of("> #1 unit 17 fc 3 VALID 0300640002", "< #1 unit 17 fc 3 VALID 030400010002"),
        heard.told);
  }

  @Test
  void aWrongChecksumIsToldOnceTheLineIsSilent() {
    byte[] spoilt = rtu(VALUES);
    spoilt[4] ^= 1;
    Heard heard = new Heard(LineFraming.RTU).client(rtu(READ), 0).server(spoilt, 5);
    assertEquals(15 * MS, heard.line.deadline());

    heard.line.advance(15 * MS);

    assertEquals("< #0 unit 17 fc 3 CHECKSUM_WRONG 030400000002", heard.told.getLast());
  }

  @Test
  void noiseBeforeAnAnswerIsCountedAndTheAnswerFound() {
    Heard heard = new Heard(LineFraming.RTU).client(rtu(READ), 0).server(bytes("00ff0a"), 3);
    heard.server(rtu(VALUES), 5);

    heard.line.advance(20 * MS);

    assertEquals(
        List.of("< #0 unit -1 fc -1 GARBAGE 3", "< #1 unit 17 fc 3 VALID 030400010002"),
        heard.told.subList(1, 3));
  }

  @Test
  void aFunctionOfUnknownLengthEndsWithSilence() {
    Heard heard = new Heard(LineFraming.RTU).client(rtu("05 41 010203"), 0);
    heard.line.advance(10 * MS);
    heard.server(rtu("05 41 09"), 12);
    heard.line.advance(22 * MS);

    assertEquals(
        List.of("> #1 unit 5 fc 65 VALID 41010203", "< #1 unit 5 fc 65 VALID 4109"), heard.told);
  }

  @Test
  void theAnswerOfAnotherUnitOrOfAnotherLengthAnswersNothing() {
    Heard heard = new Heard(LineFraming.RTU).client(rtu(READ), 0);
    heard.server(rtu("12 03 04 0001 0002"), 5).server(rtu("11 03 02 0001"), 6);

    assertTrue(heard.told.get(1).contains("UNMATCHED"), heard.told.toString());
    assertTrue(heard.told.get(2).contains("UNMATCHED"), heard.told.toString());
  }

  @Test
  void anAnswerAfterItsTimeIsLate() {
    Heard heard = new Heard(LineFraming.RTU).client(rtu(READ), 0);
    heard.line.advance(500 * MS);
    heard.server(rtu(VALUES), 510);

    assertEquals(
        List.of("! #1 unit 17", "< #1 unit 17 fc 3 LATE 030400010002"), heard.told.subList(1, 3));
  }

  @Test
  void theNextRequestOnASerialLineEndsTheOneBefore() {
    Heard heard = new Heard(LineFraming.RTU).client(rtu(READ), 0).client(rtu(READ), 100);

    assertEquals("! #1 unit 17", heard.told.getLast());
  }

  @Test
  void nobodyIsExpectedToAnswerABroadcast() {
    Heard heard = new Heard(LineFraming.RTU).client(rtu("00 06 0001 0002"), 0);
    heard.line.advance(900 * MS);

    assertEquals(List.of("> #1 unit 0 fc 6 VALID 0600010002"), heard.told);
  }

  @Test
  void requestsAndEchoesAreToldApartOnATwoWireLine() {
    byte[] write = rtu("11 06 0064 0007");
    Heard heard =
        new Heard(LineFraming.RTU)
            .on(Channel.EITHER, write, 0)
            .on(Channel.EITHER, write, 8)
            .on(Channel.EITHER, rtu(READ), 20)
            .on(Channel.EITHER, rtu(VALUES), 28);

    assertEquals(
        List.of(">", "<", ">", "<"),
        heard.told.stream().map(each -> each.substring(0, 1)).toList());
    assertTrue(heard.told.stream().allMatch(each -> each.contains("VALID")), heard.told.toString());
  }

  @Test
  void pipelinedAnswersOfATcpLineFindTheirRequests() {
    Heard heard =
        new Heard(LineFraming.MBAP_STREAM)
            .client(mbap(7, READ), 0)
            .client(mbap(8, "11 03 0000 0001"), 0)
            .server(mbap(8, "11 83 02"), 2)
            .server(mbap(7, VALUES), 3)
            .server(mbap(7, VALUES), 4);

    assertEquals(
        List.of(
            "< #2 unit 17 fc 131 VALID 8302",
            "< #1 unit 17 fc 3 VALID 030400010002",
            "< #0 unit 17 fc 3 UNMATCHED 030400010002"),
        heard.told.subList(2, 5));
  }

  @Test
  void anImpossibleLengthMakesTheRestOfThatChunkGarbage() {
    Heard heard = new Heard(LineFraming.MBAP_STREAM).server(bytes("0001 0000 ffff 11 03 04"), 0);
    heard.client(mbap(1, READ), 1).server(mbap(1, VALUES), 2);

    assertEquals("< #0 unit -1 fc -1 GARBAGE 9", heard.told.getFirst());
    assertEquals("< #1 unit 17 fc 3 VALID 030400010002", heard.told.getLast());
  }

  @Test
  void aDatagramThatEndsTooSoonIsGarbage() {
    byte[] whole = mbap(1, READ);
    Heard heard = new Heard(LineFraming.MBAP_DATAGRAM).client(Arrays.copyOf(whole, 9), 0);
    heard.client(whole, 1);

    assertEquals(
        List.of("> #0 unit -1 fc -1 GARBAGE 9", "> #1 unit 17 fc 3 VALID 0300640002"), heard.told);
  }

  @Test
  void asciiFramesAreCutByTheirDelimiters() {
    Heard heard =
        new Heard(LineFraming.ASCII)
            .client(ascii(":11030064000286\r\n"), 0)
            .server(ascii("\0:11030400010002E5\r\n"), 5)
            .server(ascii(":11030400010002E6\r\n"), 6)
            .server(ascii("noise"), 7);
    heard.line.advance(20 * MS);

    assertEquals(
        List.of(
            "> #1 unit 17 fc 3 VALID 0300640002",
            "< #0 unit -1 fc -1 GARBAGE 1",
            "< #1 unit 17 fc 3 VALID 030400010002",
            "< #0 unit 17 fc 3 CHECKSUM_WRONG 030400010002",
            "< #0 unit -1 fc -1 GARBAGE 5"),
        heard.told);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @EnumSource(LineFraming.class)
  void anyBytesInAnyChunksAreTakenAndNoneIsForgotten(LineFraming framing) {
    Random random = new Random(20);
    List<Channel> channels = List.of(Channel.FROM_CLIENT, Channel.FROM_SERVER, Channel.EITHER);
    for (int run = 0; run < 300; run++) {
      long[] length = {0};
      LineEavesdropper line =
          new LineEavesdropper(Heard.settings(framing), frame -> length[0] += frame.length());
      TraceTextTest.Lines text = new TraceTextTest.Lines(TraceLevel.FRAME, framing);
      LineEavesdropper shown = new LineEavesdropper(Heard.settings(framing), text.text);
      long fed = 0;
      long now = 0;
      for (int i = 0; i < 20; i++) {
        byte[] chunk = random.nextInt(4) == 0 ? rtu(READ) : new byte[random.nextInt(700)];
        if (chunk.length != 8) {
          random.nextBytes(chunk);
        }
        now += random.nextInt(3) * 6L * MS;
        Channel channel = channels.get(random.nextInt(3));
        line.heard(channel, chunk, 0, chunk.length, now);
        shown.heard(channel, chunk, 0, chunk.length, now);
        fed += chunk.length;
      }
      line.interrupted(now);
      shown.interrupted(now);
      assertEquals(fed, length[0], "run " + run);
    }
  }
}
