package io.plantbus.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Reading;
import java.io.IOException;
import java.util.List;

/// What commands do with files that were read.
public final class ConfigurationFiles {
  private ConfigurationFiles() {}

  /// The value of a file that is right.
  ///
  /// @throws CommandFailure with all problems, if there are errors
  public static <T> T valueOf(Reading<T> reading) {
    T value = reading.value();
    if (value == null) {
      throw new CommandFailure(ExitCode.CONFIGURATION, told(reading.problems()));
    }
    return value;
  }

  /// All problems, one line each, below a line that counts them.
  static String told(List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    text.append(problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes");
    for (Problem problem : problems) {
      text.append(System.lineSeparator()).append("  ").append(problem);
    }
    return text.toString();
  }

  /// The member `problems`.
  static void write(JsonGenerator json, List<Problem> problems) throws IOException {
    json.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      json.writeStartObject();
      json.writeStringField("severity", problem.isError() ? "error" : "warning");
      json.writeStringField("file", problem.position().file());
      json.writeNumberField("line", problem.position().line());
      json.writeNumberField("column", problem.position().column());
      json.writeStringField("key", problem.path().toString());
      json.writeStringField("message", problem.message());
      json.writeStringField("remedy", problem.remedy());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
