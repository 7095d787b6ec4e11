package io.plantbus.simulators;

import java.util.SplittableRandom;

/// One seed for a whole simulation, split by the names of its components.
final class Seed {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Seed() {}

  static SplittableRandom random(long seed, String component) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ hash(FNV_OFFSET, component));
  }

  /// FNV-1a over the characters, which no version of Java changes.
  static long hash(long start, CharSequence text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  static long emptyHash() {
    return FNV_OFFSET;
  }
}
