package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mapping with keys of the user's choice, in the order of the file; entries that are wrong are
/// left out of the value.
///
/// @param <K> its keys
/// @param <V> its values
final class MapType<K, V> implements Type<Map<K, V>> {
  private final Type<K> key;
  private final Type<V> value;

  MapType(Type<K> key, Type<V> value) {
    this.key = key;
    this.value = value;
  }

  @Override
  public @Nullable Map<K, V> read(Node node, Problems problems) {
    return switch (node) {
      case Node.Mapping mapping -> entries(mapping, problems);
      case Node.Unreadable _ -> null;
      case Node.Scalar _, Node.Sequence _ -> {
        problems.error(
            node,
            "expected " + phrase() + ", found " + node.found(),
            "write one 'key: value' per line, indented");
        yield null;
      }
    };
  }

  private Map<K, V> entries(Node.Mapping mapping, Problems problems) {
    Map<K, V> entries = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      Node written =
          new Node.Scalar(
              entry.keyPosition(), entry.value().path(), entry.key(), entry.key(), false);
      K name = key.read(written, problems);
      V content = value.read(entry.value(), problems);
      if (name != null && content != null && entries.putIfAbsent(name, content) != null) {
        problems.error(written, "'" + entry.key() + "' means the same as a key above", "keep one");
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  @Override
  public String phrase() {
    return "a mapping from " + key.noun() + " to " + value.noun();
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", value.schema(definitions));
    return schema;
  }

  @Override
  public List<Type<?>> parts() {
    return List.of(value);
  }
}
