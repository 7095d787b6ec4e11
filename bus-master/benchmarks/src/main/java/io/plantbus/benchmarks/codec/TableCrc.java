package io.plantbus.benchmarks.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The checksum of RTU frames by tables, in the known ways: one lookup per byte, and all bytes of a
/// stride at once, each with a table of its own.
final class TableCrc {
  private static final int MOST = 16;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// The table of a byte with `n` bytes of its stride behind it begins at `256 · n`.
  private static final char[] TABLES = new char[MOST << 8];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xA001 : crc >>> 1;
      }
      TABLES[i] = (char) crc;
    }
    for (int i = 256; i < TABLES.length; i++) {
      int nearer = TABLES[i - 256];
      TABLES[i] = (char) (nearer >>> 8 ^ TABLES[nearer & 0xFF]);
    }
  }

  private TableCrc() {}

  static int byBytes(byte[] bytes, int length) {
    return rest(0xFFFF, bytes, 0, length);
  }

  static int byFour(byte[] bytes, int length) {
    int crc = 0xFFFF;
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      crc = four((int) INT.get(bytes, at) ^ crc, 0);
    }
    return rest(crc, bytes, at, length);
  }

  static int byEight(byte[] bytes, int length) {
    int crc = 0xFFFF;
    int at = 0;
    for (; at + 8 <= length; at += 8) {
      crc = eight((long) LONG.get(bytes, at) ^ crc, 0);
    }
    return rest(crc, bytes, at, length);
  }

  static int bySixteen(byte[] bytes, int length) {
    int crc = 0xFFFF;
    int at = 0;
    for (; at + 16 <= length; at += 16) {
      crc = eight((long) LONG.get(bytes, at) ^ crc, 8) ^ eight((long) LONG.get(bytes, at + 8), 0);
    }
    return rest(crc, bytes, at, length);
  }

  private static int rest(int crc, byte[] bytes, int from, int length) {
    int rest = crc;
    for (int at = from; at < length; at++) {
      rest = rest >>> 8 ^ TABLES[(rest ^ bytes[at]) & 0xFF];
    }
    return rest;
  }

  private static int eight(long word, int behind) {
    return four((int) word, behind + 4) ^ four((int) (word >>> 32), behind);
  }

  private static int four(int word, int behind) {
    return TABLES[((behind + 3) << 8) | (word & 0xFF)]
        ^ TABLES[((behind + 2) << 8) | (word >>> 8 & 0xFF)]
        ^ TABLES[((behind + 1) << 8) | (word >>> 16 & 0xFF)]
        ^ TABLES[(behind << 8) | (word >>> 24)];
  }
}
