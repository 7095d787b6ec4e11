package io.plantbus.protocols.modbus.trace;

import org.jspecify.annotations.Nullable;

/// A frame that was heard. Reused by the [LineEavesdropper] that hands it out; owned by its thread.
public final class TracedFrame {
  /// Bytes of a frame that are kept: more than the longest frame, so only of garbage some are not.
  public static final int KEPT_BYTES = 640;

  private static final int MAX_PDU_BYTES = 253;

  private final byte[] adu = new byte[KEPT_BYTES];
  private final byte[] pdu = new byte[MAX_PDU_BYTES];
  int aduLength;
  int pduLength;
  int unit;
  int transactionId;
  boolean response;
  Verdict verdict = Verdict.GARBAGE;
  long number;
  long startNanos;
  long endNanos;
  @Nullable TracedFrame request;

  TracedFrame() {}

  /// Takes a whole frame.
  void set(
      byte[] from, int offset, int length, int unitId, byte[] pduFrom, int pduAt, int pduBytes) {
    setBytes(from, offset, length);
    unit = unitId;
    pduLength = Math.min(pduBytes, MAX_PDU_BYTES);
    System.arraycopy(pduFrom, pduAt, pdu, 0, pduLength);
    verdict = Verdict.VALID;
  }

  /// Takes bytes that make no frame.
  void setGarbage(byte[] from, int offset, int length) {
    setBytes(from, offset, length);
    unit = -1;
    pduLength = 0;
    verdict = Verdict.GARBAGE;
  }

  private void setBytes(byte[] from, int offset, int length) {
    System.arraycopy(from, offset, adu, 0, Math.min(length, KEPT_BYTES));
    aduLength = length;
    transactionId = -1;
    number = 0;
    request = null;
  }

  void set(TracedFrame other) {
    set(other.adu, 0, other.aduLength, other.unit, other.pdu, 0, other.pduLength);
    verdict = other.verdict;
    transactionId = other.transactionId;
    response = other.response;
    number = other.number;
    startNanos = other.startNanos;
    endNanos = other.endNanos;
  }

  /// Number of the transaction that it belongs to, from 1; 0 if it belongs to none.
  public long number() {
    return number;
  }

  /// Whether it is an answer, or came from the side that answers.
  public boolean isResponse() {
    return response;
  }

  /// What is to be said of it.
  public Verdict verdict() {
    return verdict;
  }

  /// The unit id, 0..255; -1 of garbage.
  public int unit() {
    return unit;
  }

  /// The function code as on the wire, 0..255; -1 of garbage.
  public int function() {
    return pduLength == 0 ? -1 : pdu[0] & 0xFF;
  }

  /// The transaction id of a frame with the header of Modbus TCP, 0..65535; -1 of others.
  public int transactionId() {
    return transactionId;
  }

  /// The bytes as on the wire, from 0 on; as many as [#keptLength()].
  public byte[] bytes() {
    return adu;
  }

  /// How many bytes came.
  public int length() {
    return aduLength;
  }

  /// How many of them are in [#bytes()].
  public int keptLength() {
    return Math.min(aduLength, KEPT_BYTES);
  }

  /// The protocol data unit, from 0 on; as many bytes as [#pduLength()].
  public byte[] pdu() {
    return pdu;
  }

  /// Bytes of the protocol data unit, 1..253; 0 of garbage.
  public int pduLength() {
    return pduLength;
  }

  /// When its first bytes came, on the time scale of the eavesdropper.
  public long startNanos() {
    return startNanos;
  }

  /// When its last byte came.
  public long endNanos() {
    return endNanos;
  }

  /// What it answers; null for requests and for answers to nothing. Valid as long as this frame.
  public @Nullable TracedFrame request() {
    return request;
  }

  /// Time from the request to this answer in nanoseconds; 0 without a request.
  public long roundTripNanos() {
    return request == null ? 0 : endNanos - request.endNanos;
  }
}
