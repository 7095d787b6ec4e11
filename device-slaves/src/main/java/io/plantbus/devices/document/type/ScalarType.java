package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A type of single values.
///
/// @param <T> what is made of the text
final class ScalarType<T> implements Type<T> {
  private final String phrase;
  private final String remedy;
  private final Map<String, Object> schema;
  private final boolean anyString;
  private final Function<Node.Scalar, @Nullable T> parser;

  /// @param phrase with its article, such as `an integer 1..247`
  /// @param remedy what to write, to follow "write", such as `a number such as 17`
  /// @param schema of the literal form
  /// @param anyString whether the schema takes every string, that of a variable included
  /// @param parser gives null if the text does not fit, or throws [IllegalArgumentException] whose
  ///   message says why
  ScalarType(
      String phrase,
      String remedy,
      Map<String, Object> schema,
      boolean anyString,
      Function<Node.Scalar, @Nullable T> parser) {
    this.phrase = phrase;
    this.remedy = remedy;
    this.schema = schema;
    this.anyString = anyString;
    this.parser = parser;
  }

  @Override
  public @Nullable T read(Node node, Problems problems) {
    return switch (node) {
      case Node.Scalar scalar when scalar.isEmpty() -> {
        problems.error(node, "has no value", "write " + remedy);
        yield null;
      }
      case Node.Scalar scalar -> parse(scalar, problems);
      case Node.Sequence _, Node.Mapping _ -> {
        problems.error(node, "expected " + phrase + ", found " + node.found(), "write " + remedy);
        yield null;
      }
      case Node.Unreadable _ -> null;
    };
  }

  private @Nullable T parse(Node.Scalar scalar, Problems problems) {
    try {
      T value = parser.apply(scalar);
      if (value == null) {
        problems.error(scalar, scalar.found() + " is not " + phrase, "write " + remedy);
      }
      return value;
    } catch (IllegalArgumentException wrong) {
      problems.error(scalar, String.valueOf(wrong.getMessage()), "");
      return null;
    }
  }

  @Override
  public String phrase() {
    return phrase;
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    if (anyString) {
      return schema;
    }
    return definitions.orVariable(schema);
  }
}
