package io.plantbus.junit;

import java.util.Collection;
import java.util.TreeSet;

/// Names of a bench as tests write them.
final class Names {
  private Names() {}

  /// @param kind what is named
  /// @return the name
  /// @throws IllegalArgumentException if it is not known; says which are
  static String require(String name, Collection<String> known, String kind) {
    if (!known.contains(name)) {
      throw unknown(name, known, kind);
    }
    return name;
  }

  static IllegalArgumentException unknown(String name, Collection<String> known, String kind) {
    String there =
        known.isEmpty() ? "it has none" : "it has " + String.join(", ", new TreeSet<>(known));
    return new IllegalArgumentException(
        "the bench has no %s '%s'; %s".formatted(kind, name, there));
  }
}
