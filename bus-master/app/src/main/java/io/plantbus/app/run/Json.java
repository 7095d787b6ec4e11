package io.plantbus.app.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.devices.TagValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// JSON for scripts: one object per line.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// Writes the members of one object.
  @FunctionalInterface
  public interface Members {
    /// Writes them.
    ///
    /// @throws IOException never, for it is written to memory
    void write(JsonGenerator json) throws IOException;
  }

  /// Prints one object on a line of its own.
  public static void print(PrintWriter out, Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    out.println(text);
  }

  /// Writes a value as the JSON type that fits it.
  public static void value(JsonGenerator json, String name, @Nullable TagValue value)
      throws IOException {
    json.writeFieldName(name);
    switch (value) {
      case null -> json.writeNull();
      case TagValue.Bool(boolean state) -> json.writeBoolean(state);
      case TagValue.Whole(long bits, boolean unsigned) ->
          json.writeNumber(unsigned ? Long.toUnsignedString(bits) : Long.toString(bits));
      case TagValue.Real(double real) -> json.writeNumber(real);
      case TagValue.Text(String text) -> json.writeString(text);
    }
  }
}
