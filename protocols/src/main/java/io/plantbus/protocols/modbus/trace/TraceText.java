package io.plantbus.protocols.modbus.trace;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Consumer;

/// A trace of one line for people, one text line per event, at one level and for one unit or all.
///
/// ```
///  application  12:03:04.123456  net    #12     unit 17   read holding 100 x 2 -> 1.50 ms: 0001 0002
///  frame        12:03:04.123456  net  > #12     unit 17   read holding 100 x 2   000c … 11 | 03 …
///  byte         12:03:04.123456  net  >  12 bytes  00 0c 00 00 00 06 11 03 …
/// ```
///
/// Times are nanoseconds since 1970 (UTC), shown with microseconds. Owned by one thread.
public final class TraceText implements FrameListener {
  /// Stands for every unit.
  public static final int ALL_UNITS = -1;

  private static final int BYTES_PER_ROW = 32;

  private final TraceLevel level;
  private final int unit;
  private final LineFraming framing;
  private final String name;
  private final ZoneId zone;
  private final Consumer<String> out;
  private final StringBuilder text = new StringBuilder(256);

  /// @param unit whose frames are told, 0..255, or [#ALL_UNITS]; garbage is told in any case
  /// @param name of the line, padded to the width of the longest one
  /// @param zone for the time of day
  /// @param out takes each text line, without its end
  public TraceText(
      TraceLevel level,
      int unit,
      LineFraming framing,
      String name,
      ZoneId zone,
      Consumer<String> out) {
    this.level = level;
    this.unit = unit;
    this.framing = framing;
    this.name = name;
    this.zone = zone;
    this.out = out;
  }

  /// What a frame says in a few words, such as `#12: read holding 100 x 2` or `#12: answer after
  /// 1.50 ms: 0001 0002`.
  public static String summary(TracedFrame frame) {
    StringBuilder words = new StringBuilder();
    if (frame.number > 0) {
      words.append('#').append(frame.number).append(": ");
    }
    TracedFrame request = frame.request;
    if (frame.verdict != Verdict.VALID) {
      words.append(frame.verdict.words());
    } else if (request != null) {
      words.append("answer after ").append(millis(frame.roundTripNanos())).append(": ");
      PduText.response(words, frame.pdu(), frame.pduLength, request.pdu(), request.pduLength);
    } else {
      PduText.request(words, frame.pdu(), frame.pduLength);
    }
    return words.toString();
  }

  /// Bytes as they came: told at the level of bytes only.
  public void chunk(Channel channel, byte[] bytes, int offset, int length, long epochNanos) {
    if (level != TraceLevel.BYTE) {
      return;
    }
    for (int row = 0; row < length; row += BYTES_PER_ROW) {
      if (row == 0) {
        begin(epochNanos, arrow(channel));
        pad(length + (length == 1 ? " byte" : " bytes"), 10, true);
      } else {
        text.setLength(0);
        text.repeat(' ', 15 + 2 + name.length() + 1 + 2 + 10);
      }
      text.append(' ');
      for (int i = row; i < Math.min(length, row + BYTES_PER_ROW); i++) {
        text.append(i % 8 == 0 && i > row ? "  " : " ");
        PduText.hex(text, bytes[offset + i]);
      }
      end();
    }
  }

  /// Something that happened to the line itself, such as its opening.
  public void event(String words, long epochNanos) {
    begin(epochNanos, "=");
    text.append(words);
    end();
  }

  @Override
  public void frame(TracedFrame frame) {
    if (level == TraceLevel.BYTE || !isWanted(frame)) {
      return;
    }
    if (level == TraceLevel.FRAME) {
      wholeFrame(frame);
    } else {
      transaction(frame);
    }
  }

  private boolean isWanted(TracedFrame frame) {
    return unit == ALL_UNITS || frame.unit == unit || frame.verdict == Verdict.GARBAGE;
  }

  private void transaction(TracedFrame frame) {
    TracedFrame request = frame.request;
    boolean broadcast = framing.isSerial() && frame.unit == 0;
    if (frame.verdict == Verdict.VALID && !frame.response) {
      if (broadcast) {
        head(frame, frame.endNanos);
        asked(frame);
        text.append("to all, nobody answers");
        end();
      }
    } else if (request != null) {
      head(request, request.endNanos);
      asked(request);
      text.append("-> ");
      pad(millis(frame.roundTripNanos()), 9, true);
      text.append("  ");
      answer(frame, request);
      if (frame.verdict == Verdict.LATE) {
        text.append("  (late)");
      }
      end();
    } else {
      trouble(frame);
    }
  }

