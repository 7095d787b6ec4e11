package io.plantbus.master.modbus;

import io.plantbus.master.observe.RefusedSpan;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.Request;

/// A read that was refused, and its two halves, which are asked on their own. When both are
/// answered, what was refused is that they are asked together. Owned by the thread of its line.
final class Bisection {
  private final Request.Read whole;
  private final Request.Read low;
  private final Request.Read high;

  /// Whether the device said that there are too many, not that some do not exist.
  final boolean tooLong;

  private boolean lowAnswered;
  private boolean highAnswered;

  Bisection(Request.Read whole, Request.Read low, Request.Read high, boolean tooLong) {
    this.whole = whole;
    this.low = low;
    this.high = high;
    this.tooLong = tooLong;
  }

  /// One half was answered.
  ///
  /// @return whether both are by now
  boolean answered(Request.Read half) {
    lowAnswered |= half.equals(low);
    highAnswered |= half.equals(high);
    return lowAnswered && highAnswered;
  }

  /// Elements of the read that was refused.
  int refusedCount() {
    return whole.range().count();
  }

  /// Elements of the longer half.
  int answeredCount() {
    return Math.max(low.range().count(), high.range().count());
  }

  /// What is in the way between the halves: from the last element of one to the first of the other.
  RefusedSpan between() {
    int from = low.range().last();
    return new RefusedSpan(whole.table(), new AddressRange(from, high.range().start() - from + 1));
  }
}
