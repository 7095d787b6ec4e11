package io.plantbus.master.alarm;

/// How an alarm stands (ANSI/ISA-18.2, 5.5).
///
/// ```
///              condition                 acknowledge
///  NORMAL ───────────────▶ ACTIVE_UNACKNOWLEDGED ───▶ ACTIVE_ACKNOWLEDGED
///    ▲                       │   ▲                          │
///    │                  gone ▼   │ condition                │ gone
///    ├─ acknowledge ─ RETURNED_UNACKNOWLEDGED               │
///    └──────────────────────────────────────────────────────┘
/// ```
public enum AlarmState {
  /// Nothing is wrong, and nothing is left to acknowledge.
  NORMAL,
  /// The condition is there, and nobody has acknowledged it.
  ACTIVE_UNACKNOWLEDGED,
  /// The condition is there, and somebody has acknowledged it.
  ACTIVE_ACKNOWLEDGED,
  /// The condition is gone, and nobody has acknowledged that it was there.
  RETURNED_UNACKNOWLEDGED;

  /// Whether the condition is there.
  public boolean isActive() {
    return this == ACTIVE_UNACKNOWLEDGED || this == ACTIVE_ACKNOWLEDGED;
  }

  AlarmState came() {
    return isActive() ? this : ACTIVE_UNACKNOWLEDGED;
  }

  AlarmState went() {
    return switch (this) {
      case ACTIVE_UNACKNOWLEDGED -> RETURNED_UNACKNOWLEDGED;
      case ACTIVE_ACKNOWLEDGED -> NORMAL;
      case NORMAL, RETURNED_UNACKNOWLEDGED -> this;
    };
  }

  AlarmState acknowledged() {
    return switch (this) {
      case ACTIVE_UNACKNOWLEDGED -> ACTIVE_ACKNOWLEDGED;
      case RETURNED_UNACKNOWLEDGED -> NORMAL;
      case NORMAL, ACTIVE_ACKNOWLEDGED -> this;
    };
  }
}
