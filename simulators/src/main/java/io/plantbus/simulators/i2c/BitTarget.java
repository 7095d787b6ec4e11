package io.plantbus.simulators.i2c;

import io.plantbus.hal.I2cAddress;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Follows the edges of the wires for one chip: compares addresses, shifts bits, acknowledges and
/// holds the clock (UM10204, 3.1.5 to 3.1.11).
final class BitTarget {
  private enum Mode {
    ADDRESS,
    /// The second byte of a 10-bit address.
    SECOND,
    RECEIVING,
    SENDING
  }

  private final Wires wires;
  private final I2cTarget chip;
  private final boolean tenBit;

  /// What the first byte must be, direction bit aside.
  private final int firstByte;

  private final int secondByte;
  private final int dataNanos;

  private Mode mode = Mode.ADDRESS;
  private Mode following = Mode.ADDRESS;
  private int bits;
  private int shift;
  private boolean pulling;
  private boolean acknowledged;
  private boolean told;
  private boolean tenBitSelected;

  private boolean mute;
  private boolean refusing;
  private int garbledByte = -1;
  private int garbledMask;
  private @Nullable SplittableRandom noise;
  private int sent;

  BitTarget(Wires wires, BusTiming timing, I2cAddress address, I2cTarget chip) {
    this.wires = wires;
    this.chip = chip;
    this.tenBit = address.tenBit();
    this.firstByte = tenBit ? 0xF0 | (address.value() >> 8) << 1 : address.value() << 1;
    this.secondByte = address.value() & 0xFF;
    this.dataNanos = timing.data();
  }

  /// Does not answer to its address during the next message.
  void mute() {
    mute = true;
  }

  /// Refuses data and being read during the next message.
  void refuse() {
    refusing = true;
  }

  /// Inverts bits of a byte that is read in the next message.
  void garble(int index, int mask) {
    garbledByte = index;
    garbledMask = mask;
  }

  /// Sends random bytes in the next message.
  void babble(SplittableRandom random) {
    noise = random;
  }

  void behave() {
    mute = false;
    refusing = false;
    garbledByte = -1;
    noise = null;
  }

  void started() {
    release();
    mode = Mode.ADDRESS;
    bits = 0;
    shift = 0;
  }

  void stopped() {
    tenBitSelected = false;
    if (told) {
      told = false;
      chip.stop(wires.chipNanos());
    }
  }

  /// Gives up what it was doing.
  void reset() {
    release();
    stopped();
  }

  void clockRose(boolean sda) {
    bits++;
    if (mode == Mode.SENDING) {
      if (bits == 9) {
        acknowledged = !sda;
      }
    } else if (bits <= 8) {
      shift = shift << 1 | (sda ? 1 : 0);
    }
  }

  /// A falling edge of SCL; tells whether it goes on listening.
  boolean clockFell() {
    if (mode == Mode.SENDING) {
      return send();
    }
    if (bits == 8) {
      following = Mode.RECEIVING;
      if (!acknowledges(shift & 0xFF)) {
        return false;
      }
      pull();
    } else if (bits == 9) {
      bits = 0;
      shift = 0;
      goOn();
    }
    return true;
  }

  private boolean acknowledges(int value) {
    return switch (mode) {
      case ADDRESS -> !mute && answersTo(value);
      case SECOND -> {
        tenBitSelected = value == secondByte;
        yield tenBitSelected && begins(false);
      }
      case RECEIVING -> !refusing && chip.write(value, wires.chipNanos());
      case SENDING -> false;
    };
  }

  private boolean answersTo(int value) {
    if (value == 0) {
      boolean listens = chip.generalCall(wires.chipNanos());
      told |= listens;
      return listens;
    }
    if ((value & 0xFE) != firstByte) {
      tenBitSelected = false;
      return false;
    }
    boolean reading = (value & 1) != 0;
    if (tenBit && !reading) {
      following = Mode.SECOND;
      return true;
    }
    following = reading ? Mode.SENDING : Mode.RECEIVING;
    return (!tenBit || tenBitSelected) && begins(reading);
  }

  private boolean begins(boolean reading) {
    told = true;
    return !(reading && refusing) && chip.start(reading, wires.chipNanos());
  }

  /// After an acknowledge bit of its own.
  private void goOn() {
    release();
    if (mode == Mode.RECEIVING) {
      stretch(chip.stretchByteNanos(wires.chipNanos()));
    } else if (following != Mode.SECOND) {
      stretch(chip.stretchNanos(wires.chipNanos()));
    }
    mode = following;
    if (mode == Mode.SENDING) {
      sent = 0;
      load();
    }
  }

  private boolean send() {
    if (bits < 8) {
      drive((shift >> (7 - bits) & 1) != 0);
    } else if (bits == 8) {
      release();
    } else {
      bits = 0;
      if (!acknowledged) {
        return false;
      }
      stretch(chip.stretchByteNanos(wires.chipNanos()));
      load();
    }
    return true;
  }

  private void load() {
    shift = chip.read(wires.chipNanos()) & 0xFF;
    if (noise != null) {
      shift = noise.nextInt(256);
    }
    if (sent++ == garbledByte) {
      shift ^= garbledMask;
    }
    drive((shift & 0x80) != 0);
  }

  private void stretch(long nanos) {
    if (nanos > 0) {
      wires.hold(nanos);
    }
  }

  private void drive(boolean high) {
    if (high) {
      release();
    } else {
      pull();
    }
  }

  private void pull() {
    if (!pulling) {
      pulling = true;
      wires.pullSda(dataNanos);
    }
  }

  private void release() {
    if (pulling) {
      pulling = false;
      wires.releaseSda(dataNanos);
    }
  }
}
