package io.plantbus.app.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Which plant a running one is to become.
///
/// @param file absolute path of a plant file; empty for the previous plant
/// @param json whether the answer is wanted as a JSON object instead of rows for a person
public record ChangeRequest(String file, boolean json) {
  /// Whether the previous plant is meant.
  public boolean isPrevious() {
    return file.isEmpty();
  }

  static ChangeRequest of(JsonLine request) {
    return new ChangeRequest(request.text("file"), request.text("form").equals("json"));
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("file", file);
    json.writeStringField("form", this.json ? "json" : "text");
  }
}
