package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping one of whose keys, the tag, tells what the others are. Each call of [#or] gives a new
/// type.
///
/// @param <T> what all variants have in common
public final class VariantType<T> implements Type<T> {
  private final String name;
  private final String tag;
  private final Map<String, ObjectType<? extends T>> variants;

  private VariantType(String name, String tag, Map<String, ObjectType<? extends T>> variants) {
    this.name = name;
    this.tag = tag;
    this.variants = variants;
  }

  /// A type without variants; add them with [#or].
  ///
  /// @param name in messages, schema and reference, such as `line`
  /// @param tag the key that tells the variant, such as `type`
  public static <T> VariantType<T> of(String name, String tag) {
    return new VariantType<>(name, tag, Map.of());
  }

  /// The same type with one variant more.
  ///
  /// @param word the tag's value
  public VariantType<T> or(String word, ObjectType<? extends T> variant) {
    Map<String, ObjectType<? extends T>> more = new LinkedHashMap<>(variants);
    more.put(word, variant);
    return new VariantType<>(name, tag, more);
  }

  /// The key that tells the variant.
  public String tag() {
    return tag;
  }

  @Override
  public @Nullable T read(Node node, Problems problems) {
    return switch (node) {
      case Node.Mapping mapping -> choose(mapping, problems);
      case Node.Unreadable _ -> null;
      case Node.Scalar _, Node.Sequence _ -> {
        problems.error(
            node, "expected " + phrase() + ", found " + node.found(), "write '" + tag + ": ...'");
        yield null;
      }
    };
  }

  private @Nullable T choose(Node.Mapping mapping, Problems problems) {
    String words = String.join(", ", variants.keySet());
    Node written = mapping.get(tag);
    if (written == null) {
      problems.error(
          mapping,
          "required key '" + tag + "' is missing",
          "write '" + tag + ":' and one of " + words);
      return null;
    }
    if (written instanceof Node.Unreadable) {
      return null;
    }
    if (!(written instanceof Node.Scalar scalar)) {
      problems.error(
          written, "expected one of " + words + ", found " + written.found(), "write one of them");
      return null;
    }
    ObjectType<? extends T> variant = variants.get(scalar.text());
    if (variant == null) {
      problems.error(
          written,
          scalar.found() + " is not one of " + words,
          Suggestion.phrase(scalar.text(), variants.keySet(), "known are"));
      return null;
    }
    return variant.read(mapping, problems, Set.of(tag));
  }

  @Override
  public String phrase() {
    return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }

  /// The variants by the word that chooses them.
  Map<String, ObjectType<? extends T>> variants() {
    return variants;
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    return definitions.reference(name, this, () -> Map.of("oneOf", alternatives(definitions)));
  }

  private List<Object> alternatives(Definitions definitions) {
    List<Object> alternatives = new ArrayList<>();
    variants.forEach(
        (word, variant) ->
            alternatives.add(
                variant.inlineSchema(definitions, Map.of(tag, Map.of("const", word)))));
    return alternatives;
  }

  @Override
  public List<Type<?>> parts() {
    return List.copyOf(variants.values());
  }
}
