package io.plantbus.simulators.serial;

import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.SerialSettings.Parity;

/// One character as levels on the pair, and what a receiver with settings of its own makes of it.
final class CharacterFrame {
  /// What a receiver hands over for a character with a parity or framing error, as Linux does.
  static final int BROKEN = 0x00;

  private final SerialSettings sender;
  private final int levels;
  private final int bits;

  /// @param value 0..255; bits beyond the sender's data bits are cut off
  CharacterFrame(SerialSettings sender, int value) {
    this.sender = sender;
    this.bits = sender.bitsPerCharacter();
    int data = value & mask(sender.dataBits());
    int frame = data << 1;
    int next = 1 + sender.dataBits();
    if (sender.parity() != Parity.NONE) {
      frame |= parityBit(sender.parity(), data) << next++;
    }
    for (; next < bits; next++) {
      frame |= 1 << next;
    }
    this.levels = frame;
  }

  /// Whether a receiver understands every character of the sender.
  static boolean understands(SerialSettings receiver, SerialSettings sender) {
    return receiver.baud() == sender.baud()
        && receiver.dataBits() == sender.dataBits()
        && receiver.parity() == sender.parity();
  }

  /// Samples the character in the middle of the receiver's bits, idle after its end.
  ///
  /// @param into takes what the receiver hands over
  /// @return how many characters the receiver saw
  int sample(SerialSettings receiver, byte[] into) {
    double receiverBit = (double) sender.baud() / receiver.baud();
    int count = 0;
    double start = nextStart(0);
    while (start < bits && count < into.length) {
      into[count++] = (byte) sampleOne(receiver, receiverBit, start);
      start = nextStart(start + receiverBit * (receiver.bitsPerCharacter() - 0.5));
    }
    return count;
  }

  private int sampleOne(SerialSettings receiver, double receiverBit, double start) {
    int value = 0;
    for (int bit = 0; bit < receiver.dataBits(); bit++) {
      value |= level(start + receiverBit * (1.5 + bit)) << bit;
    }
    int next = 1 + receiver.dataBits();
    boolean sound = true;
    if (receiver.parity() != Parity.NONE) {
      sound = level(start + receiverBit * (next + 0.5)) == parityBit(receiver.parity(), value);
      next++;
    }
    sound &= level(start + receiverBit * (next + 0.5)) == 1;
    return sound ? value : BROKEN;
  }

  /// The next change from idle to low at or after a time, in bits of the sender.
  private double nextStart(double from) {
    for (int bit = (int) Math.ceil(from); bit < bits; bit++) {
      if (level(bit + 0.5) == 0 && level(bit - 0.5) == 1) {
        return bit;
      }
    }
    return bits;
  }

  private int level(double bit) {
    return bit < 0 || bit >= bits ? 1 : (levels >> (int) bit) & 1;
  }

  private static int parityBit(Parity parity, int data) {
    int odd = Integer.bitCount(data) & 1;
    return switch (parity) {
      case NONE -> 1;
      case EVEN -> odd;
      case ODD -> 1 - odd;
    };
  }

  private static int mask(int dataBits) {
    return (1 << dataBits) - 1;
  }
}
