package io.plantbus.app.cli.trace;

import io.plantbus.app.cli.CommandFailure;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.protocols.capture.traffic.CapturedTraffic;
import io.plantbus.protocols.capture.traffic.TrafficReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads the capture that a command was given.
final class CaptureFile {
  private CaptureFile() {}

  /// Its traffic.
  ///
  /// @throws CommandFailure if it cannot be read, or there is no Modbus in it
  static CapturedTraffic read(Path file) {
    CapturedTraffic traffic;
    try (InputStream in = Files.newInputStream(file)) {
      traffic = TrafficReader.read(in);
    } catch (IOException failure) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION, file + " cannot be read: check its path and permissions");
    }
    if (traffic.exchanges().isEmpty()) {
      List<String> notes = traffic.notes();
      throw new CommandFailure(
          ExitCode.CONFIGURATION,
          "%s has no Modbus in it that can be used (%d packets)%s"
              .formatted(
                  file,
                  traffic.packets(),
                  notes.isEmpty() ? "" : System.lineSeparator() + "  " + lines(notes)));
    }
    return traffic;
  }

  private static String lines(List<String> notes) {
    return String.join(System.lineSeparator() + "  ", notes);
  }
}
