package io.plantbus.master.poll;

import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;

/// What one read takes of its line: a time for the request as such, and a time for each byte of
/// data that it brings.
///
/// @param requestNanos frames around the data, silence, and the time that the device takes; more
///   than 0
/// @param byteNanos time of one byte on the wire; 0 or more
public record RequestCost(long requestNanos, long byteNanos) {
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
