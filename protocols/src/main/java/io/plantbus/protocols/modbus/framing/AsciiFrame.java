package io.plantbus.protocols.modbus.framing;

/// The frame of ASCII mode (SL 2.5.2.1), two hexadecimal characters for each byte:
///
/// ```
///  ┌───┬──────┬─ 1..253 bytes ─┬─────┬────┬────┐
///  │ : │ unit │ PDU            │ LRC │ CR │ LF │
///  └───┴──────┴────────────────┴─────┴────┴────┘
/// ```
public final class AsciiFrame {
  /// The longest frame.
  public static final int MAX_CHARACTERS = 513;

  /// What ends a frame unless a server was told another character (AP 6.8, sub-function 3).
  public static final int LINE_FEED = '\n';

  static final int COLON = ':';
  static final int CARRIAGE_RETURN = '\r';

  private static final int AROUND_DIGITS = 3;
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private AsciiFrame() {}

  /// Makes a frame of unit id and protocol data unit, in place.
  ///
  /// @param bytes hold unit id and protocol data unit from 0 on, and have room for the frame
  /// @param length 2..254
  /// @param delimiter the last character
  /// @return characters of the frame, 5 + 2 × `length`
  public static int seal(byte[] bytes, int length, int delimiter) {
    int lrc = Lrc.of(bytes, 0, length);
    // Backwards, since the digits of a byte stand behind it.
    put(bytes, length, lrc);
    for (int i = length - 1; i >= 0; i--) {
      put(bytes, i, bytes[i]);
    }
    bytes[0] = COLON;
    int characters = 2 * (length + 1) + AROUND_DIGITS;
    bytes[characters - 2] = CARRIAGE_RETURN;
    bytes[characters - 1] = (byte) delimiter;
    return characters;
  }

  private static void put(byte[] into, int index, int value) {
    into[1 + 2 * index] = DIGITS[value >> 4 & 0xF];
    into[2 + 2 * index] = DIGITS[value & 0xF];
  }

  /// The value of a hexadecimal digit in either case.
  ///
  /// @return 0..15, or -1 for any other character
  static int digit(int character) {
    if (character >= '0' && character <= '9') {
      return character - '0';
    }
    int upper = character & ~0x20;
    return upper >= 'A' && upper <= 'F' ? upper - 'A' + 10 : -1;
  }

  /// Requires a character that can end a frame: neither `:` nor carriage return nor a hexadecimal
  /// digit.
  ///
  /// @param character 0..255
  /// @return the character
  /// @throws IllegalArgumentException if it cannot
  public static int requireDelimiter(int character) {
    if (!isDelimiter(character)) {
      throw new IllegalArgumentException(
          "an ASCII frame cannot end with character 0x%02X".formatted(character));
    }
    return character;
  }

  /// Whether a character can end a frame.
  public static boolean isDelimiter(int character) {
    return character >= 0
        && character <= 0xFF
        && character != COLON
        && character != CARRIAGE_RETURN
        && digit(character) < 0;
  }
}
