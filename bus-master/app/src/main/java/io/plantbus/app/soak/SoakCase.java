package io.plantbus.app.soak;

import java.util.BitSet;
import java.util.Locale;

/// One run that can be repeated: a seed, a span, and what was taken out of it while it was made
/// small. Everything in it is drawn on its own, so that what is taken out changes nothing else.
///
/// @param seed of everything
/// @param spanNanos virtual time until the last fault and write are over
/// @param without what is taken out
public record SoakCase(long seed, long spanNanos, Without without) {
  /// The whole of a seed.
  public static SoakCase of(long seed, long spanNanos) {
    return new SoakCase(seed, spanNanos, Without.NOTHING);
  }

  /// Parts of a case, by their numbers.
  ///
  /// @param devices devices that are neither polled nor there
  /// @param faults faults that do not happen
  /// @param writes writes that nobody asks for
  public record Without(BitSet devices, BitSet faults, BitSet writes) {
    /// All is there.
    public static final Without NOTHING = new Without(new BitSet(), new BitSet(), new BitSet());

    public Without {
      devices = (BitSet) devices.clone();
      faults = (BitSet) faults.clone();
      writes = (BitSet) writes.clone();
    }

    private static String text(BitSet set) {
      StringBuilder text = new StringBuilder();
      for (int from = set.nextSetBit(0); from >= 0; ) {
        int to = set.nextClearBit(from) - 1;
        text.append(text.isEmpty() ? "" : "+").append(from);
        if (to > from) {
          text.append("..").append(to);
        }
        from = set.nextSetBit(to + 1);
      }
      return text.toString();
    }

    private static BitSet parse(String text) {
      BitSet set = new BitSet();
      for (String part : text.split("\\+", -1)) {
        String[] ends = part.split("\\.\\.", -1);
        int from = Integer.parseInt(ends[0]);
        int to = Integer.parseInt(ends[ends.length - 1]);
        if (from < 0 || to < from || to > 1_000_000) {
          throw new NumberFormatException(part);
        }
        set.set(from, to + 1);
      }
      return set;
    }
  }

  public SoakCase {
    if (spanNanos < 1_000_000_000L) {
      throw new IllegalArgumentException("a case lasts 1 s or more");
    }
  }

  /// The same for a shorter or longer time.
  public SoakCase lasting(long nanos) {
    return new SoakCase(seed, nanos, without);
  }

  /// The same with other parts taken out.
  public SoakCase without(Without parts) {
    return new SoakCase(seed, spanNanos, parts);
  }

  /// As it is written on a command line, such as `42/812s/devices=0..3+7/writes=0..9`; the parts
  /// that are named are left out.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(seed).append('/').append((spanNanos + 999_999_999) / 1_000_000_000).append('s');
    append(text, "devices", without.devices());
    append(text, "faults", without.faults());
    append(text, "writes", without.writes());
    return text.toString();
  }

  private static void append(StringBuilder text, String name, BitSet parts) {
    if (!parts.isEmpty()) {
      text.append('/').append(name).append('=').append(Without.text(parts));
    }
  }

  /// Reads what [#toString] wrote.
  ///
  /// @throws IllegalArgumentException with what to write instead
  public static SoakCase parse(String text) {
    String[] parts = text.trim().toLowerCase(Locale.ROOT).split("/", -1);
    try {
      if (parts.length < 2 || !parts[1].endsWith("s")) {
        throw new NumberFormatException(text);
      }
      long seed = Long.parseLong(parts[0]);
      long seconds = Long.parseLong(parts[1].substring(0, parts[1].length() - 1));
      BitSet devices = new BitSet();
      BitSet faults = new BitSet();
      BitSet writes = new BitSet();
      for (int i = 2; i < parts.length; i++) {
        int is = parts[i].indexOf('=');
        String name = parts[i].substring(0, Math.max(is, 0));
        BitSet set = Without.parse(parts[i].substring(is + 1));
        switch (name) {
          case "devices" -> devices.or(set);
          case "faults" -> faults.or(set);
          case "writes" -> writes.or(set);
          default -> throw new NumberFormatException(parts[i]);
        }
      }
      long nanos = Math.multiplyExact(seconds, 1_000_000_000L);
      return new SoakCase(seed, nanos, new Without(devices, faults, writes));
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no case: write SEED/SECONDSs, then what to leave out, such as"
              + " 42/812s/devices=0..3+7/writes=0..9",
          wrong);
    }
  }
}
