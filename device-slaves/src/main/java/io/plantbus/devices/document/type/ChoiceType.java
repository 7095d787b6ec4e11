package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One of some words, each standing for a value. Each call of [#or] or [#alias] gives a new type.
///
/// @param <T> the values
public final class ChoiceType<T> implements Type<T> {
  private final Map<String, T> words;
  private final List<String> names;

  private ChoiceType(Map<String, T> words, List<String> names) {
    this.words = words;
    this.names = names;
  }

  /// A choice of one word; add others with [#or].
  public static <T> ChoiceType<T> of(String word, T value) {
    return new ChoiceType<>(Map.of(word, value), List.of(word));
  }

  /// The same choice with one word more.
  public ChoiceType<T> or(String word, T value) {
    return with(true, value, word);
  }

  /// The same choice with other words for one that it has; messages do not list them.
  ///
  /// @throws IllegalArgumentException if it has no such word
  public ChoiceType<T> alias(String word, String... others) {
    T value = words.get(word);
    if (value == null) {
      throw new IllegalArgumentException("there is no word '" + word + "' to stand for");
    }
    return with(false, value, others);
  }

  private ChoiceType<T> with(boolean named, T value, String... more) {
    Map<String, T> allWords = new LinkedHashMap<>(words);
    List<String> allNames = new ArrayList<>(names);
    for (String word : more) {
      if (allWords.putIfAbsent(word, value) == null && named) {
        allNames.add(word);
      }
    }
    return new ChoiceType<>(allWords, List.copyOf(allNames));
  }

  @Override
  public @Nullable T read(Node node, Problems problems) {
    return switch (node) {
      case Node.Scalar scalar when !scalar.isEmpty() -> {
        T value = words.get(scalar.text());
        if (value == null) {
          String near = Suggestion.nearest(scalar.text(), words.keySet());
          problems.error(
              node,
              scalar.found() + " is not " + phrase(),
              near == null ? "write one of them" : "did you mean '" + near + "'?");
        }
        yield value;
      }
      case Node.Scalar _, Node.Sequence _, Node.Mapping _ -> {
        problems.error(
            node, "expected " + phrase() + ", found " + node.found(), "write one of them");
        yield null;
      }
      case Node.Unreadable _ -> null;
    };
  }

  @Override
  public String phrase() {
    return "one of " + String.join(", ", names);
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    return definitions.orVariable(JsonText.object("enum", List.copyOf(words.keySet())));
  }
}
