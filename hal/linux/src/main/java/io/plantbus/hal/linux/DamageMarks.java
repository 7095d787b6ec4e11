package io.plantbus.hal.linux;

import java.util.concurrent.atomic.AtomicLong;

/// Reads what the kernel's `PARMRK` makes of the input, wherever reads cut it.
///
/// | in the input | means |
/// |---|---|
/// | `FF FF` | the character FF |
/// | `FF 00 xx` | a damaged character: wrong parity, no stop bit, or a break |
/// | any other | itself |
///
/// Damaged characters are dropped and counted. [#dropped()] is for any thread, the rest for one.
final class DamageMarks {
  private static final byte MARK = (byte) 0xFF;

  private enum Place {
    DATA,
    AFTER_MARK,
    BEFORE_DAMAGED
  }

  private final AtomicLong dropped = new AtomicLong();
  private Place place = Place.DATA;

  /// Leaves only good characters in the first `count` bytes.
  ///
  /// @return how many they are
  int strip(byte[] input, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      byte next = input[i];
      switch (place) {
        case DATA -> {
          if (next == MARK) {
            place = Place.AFTER_MARK;
          } else {
            input[kept++] = next;
          }
        }
        case AFTER_MARK -> {
          place = next == 0 ? Place.BEFORE_DAMAGED : Place.DATA;
          if (next != 0) {
            input[kept++] = next;
          }
        }
        case BEFORE_DAMAGED -> {
          place = Place.DATA;
          dropped.setRelease(dropped.getPlain() + 1);
        }
      }
    }
    return kept;
  }

  /// Damaged characters so far.
  long dropped() {
    return dropped.getAcquire();
  }
}
