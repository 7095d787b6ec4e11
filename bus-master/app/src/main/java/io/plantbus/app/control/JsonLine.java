package io.plantbus.app.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One JSON object: its scalar members as text, and of the member `lines` each object likewise.
///
/// @param members by name
/// @param lines empty if there are none
record JsonLine(Map<String, String> members, List<Map<String, String>> lines) {
  private static final int MOST_MEMBERS = 32;
  private static final int MOST_LINES = 1024;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(3).build())
          .build();

  /// Reads it.
  ///
  /// @throws IOException with a sentence, if it is no such object
  static JsonLine parse(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a line must be one JSON object");
      }
      Map<String, String> members = new HashMap<>();
      List<Map<String, String>> lines = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("lines")) {
          while (parser.nextToken() == JsonToken.START_OBJECT && lines.size() < MOST_LINES) {
            lines.add(scalars(parser));
          }
        } else {
          put(members, name, parser);
        }
      }
      return new JsonLine(members, lines);
    }
  }

  private static Map<String, String> scalars(JsonParser parser) throws IOException {
    Map<String, String> members = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      put(members, name, parser);
    }
    return members;
  }

  private static void put(Map<String, String> members, String name, JsonParser parser)
      throws IOException {
    if (!parser.currentToken().isScalarValue() || members.size() >= MOST_MEMBERS) {
      throw new IOException("'" + name + "' is more than was expected");
    }
    members.put(name, parser.getText());
  }

  /// A member, or an empty text.
  String text(String name) {
    return members.getOrDefault(name, "");
  }
}
