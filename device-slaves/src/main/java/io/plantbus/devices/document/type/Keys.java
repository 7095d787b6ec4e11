package io.plantbus.devices.document.type;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.NodeReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Declares the keys of an [ObjectType], in the order in which the reference lists them.
public final class Keys {
  private static final DocumentReader DEFAULTS = new DocumentReader(_ -> null);

  private final List<Entry> entries = new ArrayList<>();

  Keys() {}

  /// One declared key.
  ///
  /// @param name as written
  /// @param type of its value
  /// @param required whether it must be written
  /// @param defaultText default as one would write it, or null
  /// @param defaultValue default as read, or null
  /// @param description for people, Markdown
  record Entry(
      String name,
      Type<?> type,
      boolean required,
      @Nullable String defaultText,
      @Nullable Object defaultValue,
      String description) {

    Map<String, Object> schema(Definitions definitions) {
      Map<String, Object> schema = new LinkedHashMap<>(type.schema(definitions));
      schema.put("description", description);
      if (defaultText != null) {
        NodeReader<Object> json = (node, _) -> JsonText.of(node);
        schema.put("default", DEFAULTS.parse("default", defaultText, json).valueOrThrow());
      }
      return schema;
    }
  }

  /// A key that must be written.
  public <T> Key<T> required(String name, Type<T> type, String description) {
    add(new Entry(name, type, true, null, null, description));
    return new Key<>(name, type);
  }

  /// A key that may be absent and then has a default.
  ///
  /// @param defaultText the default as a user would write it, such as `500ms`, `[]` or `{}`
  /// @throws IllegalStateException if the type does not read the default
  public <T> Key<T> optional(String name, Type<T> type, String defaultText, String description) {
    Object value = DEFAULTS.parse("default of " + name, defaultText, type).valueOrThrow();
    add(new Entry(name, type, false, defaultText, value, description));
    return new Key<>(name, type);
  }

  /// A key that may be absent.
  public <T> OptionalKey<T> optional(String name, Type<T> type, String description) {
    add(new Entry(name, type, false, null, null, description));
    return new OptionalKey<>(name, type);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  private void add(Entry entry) {
    if (entries.stream().anyMatch(other -> other.name().equals(entry.name()))) {
      throw new IllegalStateException("key '" + entry.name() + "' is declared twice");
    }
    entries.add(entry);
  }
}
