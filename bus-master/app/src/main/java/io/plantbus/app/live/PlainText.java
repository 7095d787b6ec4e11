package io.plantbus.app.live;

import java.nio.charset.Charset;

/// Text for terminals that know ASCII only, one character for each other one, so that columns stay
/// where they are.
public final class PlainText {
  private static final String FANCY = "█▓▒░·…–└→°µΩ²³";
  private static final String PLAIN = "#=-:.~-`>'uO23";

  private PlainText() {}

  /// Whether a terminal of this character set needs it.
  public static boolean isNeeded(Charset charset) {
    return !charset.canEncode() || !charset.newEncoder().canEncode(FANCY);
  }

  /// The text in ASCII; what has no likeness there becomes a question mark.
  public static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      int at = each < 0x80 ? -1 : FANCY.indexOf(each);
      plain.append(each < 0x80 ? each : at < 0 ? '?' : PLAIN.charAt(at));
    }
    return plain.toString();
  }
}
