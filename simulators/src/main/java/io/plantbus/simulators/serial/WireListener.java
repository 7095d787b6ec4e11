package io.plantbus.simulators.serial;

import java.util.List;

/// Told of what goes on on a [SimulatedRs485], on the thread of its simulation. Must not throw
/// unless the run is to end.
///
/// A station whose name begins with [#FAULT] is none: it is a fault of the wire.
public interface WireListener {
  /// How the names of stations that are faults begin.
  String FAULT = "fault/";

  /// A run of characters without a gap has ended.
  ///
  /// @param station who sent it
  /// @param startNanos when its first start bit began
  /// @param endNanos when its last stop bit ended
  /// @param bytes as they were sent, whatever became of them; not to be kept
  default void burst(
      String station, long startNanos, long endNanos, byte[] bytes, int offset, int length) {}

  /// Two drivers or more are active at once from now on.
  ///
  /// @param stations all of them, the one that began last at the end
  /// @param nanos when that began
  default void collision(List<String> stations, long nanos) {}
}
