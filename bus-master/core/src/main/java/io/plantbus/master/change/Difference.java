package io.plantbus.master.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What is different between two lists of things with names, in the order of the later one, what
/// left at the end.
///
/// @param added names that are new
/// @param removed names that are gone
/// @param changed names that mean something else
public record Difference(List<String> added, List<String> removed, List<String> changed) {
  public Difference {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
  }

  /// Compares by name, then by value.
  ///
  /// @param name unique in each list
  /// @param <T> things that are equal when they are the same
  public static <T> Difference between(List<T> before, List<T> after, Function<T, String> name) {
    Map<String, T> former = new LinkedHashMap<>();
    before.forEach(thing -> former.put(name.apply(thing), thing));
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (T thing : after) {
      T same = former.remove(name.apply(thing));
      if (same == null) {
        added.add(name.apply(thing));
      } else if (!same.equals(thing)) {
        changed.add(name.apply(thing));
      }
    }
    return new Difference(added, List.copyOf(former.keySet()), changed);
  }

  /// Whether nothing is different.
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }
}
