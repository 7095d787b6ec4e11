package io.plantbus.protocols.modbus.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The checksum of RTU frames: polynomial 0xA001 (reflected), initial value 0xFFFF, sent low byte
/// first (SL 2.5.1.2 and 6.2.2).
///
/// The polynomial is sparse, `x¹⁶ + x¹⁵ + x² + 1 = (x + 1)(x¹⁵ + x + 1)`, and squaring keeps it so:
/// modulo the second factor `x¹⁵ = x + 1`, hence `x⁶⁰ = x⁴ + 1` and `x⁶⁴ = x⁸ + x⁴`. Moving a
/// remainder on by eight bytes is two shifts, and one modulo the first factor is the parity of all
/// bits. So frames of 16 bytes and more go by two words of eight bytes per step, without a table;
/// what is left goes by two bytes per step with two tables.
public final class Crc16 {
  /// Bytes that the checksum takes on the wire.
  public static final int BYTES = 2;

  private static final int INITIAL = 0xFFFF;

  /// From here on folding pays.
  private static final int FOLDED_BYTES = 16;

  /// Reflected as the checksum is: the lowest bit of the first byte has the highest power.
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// `x¹⁵ + x + 1`, whose parity is odd, reflected in a word.
  private static final long ODD_FACTOR = 1L << 63 | 1L << 62 | 1L << 48;

  private static final char[] NEAR = new char[256];
  private static final char[] FAR = new char[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xA001 : crc >>> 1;
      }
      NEAR[i] = (char) crc;
    }
    for (int i = 0; i < 256; i++) {
      FAR[i] = (char) (NEAR[i] >>> 8 ^ NEAR[NEAR[i] & 0xFF]);
    }
  }

  private Crc16() {}

  /// The checksum of `length` bytes.
  ///
  /// @return 0..0xFFFF
  public static int of(byte[] bytes, int offset, int length) {
    int crc = INITIAL;
    int at = offset;
    int end = offset + length;
    if (length >= FOLDED_BYTES) {
      int folded = length & -Long.BYTES;
      crc = fold(bytes, offset, folded);
      at += folded;
    }
    for (; at + 1 < end; at += 2) {
      crc ^= (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
      crc = FAR[crc & 0xFF] ^ NEAR[crc >>> 8];
    }
    if (at < end) {
      crc = crc >>> 8 ^ NEAR[(crc ^ bytes[at]) & 0xFF];
    }
    return crc;
  }

  /// The checksum of bytes without a table.
  ///
  /// @param length a multiple of 8, at least 16
  private static int fold(byte[] bytes, int offset, int length) {
    long even = (long) WORD.get(bytes, offset) ^ INITIAL;
    long odd = (long) WORD.get(bytes, offset + Long.BYTES);
    long parity = even ^ odd;
    int at = offset + 2 * Long.BYTES;
    int end = offset + length;
    for (; at + Long.BYTES < end; at += 2 * Long.BYTES) {
      long first = (long) WORD.get(bytes, at);
      long second = (long) WORD.get(bytes, at + Long.BYTES);
      even = twoWordsOn(even) ^ first;
      odd = twoWordsOn(odd) ^ second;
      parity ^= first ^ second;
    }
    long remainder = oneWordOn(even) ^ odd;
    if (at < end) {
      long last = (long) WORD.get(bytes, at);
      remainder = oneWordOn(remainder) ^ last;
      parity ^= last;
    }
    if ((Long.bitCount(remainder ^ parity) & 1) != 0) {
      remainder ^= ODD_FACTOR;
    }
    int crc = 0;
    for (int bit = 0; bit < Long.SIZE; bit += 16) {
      crc ^= (int) (remainder >>> bit) & 0xFFFF;
      crc = FAR[crc & 0xFF] ^ NEAR[crc >>> 8];
    }
    return crc;
  }

  /// `word · x⁶⁴` modulo `x¹⁵ + x + 1`: what the shifts push over the top is moved on in turn.
  private static long oneWordOn(long word) {
    long all = word ^ word << 56 ^ word << 60;
    return all >>> 8 ^ all >>> 4;
  }

  /// `word · x¹²⁸` modulo `x¹⁵ + x + 1`, where `x¹²⁸ = x¹⁶ + x⁸`.
  private static long twoWordsOn(long word) {
    long over = word << 48 ^ word << 56;
    return word >>> 16 ^ word >>> 8 ^ over >>> 8 ^ over >>> 4;
  }

  /// Writes the checksum of `length` bytes behind them.
  ///
  /// @return `length` with the checksum
  public static int append(byte[] bytes, int offset, int length) {
    int crc = of(bytes, offset, length);
    bytes[offset + length] = (byte) crc;
    bytes[offset + length + 1] = (byte) (crc >>> 8);
    return length + BYTES;
  }

  /// Whether the last two of `length` bytes are the checksum of those before.
  public static boolean isValid(byte[] bytes, int offset, int length) {
    return length > BYTES && of(bytes, offset, length) == 0;
  }
}
