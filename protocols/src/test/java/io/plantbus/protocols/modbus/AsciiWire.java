package io.plantbus.protocols.modbus;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Characters of ASCII frames for tests, their checksum computed in another way than the product's.
public final class AsciiWire {
  private AsciiWire() {}

  /// The frame of unit id and protocol data unit.
  public static byte[] frame(String unitAndPdu) {
    byte[] body = Wire.hex(unitAndPdu);
    int lrc = 0x100;
    for (byte one : body) {
      lrc -= one & 0xFF;
    }
    String digits = (unitAndPdu + " %02x".formatted(lrc & 0xFF)).replace(" ", "");
    return characters(":" + digits.toUpperCase(Locale.ROOT) + "\r\n");
  }

  /// Any characters.
  public static byte[] characters(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The same the other way round.
  public static String text(byte[] characters) {
    return new String(characters, StandardCharsets.ISO_8859_1);
  }
}
