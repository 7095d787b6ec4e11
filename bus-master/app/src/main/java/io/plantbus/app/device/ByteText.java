package io.plantbus.app.device;

import io.plantbus.protocols.ByteBlock;

/// Bytes as people read them.
public final class ByteText {
  private ByteText() {}

  /// As ASCII text; what is not printable stands as `\xE9`, and a backslash twice.
  public static String text(ByteBlock bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      int value = bytes.byteAt(i);
      if (value == '\\') {
        text.append("\\\\");
      } else if (value >= ' ' && value < 0x7F) {
        text.append((char) value);
      } else {
        text.append("\\x%02X".formatted(value));
      }
    }
    return text.toString();
  }

  /// In hexadecimal, a space between two.
  public static String hex(ByteBlock bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      text.append(i == 0 ? "" : " ").append("%02x".formatted(bytes.byteAt(i)));
    }
    return text.toString();
  }
}
