package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A mapping with fixed keys, made into an object.
///
/// @param <T> the objects
public final class ObjectType<T> implements Type<T> {
  private static final String FREE = "x-";

  /// Makes an object of its fields.
  ///
  /// @param <T> the objects
  @FunctionalInterface
  public interface Maker<T> {
    /// The object; or null after adding to the fields' problems.
    ///
    /// @throws IllegalArgumentException whose message becomes a problem at the mapping
    @Nullable T make(Fields fields);
  }

  private final String name;
  private final String description;
  private final List<Keys.Entry> entries;
  private final Maker<T> maker;

  private ObjectType(String name, String description, List<Keys.Entry> entries, Maker<T> maker) {
    this.name = name;
    this.description = description;
    this.entries = entries;
    this.maker = maker;
  }

  /// Describes a type.
  ///
  /// @param name in messages, schema and reference, such as `serial line`; unique in a document
  /// @param description one sentence or more, Markdown
  /// @param definition declares the keys and gives what makes the object
  public static <T> ObjectType<T> of(
      String name, String description, Function<Keys, Maker<T>> definition) {
    Keys keys = new Keys();
    Maker<T> maker = definition.apply(keys);
    return new ObjectType<>(name, description, keys.entries(), maker);
  }

  /// Its name.
  public String name() {
    return name;
  }

  /// Its description.
  public String description() {
    return description;
  }

  List<Keys.Entry> entries() {
    return entries;
  }

  @Override
  public @Nullable T read(Node node, Problems problems) {
    return read(node, problems, Set.of());
  }

  /// Reads a mapping some of whose keys belong to somebody else.
  @Nullable T read(Node node, Problems problems, Set<String> others) {
    return switch (node) {
      case Node.Mapping mapping -> make(mapping, problems, others);
      case Node.Unreadable _ -> null;
      case Node.Scalar _, Node.Sequence _ -> {
        problems.error(
            node,
            "expected " + phrase() + ", found " + node.found(),
            "write its keys: " + String.join(", ", keyNames()));
        yield null;
      }
    };
  }

  private @Nullable T make(Node.Mapping mapping, Problems problems, Set<String> others) {
    int before = problems.count();
    reportUnknownKeys(mapping, problems, others);
    Map<String, Object> values = new LinkedHashMap<>();
    boolean complete = true;
    for (Keys.Entry entry : entries) {
      Node written = mapping.get(entry.name());
      Object value = written == null ? null : entry.type().read(written, problems);
      if (written == null && entry.required()) {
        problems.error(
            mapping,
            "required key '" + entry.name() + "' is missing",
            "write '" + entry.name() + ":' and " + entry.type().phrase());
      }
      if (value == null) {
        value = entry.defaultValue();
      }
      if (value != null) {
        values.put(entry.name(), value);
      }
      complete &= value != null || !entry.required();
    }
    if (!complete) {
      return null;
    }
    boolean sound = problems.count() == before;
    try {
      return maker.make(new Fields(mapping, values, problems, sound));
    } catch (IllegalArgumentException wrong) {
      // With a key wrong, the object was tried with a default: what it says then may be misleading.
      if (sound) {
        problems.error(mapping, String.valueOf(wrong.getMessage()), "");
      }
      return null;
    }
  }

  private void reportUnknownKeys(Node.Mapping mapping, Problems problems, Set<String> others) {
    List<String> known = keyNames();
    for (Node.Entry entry : mapping.entries()) {
      String key = entry.key();
      if (!known.contains(key) && !others.contains(key) && !key.startsWith(FREE)) {
        problems.error(
            entry.keyPosition(),
            entry.value().path(),
            "unknown key '" + key + "'",
            Suggestion.phrase(key, known, "keys of " + phrase() + " are"));
      }
    }
  }

  private List<String> keyNames() {
    return entries.stream().map(Keys.Entry::name).toList();
  }

  @Override
  public String phrase() {
    return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    return definitions.reference(name, this, () -> inlineSchema(definitions, Map.of()));
  }

  /// The schema itself rather than a reference to it.
  ///
  /// @param more properties of somebody else, all required
  Map<String, Object> inlineSchema(Definitions definitions, Map<String, Object> more) {
    Map<String, Object> properties = new LinkedHashMap<>(more);
    List<String> required = new ArrayList<>(more.keySet());
    for (Keys.Entry entry : entries) {
      properties.put(entry.name(), entry.schema(definitions));
      if (entry.required()) {
        required.add(entry.name());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("title", name);
    schema.put("description", description);
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("patternProperties", Map.of("^" + FREE, Map.of()));
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  @Override
  public List<Type<?>> parts() {
    List<Type<?>> parts = new ArrayList<>();
    entries.forEach(entry -> parts.add(entry.type()));
    return parts;
  }
}
