package io.plantbus.master.proof.load;

import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.poll.PlannedRead;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;

/// One planned read and what it takes at worst.
///
/// @param device whom it asks
/// @param read what it asks
/// @param turnaround what the device takes
/// @param periodNanos how often
/// @param answeredNanos from the start of its request to the end of its answer
/// @param occupiedNanos from the start of its request until the line is free again
public record LoadedPoll(
    DeviceSpec device,
    PlannedRead read,
    Turnaround turnaround,
    long periodNanos,
    long answeredNanos,
    long occupiedNanos) {
  /// Function, start and quantity (AP 6.1).
  public static final int REQUEST_BYTES = 5;

  static LoadedPoll of(
      DeviceSpec device, PlannedRead read, Turnaround turnaround, WireTimes times, long period) {
    AddressRange range = read.request().range();
    int data =
        read.request().table().isBits() ? BitBlock.bytesFor(range.count()) : 2 * range.count();
    long answered = times.answeredNanos(REQUEST_BYTES, 2 + data, turnaround.nanos());
    return new LoadedPoll(
        device, read, turnaround, period, answered, answered + times.silenceNanos());
  }

  /// Its class, 0 for the one that goes first.
  int level() {
    return switch (read.priority()) {
      case SAFETY -> 0;
      case CONTROL -> 1;
      case NORMAL -> 2;
      case BACKGROUND -> 3;
    };
  }
}
