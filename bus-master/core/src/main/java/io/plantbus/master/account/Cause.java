package io.plantbus.master.account;

import java.util.Locale;

/// What the time of a line goes to. Together the causes are all of it, and no moment counts twice.
public enum Cause {
  /// Registers and bits on a serial line, on their way down or up.
  PAYLOAD,
  /// Everything else in the frames of a serial line: addresses, functions, counts, checksums.
  OVERHEAD,
  /// The silent intervals of a serial line and the turnaround delay after a broadcast (SL 2.4.1,
  /// 2.5.1.1).
  SILENCE,
  /// Waiting for a device that then answers. On a serial line from the silent interval after the
  /// request to the first character of the answer; elsewhere the whole round trip.
  TURNAROUND,
  /// Requests that met silence, noise or the loss of the line, whole, and the rest that the line
  /// needs after them.
  TIMEOUTS,
  /// Requests that were sent again, whole, whatever came of them.
  RETRIES,
  /// Nothing was under way.
  IDLE,
  /// The port was not open.
  CLOSED;

  /// The name as it is printed, such as `payload`.
  public String word() {
    return this == TIMEOUTS ? "time-outs" : name().toLowerCase(Locale.ROOT);
  }
}
