package io.plantbus.protocols.modbus.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AsciiWire;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.AsciiDeframer.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiDeframerTest {
  private final AsciiDeframer deframer = new AsciiDeframer();

  /// Frames and other events in their order, in hex or by name.
  private List<String> events(byte[] characters, int chunk) {
    List<String> events = new ArrayList<>();
    for (int from = 0; from < characters.length; from += chunk) {
      int end = Math.min(characters.length, from + chunk);
      int at = from;
      while (at < end) {
        at += deframer.take(characters, at, end - at);
        Event event = deframer.event();
        if (event == Event.FRAME) {
          events.add(Wire.hex(Arrays.copyOf(deframer.bytes(), 1 + deframer.pduLength())));
        } else if (event != Event.NONE) {
          events.add(event.name());
        }
      }
    }
    return events;
  }

  private List<String> events(String text) {
    return events(AsciiWire.characters(text), text.length());
  }

  @Covers({Requirement.ASCII_FRAME, Requirement.ASCII_HEX_CASE})
  @Test
  void aFrameIsWhatTheSpecificationPrints() {
    byte[] frame = Arrays.copyOf(Wire.hex("11 03 00 6b 00 03"), AsciiFrame.MAX_CHARACTERS);
    int length = AsciiFrame.seal(frame, 6, AsciiFrame.LINE_FEED);
    assertEquals(":1103006B00037E\r\n", AsciiWire.text(Arrays.copyOf(frame, length)));
    assertEquals(List.of("11 03 00 6b 00 03"), events(":1103006B00037E\r\n"));
    assertEquals(17, deframer.frameCharacters());
    assertEquals(5, deframer.pduLength());
    assertEquals(0, deframer.drainDiscarded());
  }

  @Covers(Requirement.LRC_VECTORS)
  @ParameterizedTest
  @CsvSource({"61 62, 3d", "00, 00", "ff ff, 02", "f7 03 13 89 00 0a, 60"})
  void checksumsAreTwosComplements(String bytes, String lrc) {
    byte[] body = Wire.hex(bytes);
    assertEquals(Integer.parseInt(lrc, 16), Lrc.of(body, 0, body.length));
    byte[] whole = Wire.join(body, Wire.hex(lrc));
    assertTrue(Lrc.isValid(whole, 0, whole.length));
    whole[0]++;
    assertFalse(Lrc.isValid(whole, 0, whole.length));
  }

  @Covers(Requirement.ASCII_LENGTH)
  @Test
  void theLongestFrameIsTakenAndNoLongerOne() {
    byte[] body = new byte[254];
    new SplittableRandom(1).nextBytes(body);
    byte[] longest = AsciiWire.frame(Wire.hex(body));
    byte[] sealed = Arrays.copyOf(body, AsciiFrame.MAX_CHARACTERS);
    assertEquals(AsciiFrame.MAX_CHARACTERS, longest.length);
    assertEquals(longest.length, AsciiFrame.seal(sealed, body.length, AsciiFrame.LINE_FEED));
    assertArrayEquals(longest, sealed);
    assertEquals(List.of(Wire.hex(body)), events(longest, 100));
    byte[] longer = AsciiWire.frame(Wire.hex(body) + " 00");
    assertEquals(List.of("BROKEN"), events(longer, 100));
    assertEquals(longer.length, deframer.drainDiscarded());
  }

  @Covers(Requirement.ASCII_HEX_CASE)
  @Test
  void bothCasesAreAccepted() {
    assertEquals(List.of("11 03 00 6b 00 03"), events(":1103006b00037e\r\n"));
  }

  @Covers({Requirement.ASCII_FRAME, Requirement.ASCII_ODD_OR_FOREIGN_CHARACTERS})
  @ParameterizedTest
  @ValueSource(
      strings = {
        ":1103:1103006B00037E\r\n",
        ":1103006B00037:1103006B00037E\r\n",
        ":1103006B00037E\r:1103006B00037E\r\n",
        ":1103 06B00037E\r\n:1103006B00037E\r\n",
        ":1103006B00037E\n:1103006B00037E\r\n",
        ":1103006B00037E\rx:1103006B00037E\r\n",
        ":1103006B00037\r\n:1103006B00037E\r\n",
        ":117E\r\n:1103006B00037E\r\n",
        "::1103006B00037E\r\n",
        ":\r\n:1103006B00037E\r\n",
        ":11\u00b103006B00037E\r\n:1103006B00037E\r\n",
      })
  void whateverIsNoFrameIsDiscardedAndTheNextColonBeginsAnew(String text) {
    assertEquals(List.of("BROKEN", "11 03 00 6b 00 03"), events(text));
    assertEquals(text.length() - 17, deframer.drainDiscarded());
  }

  @Covers(Requirement.ASCII_FRAME)
  @Test
  void charactersBetweenFramesAreSkipped() {
    assertEquals(
        List.of("01 01", "02 01"), events("\r\nAB 12 :0101FE\r\n\0\n\u00ff:0201FD\r\n\r\n"));
    assertEquals(13, deframer.drainDiscarded());
  }

  @Covers(Requirement.ASCII_BAD_LRC)
  @Test
  void aWrongChecksumIsTold() {
    assertEquals(List.of("CHECKSUM"), events(":1103006B00037F\r\n"));
    assertEquals(17, deframer.drainDiscarded());
  }

  @Covers(Requirement.ASCII_DELIMITER)
  @Test
  void aDelimiterReplacesTheLineFeed() {
    deframer.delimiter('!');
    assertEquals(List.of("BROKEN", "01 01"), events(":0101FE\r\n:0101FE\r!"));
    byte[] frame = Arrays.copyOf(Wire.hex("01 01"), 20);
    assertEquals(
        ":0101FE\r!", AsciiWire.text(Arrays.copyOf(frame, AsciiFrame.seal(frame, 2, '!'))));
  }

  @ParameterizedTest
  @ValueSource(ints = {':', '\r', '0', '9', 'a', 'F', -1, 256})
  void aCharacterThatStandsInsideFramesCannotEndThem(int character) {
    assertThrows(IllegalArgumentException.class, () -> deframer.delimiter(character));
  }

  @Covers(Requirement.SERIAL_CHUNKING)
  @Test
  void theEventsDoNotDependOnHowTheCharactersAreChunked() {
    SplittableRandom random = new SplittableRandom(2);
    String alphabet = ":::0123456789ABCDEFabcdef\r\n\r\nx ";
    for (int run = 0; run < 200; run++) {
      StringBuilder text = new StringBuilder();
      for (int part = 0; part < 6; part++) {
        for (int i = random.nextInt(12); i > 0; i--) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        text.append(random.nextBoolean() ? ":0101FE\r\n" : "\r\n");
      }
      byte[] characters = AsciiWire.characters(text + ":");
      List<String> whole = events(characters, characters.length);
      deframer.discard();
      int discarded = deframer.drainDiscarded();
      assertEquals(whole, events(characters, 1 + random.nextInt(7)));
      deframer.discard();
      assertEquals(discarded, deframer.drainDiscarded());
    }
  }
}
