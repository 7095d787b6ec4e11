package io.plantbus.devices.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A piece of a YAML document that knows where it stands. Aliases and merge keys are resolved: what
/// they bring in keeps the position where it is written, under the path where it is used.
public sealed interface Node {
  /// Where it begins.
  Position position();

  /// The keys that lead to it.
  KeyPath path();

  /// What it is, for messages: `'text'`, `17`, `a list`, `a mapping`.
  String found();

  /// A single value.
  ///
  /// @param text with the environment substituted
  /// @param written as it stands in the file; what messages show
  /// @param plain whether it stands without quotes
  record Scalar(Position position, KeyPath path, String text, String written, boolean plain)
      implements Node {
    private static final int LONGEST_SHOWN = 60;
    private static final Pattern NUMBER =
        Pattern.compile("[-+]?\\d[0-9.]{0,19}([eE][-+]?\\d{1,4})?|0x[0-9A-Fa-f]{1,16}");

    /// Whether it is YAML's null: nothing, `~` or `null`.
    public boolean isEmpty() {
      return plain && written.matches("|~|null|Null|NULL");
    }

    @Override
    public String found() {
      if (isEmpty()) {
        return "nothing";
      }
      if (plain && NUMBER.matcher(written).matches()) {
        return written;
      }
      return written.length() <= LONGEST_SHOWN
          ? "'" + written + "'"
          : "'" + written.substring(0, LONGEST_SHOWN) + "...'";
    }
  }

  /// A list.
  record Sequence(Position position, KeyPath path, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String found() {
      return "a list";
    }
  }

  /// Keys with values, in the order of the file, each key once.
  record Mapping(Position position, KeyPath path, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /// The value under a key, or null.
    public @Nullable Node get(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }

    /// The keys in the order of the file.
    public List<String> keys() {
      List<String> keys = new ArrayList<>(entries.size());
      entries.forEach(entry -> keys.add(entry.key()));
      return keys;
    }

    @Override
    public String found() {
      return "a mapping";
    }
  }

  /// A key with its value.
  ///
  /// @param keyPosition where the key begins
  record Entry(Position keyPosition, String key, Node value) {}

  /// Something whose problem is reported already: readers pass over it in silence.
  record Unreadable(Position position, KeyPath path) implements Node {
    @Override
    public String found() {
      return "something unreadable";
    }
  }
}
