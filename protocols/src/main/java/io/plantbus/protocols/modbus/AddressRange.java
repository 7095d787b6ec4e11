package io.plantbus.protocols.modbus;

/// A span of addresses in one table that lies wholly within 0..65535 and is never empty.
///
/// @param start first address, 0-based, 0..65535
/// @param count number of addresses, 1..65536 - `start`
public record AddressRange(int start, int count) {
  /// Addresses in a table.
  public static final int ADDRESS_SPACE = 65_536;

  public AddressRange {
    if (!isValid(start, count)) {
      throw new IllegalArgumentException(
          "an address range must lie within 0..65535 and not be empty, was start "
              + start
              + ", count "
              + count);
    }
  }

  /// Whether `start` and `count` make a range.
  public static boolean isValid(int start, int count) {
    return start >= 0 && count >= 1 && start < ADDRESS_SPACE && count <= ADDRESS_SPACE - start;
  }

  /// The last address, 0..65535.
  public int last() {
    return start + count - 1;
  }

  /// Whether every address of `other` is in this range.
  public boolean contains(AddressRange other) {
    return other.start >= start && other.last() <= last();
  }

  /// Whether the two share an address.
  public boolean overlaps(AddressRange other) {
    return other.start <= last() && start <= other.last();
  }

  @Override
  public String toString() {
    return count == 1 ? Integer.toString(start) : start + ".." + last();
  }
}
