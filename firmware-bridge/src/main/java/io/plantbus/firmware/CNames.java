package io.plantbus.firmware;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The names of one header: upper case, under the profile's prefix, each only once.
final class CNames {
  private final String profile;
  private final String prefix;
  private final Map<String, String> resources = new HashMap<>();
  private final Set<String> constants = new HashSet<>();

  CNames(String profile) {
    this.profile = profile;
    String word = word(profile);
    this.prefix = Character.isDigit(word.charAt(0)) ? "P" + word : word;
  }

  /// The include guard.
  String guard() {
    return "PLANTBUS_" + prefix + "_H";
  }

  /// The word of a resource.
  ///
  /// @throws IllegalArgumentException if another resource has the same
  String of(String resource) {
    String word = word(resource);
    String former = resources.putIfAbsent(word, resource);
    if (former != null) {
      throw new IllegalArgumentException(
          "resources '%s' and '%s' of profile '%s' are both %s in C; rename one"
              .formatted(former, resource, profile, word));
    }
    return word;
  }

  /// A constant's name. Asking for the number and the table of points twice is meant.
  ///
  /// @throws IllegalArgumentException if a resource is named so that two constants are the same
  String constant(String first, String second) {
    String name = prefix + "_" + first + "_" + second;
    if (!constants.add(name) && !name.equals(prefix + "_NUMBER_OF_POINTS")) {
      throw new IllegalArgumentException(
          "two constants of profile '%s' are both %s in C; rename a resource"
              .formatted(profile, name));
    }
    return name;
  }

  /// Text that can stand in a C comment.
  static String comment(String text) {
    return text.replaceAll("\\s+", " ").replace("*/", "* /").replace("/*", "/ *");
  }

  private static String word(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
