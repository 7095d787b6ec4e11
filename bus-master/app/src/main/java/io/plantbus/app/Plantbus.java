package io.plantbus.app;

import io.plantbus.app.cli.PlantbusCommand;
import java.io.PrintWriter;

/// Where the program begins.
public final class Plantbus {
  private Plantbus() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String... arguments) {
    System.exit(
        PlantbusCommand.execute(
            new PrintWriter(System.out, true, System.out.charset()),
            new PrintWriter(System.err, true, System.err.charset()),
            arguments));
  }
}
