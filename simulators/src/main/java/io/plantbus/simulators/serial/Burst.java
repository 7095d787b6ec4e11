package io.plantbus.simulators.serial;

import io.plantbus.hal.SerialSettings;
import io.plantbus.simulators.Alarm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Characters without a gap between them, on their way from one driver to everybody else.
///
/// ```
///  start ├─ c ─┼─ c ─┼─ c ─┤ end      another one that overlaps in time garbles the characters
///        └ bytes[0] …                 that it overlaps, no others
/// ```
///
/// What was heard of a character is settled when its time is over. Used again and again by its
/// pair.
final class Burst {
  private static final int FIRST_BYTES = 64;

  private final SimulatedRs485 pair;
  final Alarm end;
  String station = "";
  @Nullable SimulatedSerialLine port;
  SerialSettings settings = SerialSettings.MODBUS_DEFAULT;

  /// Whether somebody drives the pair, who collides with others; not so noise.
  boolean isDriver;

  /// Whether it is on the pair, and not sent by somebody who is off it.
  boolean isOnPair;

  boolean hasEnded;
  boolean isGarbled;
  long startNanos;
  long characterNanos;
  int length;

  /// Receptions that still take from it.
  int receptions;

  private byte[] bytes = new byte[FIRST_BYTES];
  private byte[] heard = new byte[0];
  private boolean contested;
  private int settled;

  Burst(SimulatedRs485 pair) {
    this.pair = pair;
    this.end = pair.alarm(() -> pair.ended(this));
  }

  void begin(
      String sender,
      @Nullable SimulatedSerialLine sentBy,
      SerialSettings sentWith,
      long nowNanos,
      boolean drives,
      boolean onPair) {
    station = sender;
    port = sentBy;
    settings = sentWith;
    isDriver = drives;
    isOnPair = onPair;
    hasEnded = false;
    isGarbled = false;
    startNanos = nowNanos;
    characterNanos = sentWith.characterNanos();
    length = 0;
    contested = false;
    settled = 0;
  }

  void append(byte[] from, int offset, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  long endNanos() {
    return startNanos + length * characterNanos;
  }

  /// Characters that are over at a time.
  int completeAt(long nanos) {
    return nanos >= endNanos() ? length : (int) Math.max(0, (nanos - startNanos) / characterNanos);
  }

  /// Characters that have begun before a time.
  int begunBefore(long nanos) {
    return (int) Math.min(length, Math.ceilDiv(nanos - startNanos, characterNanos));
  }

  boolean overlaps(long fromNanos, long untilNanos) {
    return isOnPair && startNanos < untilNanos && endNanos() > fromNanos;
  }

  /// Somebody else is on the pair from now on: each character has to be looked at.
  ///
  /// @return whether that is new
  boolean contest(long nowNanos) {
    if (contested) {
      return false;
    }
    contested = true;
    settled = completeAt(nowNanos);
    if (heard.length < settled) {
      heard = new byte[bytes.length];
    }
    System.arraycopy(bytes, 0, heard, 0, settled);
    return true;
  }

  /// Tells what became of the characters that are over.
  void settle(long nowNanos) {
    if (!contested || settled == length) {
      return;
    }
    int over = completeAt(nowNanos);
    if (heard.length < over) {
      heard = Arrays.copyOf(heard, bytes.length);
    }
    while (settled < over) {
      long from = startNanos + settled * characterNanos;
      int spoilt = pair.spoilt(this, from, from + characterNanos);
      heard[settled] = spoilt < 0 ? bytes[settled] : (byte) spoilt;
      settled++;
    }
  }

  /// As they were sent.
  byte[] sent() {
    return bytes;
  }

  /// As they are heard, as far as settled.
  byte[] heard() {
    return contested ? heard : bytes;
  }
}
