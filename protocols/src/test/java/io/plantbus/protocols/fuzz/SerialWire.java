package io.plantbus.protocols.fuzz;

import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.Crc16;
import java.util.Arrays;

/// A serial line of either framing: makes frames, and finds them again in what came, by means of
/// its own.
final class SerialWire {
  /// What [#open] tells of bytes that are no frame.
  static final int NO_FRAME = -1;

  private static final int LONGEST_BODY = 254;
  private static final int AROUND_DIGITS = 3;

  final Wiring wiring = new Wiring();
  final boolean ascii;

  /// The last character of ASCII frames.
  int delimiter;

  private final byte[] frame = new byte[AsciiFrame.MAX_CHARACTERS];
  private final byte[] opened = new byte[LONGEST_BODY + Crc16.BYTES];

  SerialWire(boolean ascii) {
    this.ascii = ascii;
  }

  /// Begins another life.
  void begin(boolean isLong) {
    wiring.begin(isLong);
    delimiter = AsciiFrame.LINE_FEED;
  }

  /// Puts the frame of a unit id and protocol data unit behind what is here.
  void put(byte[] body, int length) {
    int framed = frame(body, length);
    System.arraycopy(frame, 0, wiring.bytes, wiring.filled, framed);
    wiring.filled += framed;
  }

  private int frame(byte[] body, int length) {
    System.arraycopy(body, 0, frame, 0, length);
    return ascii ? AsciiFrame.seal(frame, length, delimiter) : Crc16.append(frame, 0, length);
  }

  /// Where the first frame of this unit id and protocol data unit ends that came from `since` on.
  ///
  /// @return [#NO_FRAME] if none came
  int findEnd(byte[] body, int bodyLength, int since) {
    int length = frame(body, bodyLength);
    for (int at = since; at <= wiring.delivered - length; at++) {
      if (ascii
          ? standsInEitherCase(at, length)
          : Arrays.equals(wiring.bytes, at, at + length, frame, 0, length)) {
        return at + length;
      }
    }
    return NO_FRAME;
  }

  private boolean standsInEitherCase(int at, int length) {
    if (wiring.bytes[at] != ':' || wiring.bytes[at + length - 1] != frame[length - 1]) {
      return false;
    }
    for (int i = 1; i < length - 1; i++) {
      byte found = wiring.bytes[at + i];
      if (found != frame[i] && (frame[i] < 'A' || found != (frame[i] | 0x20))) {
        return false;
      }
    }
    return true;
  }

  /// Reads bytes that are to be one frame and nothing else into [#opened()].
  ///
  /// @return bytes of unit id and protocol data unit, or [#NO_FRAME]
  int open(byte[] bytes, int offset, int length) {
    if (ascii) {
      return openDigits(bytes, offset, length);
    }
    if (length < 2 + Crc16.BYTES
        || length > LONGEST_BODY + Crc16.BYTES
        || !Crc16.isValid(bytes, offset, length)) {
      return NO_FRAME;
    }
    System.arraycopy(bytes, offset, opened, 0, length - Crc16.BYTES);
    return length - Crc16.BYTES;
  }

  private int openDigits(byte[] bytes, int offset, int length) {
    int count = (length - AROUND_DIGITS) / 2;
    if (length % 2 == 0
        || count < 3
        || count > LONGEST_BODY + 1
        || bytes[offset] != ':'
        || bytes[offset + length - 2] != '\r') {
      return NO_FRAME;
    }
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int high = Character.digit(bytes[offset + 1 + 2 * i], 16);
      int low = Character.digit(bytes[offset + 2 + 2 * i], 16);
      if (high < 0 || low < 0) {
        return NO_FRAME;
      }
      opened[i] = (byte) (high << 4 | low);
      sum += opened[i];
    }
    return (sum & 0xFF) == 0 ? count - 1 : NO_FRAME;
  }

  /// The frame read last; its first bytes are unit id and protocol data unit.
  byte[] opened() {
    return opened;
  }

  /// Whether an ASCII frame may end with this character.
  static boolean isDelimiter(int character) {
    return character != ':' && character != '\r' && Character.digit(character, 16) < 0;
  }
}
