package io.plantbus.hal;

/// A serial line, usually half-duplex RS-485.
///
/// ```
///  master  ──[frame]──┐                       ┌─ next request
///                     └─ T3.5 ─ turnaround ───┤
///  slave              ────────────[frame]─────┘
/// ```
///
/// Nobody arbitrates: whoever owns the line keeps the silence between frames and sends one request
/// at a time. An implementation adds no silence of its own. Bytes are handed over as the adapter
/// delivers them: USB adapters and operating systems gather them, so gaps shorter than some
/// milliseconds may vanish or appear.
public interface SerialLine extends Link {
  /// The settings that were asked for.
  SerialSettings settings();

  /// What the hardware was found to use after opening, read back where the platform allows, such as
  /// `19200 8E1, RS-485 direction by kernel`; differences from [#settings()] are named.
  String appliedSettings();

  /// What arrived in bad order since opening: all zeros where nobody counts. Owner's thread; asks
  /// the driver, so not for every byte.
  default LineErrors errors() {
    return LineErrors.NONE;
  }
}
