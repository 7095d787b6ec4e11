package io.plantbus.app.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Turns what is wrong with arguments into a usage error.
public final class Usage {
  private Usage() {}

  /// What `reading` gives.
  ///
  /// @throws ParameterException with the message of an [IllegalArgumentException]
  public static <T> T check(CommandSpec spec, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /// What is wrong with the arguments.
  static ParameterException error(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
