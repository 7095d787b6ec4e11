package io.plantbus.app.soak;

/// What the registers of the soak's slaves hold: a number that tells the unit, the address and the
/// moment, so that a value on its way up betrays whose it is and from when.
///
/// A register is `place(unit, address) + ticks`, modulo 65,536, with a tick of 10 ms: it returns
/// after 655 s.
public final class Truth {
  /// How long a value stays.
  public static final long TICK_NANOS = 10_000_000;

  private static final int MODULUS = 65_536;

  private Truth() {}

  /// What a register holds at a time.
  public static int register(int unit, int address, long nanos) {
    return (int) ((place(unit, address) + nanos / TICK_NANOS) & 0xFFFF);
  }

  /// How old a value of that register is: from the moment of which it tells to the given one, in
  /// ticks, 0..65,535; of somebody else's value a number without meaning, so mostly a large one.
  public static int ageTicks(int unit, int address, int value, long nanos) {
    return Math.floorMod(place(unit, address) + nanos / TICK_NANOS - value, MODULUS);
  }

  private static int place(int unit, int address) {
    int mixed = (unit << 16 | address) * 0x9E37_79B9;
    mixed = (mixed ^ mixed >>> 15) * 0x85EB_CA6B;
    return (mixed ^ mixed >>> 13) & 0xFFFF;
  }
}
