package io.plantbus.hal;

import io.plantbus.hal.LineDirection.Switching;
import io.plantbus.hal.LineDirection.WhenRefused;
import org.jspecify.annotations.Nullable;

/// Puts into words what a serial port was found to use, and how that differs from what was asked
/// for.
public final class AppliedSettings {
  private AppliedSettings() {}

  /// One line such as `19200 8N1 (asked for 19200 8E1), RS-485 direction by kernel`.
  ///
  /// @param found what was read back; null where the platform does not tell
  public static String describe(SerialSettings asked, @Nullable SerialSettings found) {
    String wanted = asked.baud() + " " + asked.format();
    if (found == null) {
      String direction =
          asked.direction().switching() == Switching.NONE ? "" : " with " + asked.direction();
      return wanted + direction + " asked for; this platform does not tell what the driver applied";
    }
    String applied = found.baud() + " " + found.format();
    String difference = applied.equals(wanted) ? "" : " (asked for " + wanted + ")";
    return applied + difference + direction(asked.direction(), found.direction());
  }

  private static String direction(LineDirection asked, LineDirection found) {
    if (found.switching() == Switching.NONE) {
      return switch (asked.switching()) {
        case NONE -> "";
        case KERNEL ->
            ", RS-485 direction not switched by kernel (asked for, but the driver does not do it)";
        case RTS -> ", RS-485 direction not switched by RTS (asked for, but the port has none)";
      };
    }
    if (asked.switching() == Switching.NONE) {
      return ", " + found + " (set before, not asked for)";
    }
    if (found.withWhenRefused(asked.whenRefused()).equals(asked)) {
      return ", " + found;
    }
    boolean fellBack =
        asked.switching() == Switching.KERNEL
            && found.switching() == Switching.RTS
            && asked.whenRefused() == WhenRefused.RTS;
    return ", "
        + found
        + (fellBack ? " (the driver does not do it by kernel)" : " (asked for " + asked + ")");
  }
}
