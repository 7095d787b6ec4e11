package io.plantbus.app.apply;

import io.plantbus.app.scada.ScadaSpec;
import org.jspecify.annotations.Nullable;

/// What becomes of the SCADA endpoint.
enum ScadaChange {
  /// Nothing, or there is none.
  NONE,
  /// Other points are served; clients stay connected.
  MAP,
  /// It is opened.
  OPENED,
  /// It is closed.
  CLOSED,
  /// It is closed and opened again; clients must connect anew.
  REOPENED;

  static ScadaChange between(@Nullable ScadaSpec before, @Nullable ScadaSpec after) {
    if (before == null) {
      return after == null ? NONE : OPENED;
    }
    if (after == null) {
      return CLOSED;
    }
    if (!before.isServedLike(after)) {
      return REOPENED;
    }
    boolean same =
        before.points().equals(after.points())
            && before.writeTimeToLiveNanos() == after.writeTimeToLiveNanos();
    return same ? NONE : MAP;
  }
}
