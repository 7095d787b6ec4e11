package io.plantbus.hal.serial;

import io.plantbus.hal.SerialSettings;
import org.jspecify.annotations.Nullable;

/// Puts into words how the settings in force differ from those asked for.
final class AppliedSettings {
  private AppliedSettings() {}

  static String describe(SerialSettings asked, @Nullable SerialSettings inForce) {
    String wanted = asked.baud() + " " + asked.format();
    if (inForce == null) {
      String direction = asked.rs485() ? " with RS-485 direction by kernel" : "";
      return wanted + direction + " asked for; this platform does not tell what the driver applied";
    }
    String found = inForce.baud() + " " + inForce.format();
    String difference = found.equals(wanted) ? "" : " (asked for " + wanted + ")";
    return found + difference + direction(asked.rs485(), inForce.rs485());
  }

  private static String direction(boolean asked, boolean inForce) {
    if (inForce) {
      return ", RS-485 direction by kernel" + (asked ? "" : " (set before, not asked for)");
    }
    return asked
        ? ", RS-485 direction not switched by kernel (asked for, but the driver does not do it)"
        : "";
  }
}
