package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes JSON of maps, lists, strings, numbers and booleans.
final class JsonText {
  private JsonText() {}

  /// A map in this order, so that the same description always gives the same text.
  ///
  /// @param keysAndValues alternately
  static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(object);
  }

  /// Indented by two spaces, maps in their own order.
  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    write(value, "\n", text);
    return text.append('\n').toString();
  }

  /// What a YAML node is in JSON (core schema of YAML 1.2).
  static Object of(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> scalar(scalar);
      case Node.Sequence sequence -> {
        List<Object> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(of(item)));
        yield items;
      }
      case Node.Mapping mapping -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> entries.put(entry.key(), of(entry.value())));
        yield entries;
      }
      case Node.Unreadable _ -> "";
    };
  }

  private static Object scalar(Node.Scalar scalar) {
    String text = scalar.text();
    if (!scalar.plain()) {
      return text;
    }
    Long whole = Types.whole(text);
    if (whole != null) {
      return whole;
    }
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text.matches("[-+]?\\d+\\.\\d+") ? (Object) Double.valueOf(text) : text;
  }

  private static void write(Object value, String lineStart, StringBuilder text) {
    switch (value) {
      case Map<?, ?> map -> {
        text.append('{');
        String separator = lineStart + "  ";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator);
          string(String.valueOf(entry.getKey()), text);
          text.append(": ");
          write(entry.getValue(), lineStart + "  ", text);
          separator = "," + lineStart + "  ";
        }
        text.append(map.isEmpty() ? "}" : lineStart + "}");
      }
      case List<?> list -> {
        text.append('[');
        String separator = lineStart + "  ";
        for (Object item : list) {
          text.append(separator);
          write(item, lineStart + "  ", text);
          separator = "," + lineStart + "  ";
        }
        text.append(list.isEmpty() ? "]" : lineStart + "]");
      }
      case Double number -> text.append(Types.number(number));
      case Number number -> text.append(number);
      case Boolean flag -> text.append(flag);
      default -> string(value.toString(), text);
    }
  }

  private static void string(String value, StringBuilder text) {
    text.append('"');
    value
        .chars()
        .forEach(
            unit -> {
              switch (unit) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                  if (unit < 0x20) {
                    text.append("\\u%04x".formatted(unit));
                  } else {
                    text.append((char) unit);
                  }
                }
              }
            });
    text.append('"');
  }
}
