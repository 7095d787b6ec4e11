package io.plantbus.protocols.modbus.encoding;

import java.util.Locale;
import java.util.Map;

/// In which order the bytes of a value of several registers stand on the wire. The letters name
/// bytes from most (A) to least significant; 64-bit values extend the pattern.
public enum RegisterOrder {
  /// Most significant word first, most significant byte first: `ABCD`, `ABCDEFGH`. The default.
  ABCD(false, false),
  /// Least significant word first: `CDAB`, `GHEFCDAB`.
  CDAB(true, false),
  /// Most significant word first, bytes swapped within each word: `BADC`, `BADCFEHG`.
  BADC(false, true),
  /// Least significant byte first: `DCBA`, `HGFEDCBA`.
  DCBA(true, true);

  /// Other names, in lower case and without blanks or hyphens.
  private static final Map<String, RegisterOrder> ALIASES =
      Map.ofEntries(
          Map.entry("dcba", DCBA),
          Map.entry("badc", BADC),
          Map.entry("cdab", CDAB),
          Map.entry("abcd", ABCD),
          Map.entry("ab", ABCD),
          Map.entry("abcdefgh", ABCD),
          Map.entry("big", ABCD),
          Map.entry("be", ABCD),
          Map.entry("bigendian", ABCD),
          Map.entry("ghefcdab", CDAB),
          Map.entry("wordswap", CDAB),
          Map.entry("bigendianwordswap", CDAB),
          Map.entry("littleendianbyteswap", CDAB),
          Map.entry("badcfehg", BADC),
          Map.entry("byteswap", BADC),
          Map.entry("bigendianbyteswap", BADC),
          Map.entry("littleendianwordswap", BADC),
          Map.entry("ba", DCBA),
          Map.entry("hgfedcba", DCBA),
          Map.entry("little", DCBA),
          Map.entry("le", DCBA),
          Map.entry("littleendian", DCBA));

  private final boolean wordsSwapped;
  private final boolean bytesSwapped;

  RegisterOrder(boolean wordsSwapped, boolean bytesSwapped) {
    this.wordsSwapped = wordsSwapped;
    this.bytesSwapped = bytesSwapped;
  }

  /// Whether the least significant word comes first.
  public boolean wordsSwapped() {
    return wordsSwapped;
  }

  /// Whether the low byte of each register comes first.
  public boolean bytesSwapped() {
    return bytesSwapped;
  }

  /// The order that a user calls `name`: the letters in their 16, 32 or 64-bit form, or words such
  /// as `big-endian`, `little-endian byte swap`, `word swap`; case, hyphens, underscores and blanks
  /// do not matter, nor whether it says swap or swapped.
  ///
  /// @throws IllegalArgumentException if there is none, with the names that there are
  public static RegisterOrder of(String name) {
    String key =
        name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "").replaceAll("swapped$", "swap");
    RegisterOrder order = ALIASES.get(key);
    if (order != null) {
      return order;
    }
    throw new IllegalArgumentException(
        "unknown order '"
            + name
            + "': write ABCD (big-endian), CDAB (word swap), BADC (byte swap) or DCBA"
            + " (little-endian)");
  }
}
