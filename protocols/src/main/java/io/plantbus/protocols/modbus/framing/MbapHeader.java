package io.plantbus.protocols.modbus.framing;

/// The header of Modbus over TCP (MB 3.1.3), seven bytes, words big-endian:
///
/// ```
///  ┌─ 0..1 ──────┬─ 2..3 ─────┬─ 4..5 ──────────────────┬─ 6 ──┬─ 7.. ─┐
///  │ transaction │ protocol 0 │ length from unit id on  │ unit │ PDU   │
///  └─────────────┴────────────┴─────────────────────────┴──────┴───────┘
/// ```
public final class MbapHeader {
  /// Bytes before the protocol data unit.
  public static final int BYTES = 7;

  /// The longest header and protocol data unit together.
  public static final int MAX_ADU_BYTES = 260;

  /// The shortest length field: a unit id and a function code.
  public static final int MIN_LENGTH = 2;

  /// The longest length field: a unit id and the longest protocol data unit.
  public static final int MAX_LENGTH = 254;

  private MbapHeader() {}

  /// Writes the header before a protocol data unit that stands at `at` + [#BYTES].
  ///
  /// @param transactionId 0..65535
  /// @param unit 0..255
  /// @param pduLength 1..253
  /// @return bytes of header and protocol data unit together
  public static int write(byte[] into, int at, int transactionId, int unit, int pduLength) {
    int length = pduLength + 1;
    into[at] = (byte) (transactionId >> 8);
    into[at + 1] = (byte) transactionId;
    into[at + 2] = 0;
    into[at + 3] = 0;
    into[at + 4] = (byte) (length >> 8);
    into[at + 5] = (byte) length;
    into[at + 6] = (byte) unit;
    return BYTES + pduLength;
  }
}
