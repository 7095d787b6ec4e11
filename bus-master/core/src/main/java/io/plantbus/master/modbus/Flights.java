package io.plantbus.master.modbus;

import io.plantbus.master.write.PendingWrite;
import org.jspecify.annotations.Nullable;

/// What the transactions under way are about: at most one window of them, without allocation.
final class Flights {
  /// One transaction under way: either a poll or a write.
  static final class Flight {
    long transaction;
    @Nullable ModbusDevice device;
    @Nullable ModbusPoll poll;
    @Nullable PendingWrite write;

    /// When its first byte was sent.
    long sentNanos;

    /// How long its answer is waited for, from the end of the request.
    long timeoutNanos;

    /// Whether it may well find no answer.
    boolean isRisk;

    private void set(
        long newTransaction,
        @Nullable ModbusDevice newDevice,
        @Nullable ModbusPoll newPoll,
        @Nullable PendingWrite newWrite) {
      transaction = newTransaction;
      device = newDevice;
      poll = newPoll;
      write = newWrite;
    }
  }

  private final Flight[] slots;
  private int count;

  Flights(int window) {
    slots = new Flight[window];
    for (int i = 0; i < window; i++) {
      slots[i] = new Flight();
    }
  }

  /// Notes down what is sent.
  ///
  /// @return the flight, times to be filled in
  Flight add(
      long transaction,
      ModbusDevice device,
      @Nullable ModbusPoll poll,
      @Nullable PendingWrite write) {
    for (Flight slot : slots) {
      if (slot.device == null) {
        slot.set(transaction, device, poll, write);
        count++;
        return slot;
      }
    }
    throw new IllegalStateException("more transactions under way than the window holds");
  }

  /// The flight of a transaction; free it after use.
  Flight find(long transaction) {
    for (Flight slot : slots) {
      if (slot.device != null && slot.transaction == transaction) {
        return slot;
      }
    }
    throw new IllegalStateException("nobody asked for transaction " + transaction);
  }

  void free(Flight flight) {
    flight.set(0, null, null, null);
    count--;
  }

  /// Transactions under way.
  int count() {
    return count;
  }
}
