package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of one mapping, to make an object of. Valid until the making returns.
public final class Fields {
  private final Node.Mapping node;
  private final Map<String, Object> values;
  private final Problems problems;
  private final boolean sound;

  Fields(Node.Mapping node, Map<String, Object> values, Problems problems, boolean sound) {
    this.node = node;
    this.values = values;
    this.problems = problems;
    this.sound = sound;
  }

  /// The value of a key, written or default.
  @SuppressWarnings("unchecked") // the key and its value come from the same description
  public <T> T get(Key<T> key) {
    Object value = values.get(key.name());
    if (value == null) {
      throw new IllegalStateException("key '" + key.name() + "' belongs to another type");
    }
    return (T) value;
  }

  /// The value of a key, or null if it is absent or wrong.
  @SuppressWarnings("unchecked") // the key and its value come from the same description
  public <T> @Nullable T get(OptionalKey<T> key) {
    return (T) values.get(key.name());
  }

  /// The key under which this object stands in its parent; empty in lists and at the top.
  public String name() {
    return node.path().key();
  }

  /// The names written in the mapping under a key, those of wrong entries included: what other
  /// parts of the document may refer to.
  public List<String> names(Key<?> key) {
    return node.get(key.name()) instanceof Node.Mapping mapping ? mapping.keys() : List.of();
  }

  /// This mapping.
  public Node.Mapping node() {
    return node;
  }

  /// The node under a key, or this mapping if the key is absent: where to report a problem.
  public Node node(Key<?> key) {
    return nodeOf(key.name());
  }

  /// The node under a key, or this mapping if the key is absent.
  public Node node(OptionalKey<?> key) {
    return nodeOf(key.name());
  }

  /// Whether nothing in this mapping was wrong so far: if something was, a check across its keys
  /// might complain of what is only a consequence.
  public boolean isSound() {
    return sound;
  }

  /// Takes further problems.
  public Problems problems() {
    return problems;
  }

  private Node nodeOf(String name) {
    Node found = node.get(name);
    return found == null ? node : found;
  }
}
