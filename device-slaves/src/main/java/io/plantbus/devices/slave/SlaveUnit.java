package io.plantbus.devices.slave;

import java.util.function.LongSupplier;

/// A slave as it is served under one unit id. Its fault may be switched by any thread and holds
/// from the next request on.
public final class SlaveUnit {
  private final SlaveDevice device;
  private final LongSupplier delay;
  private volatile SlaveFault fault = SlaveFault.NONE;

  /// A slave that answers at once.
  public SlaveUnit(SlaveDevice device) {
    this(device, 0);
  }

  /// A slave that takes its time.
  ///
  /// @param delayNanos from a request to its answer, not negative; on a serial line the silence
  ///   between frames is kept in any case
  public SlaveUnit(SlaveDevice device, long delayNanos) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("a delay must not be negative, was " + delayNanos);
    }
    this(device, () -> delayNanos);
  }

  /// A slave whose time to answer varies.
  ///
  /// @param delay asked for each answer; nanoseconds, not negative; used by any thread that serves
  public SlaveUnit(SlaveDevice device, LongSupplier delay) {
    this.device = device;
    this.delay = delay;
  }

  /// What executes the requests.
  public SlaveDevice device() {
    return device;
  }

  /// From a request to its answer, each time anew.
  public long delayNanos() {
    return delay.getAsLong();
  }

  /// What is wrong with it now.
  public SlaveFault fault() {
    return fault;
  }

  /// Breaks it, or repairs it with [SlaveFault#NONE].
  public void fault(SlaveFault newFault) {
    fault = newFault;
  }
}
