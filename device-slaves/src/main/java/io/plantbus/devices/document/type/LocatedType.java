package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value together with its place.
///
/// @param <T> the value
final class LocatedType<T> implements Type<Located<T>> {
  private final Type<T> inner;

  LocatedType(Type<T> inner) {
    this.inner = inner;
  }

  @Override
  public @Nullable Located<T> read(Node node, Problems problems) {
    T value = inner.read(node, problems);
    return value == null ? null : new Located<>(value, node);
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
}
