package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.NodeReader;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mapping whose kind is told by which key stands in it, such as `rtu`, `tcp` or `i2c` in a line.
///
/// @param <T> what all kinds have in common
public final class KeyedType<T> implements Type<T> {
  private final String phrase;
  private final Map<String, ObjectType<? extends T>> kinds;

  private KeyedType(String phrase, Map<String, ObjectType<? extends T>> kinds) {
    this.phrase = phrase;
    this.kinds = kinds;
  }

  /// A type without kinds.
  ///
  /// @param phrase with its article, such as `a line`
  public static <T> KeyedType<T> of(String phrase) {
    return new KeyedType<>(phrase, Map.of());
  }

  /// The same type with one kind more.
  ///
  /// @param key one that no other kind has
  public KeyedType<T> or(String key, ObjectType<? extends T> kind) {
    Map<String, ObjectType<? extends T>> more = new LinkedHashMap<>(kinds);
    more.put(key, kind);
    return new KeyedType<>(phrase, more);
  }

  @Override
  public @Nullable T read(Node node, Problems problems) {
    return switch (node) {
      case Node.Mapping mapping -> choose(mapping, problems);
      case Node.Unreadable _ -> null;
      case Node.Scalar _, Node.Sequence _ -> {
        problems.error(
            node, "expected " + phrase + ", found " + node.found(), "write " + example());
        yield null;
      }
    };
  }

  private @Nullable T choose(Node.Mapping mapping, Problems problems) {
    List<String> written = new ArrayList<>(kinds.keySet());
    written.retainAll(mapping.keys());
    if (written.size() > 1) {
      problems.error(
          mapping,
          phrase + " cannot have both '" + written.get(0) + "' and '" + written.get(1) + "'",
          "keep one of them");
      return null;
    }
    if (written.isEmpty()) {
      problems.error(
          mapping,
          phrase + " needs one of the keys " + String.join(", ", kinds.keySet()),
          near(mapping));
      return null;
    }
    NodeReader<? extends T> kind = kinds.get(written.getFirst());
    return kind == null ? null : kind.read(mapping, problems);
  }

  private String near(Node.Mapping mapping) {
    for (String key : mapping.keys()) {
      String near = Suggestion.nearest(key, kinds.keySet());
      if (near != null) {
        return "did you mean '" + near + "' by '" + key + "'?";
      }
    }
    return "write " + example();
  }

  private String example() {
    return "one of "
        + String.join(", ", kinds.keySet().stream().map(key -> key + ": ...").toList());
  }

  @Override
  public String phrase() {
    return phrase;
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    List<Object> alternatives = new ArrayList<>();
    kinds.forEach(
        (key, kind) -> {
          Map<String, Object> alternative = new LinkedHashMap<>(kind.schema(definitions));
          alternative.putIfAbsent("required", List.of(key));
          alternatives.add(alternative);
        });
    return Map.of("oneOf", alternatives);
  }

  @Override
  public List<Type<?>> parts() {
    return List.copyOf(kinds.values());
  }
}
