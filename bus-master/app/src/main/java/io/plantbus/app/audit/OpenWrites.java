package io.plantbus.app.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds the writes whose last line is missing because the run before ended too early. Looks at the
/// last mebibyte of the two newest files; lines that it cannot read say nothing.
final class OpenWrites {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_WRITES = 1000;
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Set<String> open = new LinkedHashSet<>();

  private OpenWrites() {}

  /// Those in a file and in the one before it, as `run/id`, 1000 at most.
  static List<String> in(Path file) throws IOException {
    OpenWrites writes = new OpenWrites();
    writes.scan(file.resolveSibling(file.getFileName() + ".1"));
    writes.scan(file);
    return new ArrayList<>(writes.open).subList(0, Math.min(MOST_WRITES, writes.open.size()));
  }

  private void scan(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(Math.max(0, channel.size() - MOST_BYTES));
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {}
    }
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    text.lines().forEach(this::line);
  }

  private void line(String line) {
    String run = "";
    String id = "";
    String event = "";
    boolean last = false;
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "run" -> run = parser.getText();
          case "id" -> id = parser.getText();
          case "event" -> event = parser.getText();
          case "last" -> last = parser.getBooleanValue();
          default -> parser.skipChildren();
        }
      }
    } catch (IOException _) {
      return;
    }
    if (event.equals("start")) {
      open.clear();
    } else if (last) {
      open.remove(run + "/" + id);
    } else if (!id.isEmpty()) {
      open.add(run + "/" + id);
    }
  }
}
