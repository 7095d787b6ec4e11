package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A single value as the short form of a mapping or list.
///
/// @param <T> what both forms stand for
final class ShorthandType<T> implements Type<T> {
  private final Type<T> shortForm;
  private final Type<T> fullForm;

  ShorthandType(Type<T> shortForm, Type<T> fullForm) {
    this.shortForm = shortForm;
    this.fullForm = fullForm;
  }

  @Override
  public @Nullable T read(Node node, Problems problems) {
    return switch (node) {
      case Node.Scalar _ -> shortForm.read(node, problems);
      case Node.Sequence _, Node.Mapping _ -> fullForm.read(node, problems);
      case Node.Unreadable _ -> null;
    };
  }

  @Override
  public String phrase() {
    return shortForm.phrase() + " or " + fullForm.phrase();
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    return Map.of("anyOf", List.of(shortForm.schema(definitions), fullForm.schema(definitions)));
  }

  @Override
  public List<Type<?>> parts() {
    return List.of(shortForm, fullForm);
  }
}
