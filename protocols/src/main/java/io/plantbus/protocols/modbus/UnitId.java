package io.plantbus.protocols.modbus;

/// The address of a server on a line or behind a gateway, one byte on the wire (SL 2.2).
///
/// @param value 0..255; 0 is broadcast on a serial line, 1..247 are servers, 248..255 are reserved
///   there; over TCP 0 and 255 name the directly connected server (MB 4.4.2.2)
public record UnitId(int value) {
  private static final UnitId[] ALL = new UnitId[256];

  static {
    for (int value = 0; value < ALL.length; value++) {
      ALL[value] = new UnitId(value);
    }
  }

  /// All servers on a serial line; executed by each and answered by none.
  public static final UnitId BROADCAST = ALL[0];

  public UnitId {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("a unit id must be 0..255, was " + value);
    }
  }

  /// The one instance for `value`, without allocation.
  ///
  /// @throws IllegalArgumentException unless 0..255
  public static UnitId of(int value) {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("a unit id must be 0..255, was " + value);
    }
    return ALL[value];
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
