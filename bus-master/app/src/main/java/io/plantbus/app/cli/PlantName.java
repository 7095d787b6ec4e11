package io.plantbus.app.cli;

import io.plantbus.app.config.PlantFile;
import java.nio.file.Files;
import java.nio.file.Path;

/// Finds out which running plant is meant.
public final class PlantName {
  private PlantName() {}

  /// The name of a plant.
  ///
  /// @param nameOrFile its name, its file, or empty for the only one that runs
  /// @throws CommandFailure if it is a file with mistakes
  public static String of(String nameOrFile) {
    Path file = Path.of(nameOrFile);
    if (nameOrFile.isEmpty() || !Files.isRegularFile(file)) {
      return nameOrFile;
    }
    PlantFile read = PlantFile.read(file, System::getenv).value();
    if (read == null) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION,
          nameOrFile + " has mistakes; see 'plantbus check " + nameOrFile + "'");
    }
    return read.plant().name();
  }
}
