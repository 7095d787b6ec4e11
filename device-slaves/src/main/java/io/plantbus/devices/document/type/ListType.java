package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list; items that are wrong are left out of the value.
///
/// @param <T> its items
final class ListType<T> implements Type<List<T>> {
  private final Type<T> item;
  private final int fewest;
  private final int most;

  ListType(Type<T> item, int fewest, int most) {
    this.item = item;
    this.fewest = fewest;
    this.most = most;
  }

  @Override
  public @Nullable List<T> read(Node node, Problems problems) {
    return switch (node) {
      case Node.Sequence sequence -> items(sequence, problems);
      case Node.Unreadable _ -> null;
      case Node.Scalar _, Node.Mapping _ -> {
        problems.error(
            node,
            "expected " + phrase() + ", found " + node.found(),
            "begin each item with '- ', or write [ ... ]");
        yield null;
      }
    };
  }

  private List<T> items(Node.Sequence sequence, Problems problems) {
    int count = sequence.items().size();
    if (count < fewest || count > most) {
      problems.error(
          sequence,
          "has " + count + (count == 1 ? " item" : " items"),
          "write " + length() + " of them");
    }
    List<T> items = new ArrayList<>(count);
    for (Node each : sequence.items()) {
      T value = item.read(each, problems);
      if (value != null) {
        items.add(value);
      }
    }
    return List.copyOf(items);
  }

  private String length() {
    if (fewest == most) {
      return Integer.toString(most);
    }
    return most == Integer.MAX_VALUE ? "at least " + fewest : fewest + ".." + most;
  }

  @Override
  public String phrase() {
    return "a list of " + item.noun();
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", item.schema(definitions));
    if (fewest > 0) {
      schema.put("minItems", fewest);
    }
    if (most < Integer.MAX_VALUE) {
      schema.put("maxItems", most);
    }
    return schema;
  }

  @Override
  public List<Type<?>> parts() {
    return List.of(item);
  }
}
