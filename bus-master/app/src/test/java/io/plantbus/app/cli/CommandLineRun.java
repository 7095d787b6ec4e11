package io.plantbus.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// One run of the command line within this process.
///
/// @param code what it ended with
/// @param out what it printed
/// @param err what it complained
public record CommandLineRun(int code, String out, String err) {
  /// Runs it.
  public static CommandLineRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = PlantbusCommand.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    return new CommandLineRun(code, out.toString(), err.toString());
  }
}
