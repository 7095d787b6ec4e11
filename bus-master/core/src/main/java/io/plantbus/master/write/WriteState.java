package io.plantbus.master.write;

import java.util.Locale;

/// How far a write has come.
///
/// ```
///  QUEUED ─▶ SENT ─▶ ACKNOWLEDGED ─▶ READ_BACK ─▶ CONFIRMED │ DIVERGED
///    │  ◀─busy─┘ ├──▶ UNKNOWN ────────▶┘
///    │           └──▶ REFUSED
///    └─▶ EXPIRED │ REJECTED │ SUPERSEDED
/// ```
///
/// ACKNOWLEDGED and UNKNOWN are the last word if the value is not read back: because its tag is
/// never read, because the device gives no value for too long, or because another write to the same
/// place went out first.
public enum WriteState {
  /// It waits for its line, for the first time or again because the device was busy.
  QUEUED,
  /// It is on the wire.
  SENT,
  /// The device said that it did it, or that it does it.
  ACKNOWLEDGED,
  /// A value came that was asked for after the end of the write.
  READ_BACK,
  /// The value read back is the one written, bit by bit.
  CONFIRMED,
  /// The value read back is another one.
  DIVERGED,
  /// The device refused it.
  REFUSED,
  /// It was sent and no valid answer came: the device may or may not have done it.
  UNKNOWN,
  /// It could not be sent in time and never will be.
  EXPIRED,
  /// It was not accepted, or dropped before it was sent.
  REJECTED,
  /// A later write to the same tag took its place before it was sent.
  SUPERSEDED;

  /// Such as `read-back`.
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
