package io.plantbus.hal.serial;

import io.plantbus.hal.SerialSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Asks the operating system which settings a driver applied, because the vendor only repeats what
/// was asked for.
@FunctionalInterface
public interface SettingsReadBack {
  /// The settings in force on a device that this process has open.
  ///
  /// @param device the device file, with every link resolved
  /// @return what is in force, or null if that cannot be known
  @Nullable SerialSettings inForce(Path device);

  /// For platforms that do not tell.
  static SettingsReadBack unknown() {
    return _ -> null;
  }
}
