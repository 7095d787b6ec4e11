package io.plantbus.master.poll;

import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.framing.RtuTiming;

/// What one read takes of its line: a time for the request as such, and a time for each byte of
/// data that it brings.
///
/// @param requestNanos frames around the data, silence, and the time that the device takes; more
///   than 0
/// @param byteNanos time of one byte on the wire; 0 or more
public record RequestCost(long requestNanos, long byteNanos) {
  /// Unit id, function, start, quantity and checksum of a request (AP 6.1, SL 2.5.1).
  private static final int RTU_REQUEST_BYTES = 8;

  /// Unit id, function, byte count and checksum of an answer.
  private static final int RTU_ANSWER_BYTES = 5;

  /// The network takes next to nothing for a byte, but devices take their time for each register.
  private static final long TCP_BYTE_NANOS = 5_000;

  public RequestCost {
    if (requestNanos < 1 || byteNanos < 0) {
      throw new IllegalArgumentException(
          "a request takes time and its bytes take no negative one, was "
              + requestNanos
              + " ns and "
              + byteNanos
              + " ns");
    }
  }

  /// RTU: both frames, and T3.5 before each of them (SL 2.5.1.1).
  ///
  /// @param turnaroundNanos from the silence after the request to the first byte of the answer
  public static RequestCost rtu(RtuTiming timing, long turnaroundNanos) {
    long character = timing.characterNanos();
    return new RequestCost(
        (RTU_REQUEST_BYTES + RTU_ANSWER_BYTES) * character
            + 2 * timing.interFrameNanos()
            + turnaroundNanos,
        character);
  }

  /// TCP.
  ///
  /// @param roundTripNanos from a request to its answer
  public static RequestCost tcp(long roundTripNanos) {
    return new RequestCost(roundTripNanos, TCP_BYTE_NANOS);
  }

  /// What reading consecutive elements takes, in nanoseconds.
  ///
  /// @param count bits or registers, 1..2000
  public long readNanos(DataTable table, int count) {
    int bytes = table.isBits() ? BitBlock.bytesFor(count) : 2 * count;
    return requestNanos + bytes * byteNanos;
  }
}
