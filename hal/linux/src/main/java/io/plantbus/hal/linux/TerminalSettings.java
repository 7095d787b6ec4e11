package io.plantbus.hal.linux;

import io.plantbus.hal.SerialSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads back what the driver of a serial port really uses.
public final class TerminalSettings {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private TerminalSettings() {}

  /// The settings in force on a terminal that this process has open, asked of the kernel on the
  /// descriptor that is open already: a port held exclusively cannot be opened a second time.
  ///
  /// @param device the device file, with every link resolved
  /// @return speed, character format and RS-485 direction switching; null if this process does not
  ///   have the device open, it is no terminal, or it uses something that [SerialSettings] has no
  ///   word for
  public static @Nullable SerialSettings inForce(Path device) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        if (names(descriptor, device)) {
          return Termios.read(Libc.system(), Integer.parseInt(descriptor.getFileName().toString()));
        }
      }
    } catch (IOException _) {
      return null;
    }
    return null;
  }

  private static boolean names(Path descriptor, Path device) {
    try {
      return Files.readSymbolicLink(descriptor).equals(device);
    } catch (IOException _) {
      return false;
    }
  }
}
