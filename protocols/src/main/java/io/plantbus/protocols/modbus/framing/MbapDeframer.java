package io.plantbus.protocols.modbus.framing;

/// Cuts a TCP stream into application data units by the length in their header, and by nothing
/// else: what a protocol data unit says about its own length cannot move the next boundary.
///
/// Feed with [#take] until [#isComplete()] or [#isBroken()]; [#next()] begins the next unit. Owned
/// by one thread.
public final class MbapDeframer {
  private static final int LENGTH_FIELD_END = 6;

  private final byte[] adu = new byte[MbapHeader.MAX_ADU_BYTES];
  private int filled;

  /// Makes a deframer at a boundary.
  public MbapDeframer() {}

  /// Takes bytes up to the end of the current unit.
  ///
  /// @return how many were taken; 0 once the unit is complete or the framing broken
  public int take(byte[] bytes, int offset, int length) {
    int taken = 0;
    if (filled < LENGTH_FIELD_END) {
      taken = fill(bytes, offset, Math.min(length, LENGTH_FIELD_END - filled));
    }
    if (filled >= LENGTH_FIELD_END && !isBroken()) {
      int wanted = LENGTH_FIELD_END + lengthField() - filled;
      taken += fill(bytes, offset + taken, Math.min(length - taken, wanted));
    }
    return taken;
  }

  private int fill(byte[] bytes, int offset, int length) {
    System.arraycopy(bytes, offset, adu, filled, length);
    filled += length;
    return length;
  }

  /// Whether a whole unit is here.
  public boolean isComplete() {
    return filled > LENGTH_FIELD_END && !isBroken() && filled == LENGTH_FIELD_END + lengthField();
  }

  /// Whether the length field is none that Modbus allows: nothing tells where the next unit begins.
  public boolean isBroken() {
    return filled >= LENGTH_FIELD_END
        && (lengthField() < MbapHeader.MIN_LENGTH || lengthField() > MbapHeader.MAX_LENGTH);
  }

  /// Bytes of the current unit that are here.
  public int filled() {
    return filled;
  }

  /// Begins the next unit; the bytes of this one can be read until the next [#take].
  public void next() {
    filled = 0;
  }

  /// Whether two bytes are here, so that the transaction id is known.
  public boolean hasTransactionId() {
    return filled >= 2;
  }

  /// The transaction id, 0..65535.
  public int transactionId() {
    return word(0);
  }

  /// The protocol id; 0 is Modbus.
  public int protocolId() {
    return word(2);
  }

  /// The unit id, 0..255.
  public int unit() {
    return adu[MbapHeader.BYTES - 1] & 0xFF;
  }

  /// The unit's bytes; the protocol data unit stands at [MbapHeader#BYTES].
  public byte[] bytes() {
    return adu;
  }

  /// Bytes of the protocol data unit, 1..253.
  public int pduLength() {
    return lengthField() - 1;
  }

  private int lengthField() {
    return word(4);
  }

  private int word(int at) {
    return (adu[at] & 0xFF) << 8 | (adu[at + 1] & 0xFF);
  }
}
