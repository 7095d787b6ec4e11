package io.plantbus.devices.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Builds nodes of a parser's events, within bounds: a document that nests too deeply or that grows
/// too large through its aliases ends with a problem instead of using up the memory.
final class NodeBuilder {
  static final int DEEPEST = 32;
  static final int MOST_NODES = 50_000;
  private static final String MERGE = "<<";

  /// Ends the reading of a document after its last problem.
  static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final String file;
  private final Iterator<Event> events;
  private final Substitution substitution;
  private final Problems problems;
  private final Map<String, Node> anchors = new HashMap<>();
  private int nodes;

  NodeBuilder(String file, Iterator<Event> events, Substitution substitution, Problems problems) {
    this.file = file;
    this.events = events;
    this.substitution = substitution;
    this.problems = problems;
  }

  /// The node that begins with an event.
  ///
  /// @throws Stop after a problem that ends the reading
  Node build(Event event, KeyPath path, int depth) throws Stop {
    Position position = position(event.getStartMark());
    count(position, path, depth);
    if (event instanceof AliasEvent alias) {
      return resolve(alias.getAlias().getValue(), position, path, depth);
    }
    Node node =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event, position, path);
          case SequenceStart -> sequence(position, path, depth);
          default -> mapping(position, path, depth);
        };
    if (!ordinaryTag(event)) {
      problems.error(node, "YAML tags (!...) have no meaning here", "leave the tag away");
      node = new Node.Unreadable(position, path);
    }
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    if (anchor.isPresent()) {
      anchors.put(anchor.get().getValue(), node);
    }
    return node;
  }

  Position position(Optional<Mark> mark) {
    return mark.map(at -> new Position(file, at.getLine() + 1, at.getColumn() + 1))
        .orElseGet(() -> Position.of(file));
  }

  private static boolean ordinaryTag(Event event) {
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> Optional.empty();
        };
    return tag.isEmpty() || tag.get().equals("!") || tag.get().startsWith("tag:yaml.org,2002:");
  }

  private Node scalar(ScalarEvent event, Position position, KeyPath path) {
    String written = event.getValue();
    Node.Scalar raw = new Node.Scalar(position, path, written, written, event.isPlain());
    String text = substitution.apply(raw, problems);
    return text == null
        ? new Node.Unreadable(position, path)
        : new Node.Scalar(position, path, text, written, event.isPlain());
  }

  private Node sequence(Position position, KeyPath path, int depth) throws Stop {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(build(event, path.item(items.size()), depth + 1));
    }
    return new Node.Sequence(position, path, items);
  }

  private Node mapping(Position position, KeyPath path, int depth) throws Stop {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      Position keyPosition = position(event.getStartMark());
      String key = key(event, keyPosition, path, depth);
      boolean merges = MERGE.equals(key) && ((ScalarEvent) event).isPlain();
      KeyPath valuePath = path.child(key == null ? "?" : key);
      Node value = build(events.next(), valuePath, depth + 1);
      if (merges) {
        merged.add(value);
      } else if (key != null) {
        Node.Entry former = entries.get(key);
        if (former == null) {
          entries.put(key, new Node.Entry(keyPosition, key, value));
        } else {
          problems.error(
              keyPosition,
              valuePath,
              "key '" + key + "' stands here twice, first in line " + former.keyPosition().line(),
              "keep one of them");
        }
      }
    }
    for (Node source : merged) {
      merge(source, entries, path, depth);
    }
    return new Node.Mapping(position, path, List.copyOf(entries.values()));
  }

  private @Nullable String key(Event event, Position position, KeyPath path, int depth)
      throws Stop {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getValue();
    }
    build(event, path.child("?"), depth + 1);
    problems.error(position, path, "a key must be a single word", "write a name, a colon, a value");
    return null;
  }

  private void merge(Node source, Map<String, Node.Entry> into, KeyPath path, int depth)
      throws Stop {
    switch (source) {
      case Node.Mapping mapping -> {
        for (Node.Entry entry : mapping.entries()) {
          if (!into.containsKey(entry.key())) {
            Node value = copy(entry.value(), path.child(entry.key()), depth + 1);
            into.put(entry.key(), new Node.Entry(entry.keyPosition(), entry.key(), value));
          }
        }
      }
      case Node.Sequence sequence -> {
        for (Node item : sequence.items()) {
          if (item instanceof Node.Sequence) {
            problems.error(item, "only mappings can be merged", "write <<: *name");
          } else {
            merge(item, into, path, depth);
          }
        }
      }
      case Node.Scalar scalar ->
          problems.error(scalar, "only mappings can be merged", "write <<: *name");
      case Node.Unreadable _ -> {}
    }
  }

  private Node resolve(String name, Position position, KeyPath path, int depth) throws Stop {
    Node target = anchors.get(name);
    if (target == null) {
      problems.error(
          position,
          path,
          "there is no complete value with the anchor &" + name + " above this line",
          Suggestion.phrase(name, anchors.keySet(), "anchors are"));
      return new Node.Unreadable(position, path);
    }
    return copy(target, path, depth);
  }

  private Node copy(Node node, KeyPath path, int depth) throws Stop {
    count(node.position(), path, depth);
    return switch (node) {
      case Node.Scalar scalar ->
          new Node.Scalar(scalar.position(), path, scalar.text(), scalar.written(), scalar.plain());
      case Node.Sequence sequence -> {
        List<Node> items = new ArrayList<>();
        for (Node item : sequence.items()) {
          items.add(copy(item, path.item(items.size()), depth + 1));
        }
        yield new Node.Sequence(sequence.position(), path, items);
      }
      case Node.Mapping mapping -> {
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
          Node value = copy(entry.value(), path.child(entry.key()), depth + 1);
          entries.add(new Node.Entry(entry.keyPosition(), entry.key(), value));
        }
        yield new Node.Mapping(mapping.position(), path, entries);
      }
      case Node.Unreadable unreadable -> new Node.Unreadable(unreadable.position(), path);
    };
  }

  private void count(Position position, KeyPath path, int depth) throws Stop {
    if (depth > DEEPEST) {
      problems.error(
          position,
          KeyPath.ROOT,
          "values nest more than " + DEEPEST + " levels deep",
          "write a flatter document");
      throw new Stop();
    }
    if (++nodes > MOST_NODES) {
      problems.error(
          position,
          path,
          "the document has more than " + MOST_NODES + " values, aliases expanded",
          "split it, or use fewer aliases");
      throw new Stop();
    }
  }
}
