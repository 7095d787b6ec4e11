package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.NodeReader;
import io.plantbus.devices.document.Problems;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What may stand at a place in a document. Immutable; any thread may use it.
///
/// @param <T> what is made of it
public interface Type<T> extends NodeReader<T> {
  /// What it is, with its article, to follow "expected" or "write": `an integer 1..247`.
  String phrase();

  /// The phrase without its article.
  default String noun() {
    return phrase().replaceFirst("^an? ", "");
  }

  /// Its JSON Schema (draft 2020-12) as maps, lists, strings, numbers and booleans.
  ///
  /// @param definitions takes the schemas of named types, to be referred to
  Map<String, Object> schema(Definitions definitions);

  /// The types that it is made of, for the reference.
  default List<Type<?>> parts() {
    return List.of();
  }

  /// The same values, made into something else.
  ///
  /// @param conversion may throw [IllegalArgumentException]: its message becomes a problem
  default <R> Type<R> as(Function<T, R> conversion) {
    Type<T> inner = this;
    return new Type<>() {
      @Override
      public @Nullable R read(Node node, Problems problems) {
        T value = inner.read(node, problems);
        if (value == null) {
          return null;
        }
        try {
          return conversion.apply(value);
        } catch (IllegalArgumentException wrong) {
          problems.error(node, String.valueOf(wrong.getMessage()), "");
          return null;
        }
      }

      @Override
      public String phrase() {
        return inner.phrase();
      }

      @Override
      public Map<String, Object> schema(Definitions definitions) {
        return inner.schema(definitions);
      }

      @Override
      public List<Type<?>> parts() {
        return inner.parts();
      }
    };
  }
}
