package io.plantbus.protocols.modbus.trace;

import static io.plantbus.protocols.modbus.trace.Heard.MS;
import static io.plantbus.protocols.modbus.trace.Heard.bytes;
import static io.plantbus.protocols.modbus.trace.Heard.mbap;
import static io.plantbus.protocols.modbus.trace.Heard.rtu;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTextTest {
  /// A trace of a line called `net`.
  static final class Lines {
    final List<String> lines = new ArrayList<>();
    final TraceText text;
    final LineEavesdropper line;

    Lines(TraceLevel level, LineFraming framing) {
      this(level, framing, TraceText.ALL_UNITS);
    }

    Lines(TraceLevel level, LineFraming framing, int unit) {
      text = new TraceText(level, unit, framing, "net", ZoneOffset.UTC, lines::add);
      line = new LineEavesdropper(Heard.settings(framing), text);
    }

    Lines hears(Channel channel, byte[] bytes, long micros) {
      text.chunk(channel, bytes, 0, bytes.length, micros * 1000);
      line.heard(channel, bytes, 0, bytes.length, micros * 1000);
      return this;
    }
  }

  @Test
  void anApplicationLineHoldsRequestAndAnswer() {
    Lines trace =
        new Lines(TraceLevel.APPLICATION, LineFraming.MBAP_STREAM)
            .hears(Channel.FROM_CLIENT, mbap(1, "11 03 0064 0002"), 3_600_000_123L)
            .hears(Channel.FROM_SERVER, mbap(1, "11 03 04 0001 0002"), 3_600_001_623L)
            .hears(Channel.FROM_CLIENT, mbap(2, "11 03 0063 0001"), 3_600_002_000L)
            .hears(Channel.FROM_SERVER, mbap(2, "11 83 02"), 3_600_003_000L)
            .hears(Channel.FROM_CLIENT, mbap(3, "11 05 0003 ff00"), 3_600_004_000L);
    trace.line.advance(3_600_504_000L * 1000);

    assertEquals(
        List.of(
            "01:00:00.000123  net   #1      unit 17   read holding 100 x 2          ->   1.50 ms  0001 0002",
            "01:00:00.002000  net   #2      unit 17   read holding 99 x 1           ->   1.00 ms  refused 02 illegal data address",
            "01:00:00.004000  net   #3      unit 17   write coil 3 = on             -> no answer in 500.00 ms"),
        trace.lines);
  }

  @Test
  void aFrameLineHoldsFieldsAndBytesInTheirParts() {
    Lines trace =
        new Lines(TraceLevel.FRAME, LineFraming.RTU)
            .hears(Channel.FROM_CLIENT, rtu("11 03 0064 0002"), 1)
            .hears(Channel.FROM_SERVER, rtu("11 83 02"), 2001)
            .hears(Channel.FROM_SERVER, rtu("12 83 02"), 2002);

    assertEquals(
        List.of(
            "00:00:00.000001  net > #1      unit 17   fc 03  read holding 100 x 2               11 | 03 00 64 00 02 | 87 44",
            "00:00:00.002001  net < #1      unit 17   fc 83  2.00 ms, refused 02 illegal data address  11 | 83 02 | c1 34",
            "00:00:00.002002  net < -       unit 18   fc 83  ! answers no request               12 | 83 02 | 31 34"),
        trace.lines);
  }

  @Test
  void aByteLineHoldsEachChunkAsItCame() {
    Lines trace =
        new Lines(TraceLevel.BYTE, LineFraming.RTU)
            .hears(Channel.FROM_CLIENT, bytes("11 03 0064 0002 86 84 01"), 1)
            .hears(Channel.FROM_SERVER, new byte[40], 2);

    assertEquals(
        List.of(
            "00:00:00.000001  net >    9 bytes  11 03 00 64 00 02 86 84  01",
            "00:00:00.000002  net <   40 bytes "
                + (" 00".repeat(8) + " ").repeat(4).stripTrailing(),
            "                                  " + " 00".repeat(8)),
        trace.lines);
  }

  @Test
  void onlyTheUnitThatIsWantedIsTold() {
    Lines trace =
        new Lines(TraceLevel.FRAME, LineFraming.RTU, 18)
            .hears(Channel.FROM_CLIENT, rtu("11 03 0064 0002"), 1)
            .hears(Channel.FROM_SERVER, rtu("11 83 02"), 2)
            .hears(Channel.FROM_CLIENT, rtu("12 03 0064 0002"), 3);
    trace.line.advance(600 * MS);

    assertEquals(2, trace.lines.size(), trace.lines.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          01 0005 000a           | read coil 5 x 10
          02 0005 000a           | read discrete 5 x 10
          04 0000 0002           | read input 0 x 2
          05 0005 0000           | write coil 5 = off
          06 0064 01a4           | write holding 100 = 01a4
          08 0000 1234           | diagnostics 0000 1234
          0b                     | read event counter
          0f 0000 0004 01 0b     | write coil 0 x 4 = 1101
          10 0001 0002 04 0001 0002 | write holding 1 x 2 = 0001 0002
          11                     | report server id
          16 0004 00f2 0025      | mask holding 4 and 00f2 or 0025
          17 0001 0001 0005 0001 02 0009 | write holding 5 x 1 = 0009, read 1 x 1
          18 04de                | read fifo 1246
          2b 0e 01 00            | read identification 1 from object 0
          41 01 02               | function 65: 01 02
          03 00                  | function 3: 00
          """)
  void everyRequestIsToldInWords(String pdu, String words) {
    byte[] request = bytes(pdu);
    StringBuilder text = new StringBuilder();

    PduText.request(text, request, request.length);

    assertEquals(words, text.toString());
  }
}