  private void trouble(TracedFrame frame) {
    head(frame, frame.endNanos);
    text.append("! ").append(frame.response ? "answer: " : "request: ");
    if (frame.verdict.isFrame()) {
      text.append(frame.verdict.words()).append(": ");
      PduText.bytes(text, frame.bytes(), 0, frame.keptLength());
    } else {
      noFrame(frame);
    }
    end();
  }

  private void noFrame(TracedFrame frame) {
    text.append(frame.length())
        .append(frame.length() == 1 ? " byte that makes" : " bytes that make");
    text.append(" no frame: ");
    PduText.bytes(text, frame.bytes(), 0, frame.keptLength());
  }

  private void wholeFrame(TracedFrame frame) {
    begin(frame.endNanos, frame.response ? "<" : ">");
    numbers(frame);
    int at = text.length();
    if (!frame.verdict.isFrame()) {
      text.append("! ");
      noFrame(frame);
      end();
      return;
    }
    text.append("fc ");
    PduText.hex(text, (byte) frame.function());
    text.append("  ");
    if (frame.verdict == Verdict.CHECKSUM_WRONG) {
      text.append("! checksum wrong");
    } else if (frame.response) {
      told(frame);
    } else {
      PduText.request(text, frame.pdu(), frame.pduLength);
    }
    text.repeat(' ', Math.max(2, at + 42 - text.length()));
    adu(frame);
    end();
  }

  private void told(TracedFrame frame) {
    if (frame.request == null) {
      text.append("! ").append(frame.verdict.words());
      return;
    }
    text.append(millis(frame.roundTripNanos()));
    if (frame.verdict == Verdict.LATE) {
      text.append(", late");
    }
    if ((frame.function() & 0x80) != 0) {
      text.append(", ");
      answer(frame, frame.request);
    }
  }

  private void answer(TracedFrame frame, TracedFrame request) {
    PduText.response(text, frame.pdu(), frame.pduLength, request.pdu(), request.pduLength);
  }

  /// The bytes with bars between header, protocol data unit and checksum.
  private void adu(TracedFrame frame) {
    if (framing == LineFraming.ASCII) {
      for (int i = 0; i < frame.keptLength(); i++) {
        char character = (char) (frame.bytes()[i] & 0x7F);
        text.append(character >= ' ' ? String.valueOf(character) : "");
      }
      return;
    }
    int before = framing == LineFraming.RTU ? 1 : 7;
    for (int i = 0; i < frame.keptLength(); i++) {
      boolean bar = i == before || (framing == LineFraming.RTU && i == frame.length() - 2);
      text.append(i == 0 ? "" : bar ? " | " : " ");
      PduText.hex(text, frame.bytes()[i]);
    }
  }

  @Override
  public void unanswered(TracedFrame request, long nowNanos) {
    if (level == TraceLevel.BYTE || !isWanted(request)) {
      return;
    }
    if (level == TraceLevel.FRAME) {
      begin(nowNanos, "!");
      numbers(request);
      text.append("no answer in ").append(millis(nowNanos - request.endNanos));
    } else {
      head(request, request.endNanos);
      asked(request);
      text.append("-> no answer in ").append(millis(nowNanos - request.endNanos));
    }
    end();
  }

  private void begin(long epochNanos, String mark) {
    text.setLength(0);
    LocalTime time =
        Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L),
                Math.floorMod(epochNanos, 1_000_000_000L))
            .atZone(zone)
            .toLocalTime();
    two(time.getHour());
    text.append(':');
    two(time.getMinute());
    text.append(':');
    two(time.getSecond());
    text.append('.');
    String micros = Integer.toString(time.getNano() / 1000);
    text.repeat('0', 6 - micros.length()).append(micros);
    text.append("  ").append(name).append(' ').append(mark).append(' ');
  }

  private void two(int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private void head(TracedFrame frame, long epochNanos) {
    begin(epochNanos, " ");
    numbers(frame);
  }

  private void numbers(TracedFrame frame) {
    pad(frame.number == 0 ? "-" : "#" + frame.number, 8, false);
    pad(frame.unit < 0 ? "" : "unit " + frame.unit, 10, false);
  }

  private void asked(TracedFrame request) {
    int at = text.length();
    PduText.request(text, request.pdu(), request.pduLength);
    text.repeat(' ', Math.max(1, at + 30 - text.length()));
  }

  private void pad(String word, int width, boolean right) {
    int missing = Math.max(0, width - word.length());
    if (right) {
      text.repeat(' ', missing).append(word);
    } else {
      text.append(word).repeat(' ', missing);
    }
  }

  private static String arrow(Channel channel) {
    return switch (channel) {
      case FROM_CLIENT -> ">";
      case FROM_SERVER -> "<";
      case EITHER -> " ";
    };
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  private void end() {
    out.accept(text.toString().stripTrailing());
  }
}
