package io.plantbus.app.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/// JSON objects, one per line, gathered and written together. Owned by one thread.
final class JsonOutput {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final WritableByteChannel channel;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(4096);

  /// Writes the members of one object.
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  JsonOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  /// Adds one object.
  void object(Members members) {
    try (JsonGenerator json = FACTORY.createGenerator(gathered)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    gathered.write('\n');
  }

  /// Adds a line as it is.
  void row(String text) {
    gathered.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    gathered.write('\n');
  }

  /// Writes what was gathered; waits for a reader that is slow.
  void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(gathered.toByteArray());
    gathered.reset();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
