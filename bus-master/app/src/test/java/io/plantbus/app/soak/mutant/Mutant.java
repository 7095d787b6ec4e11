package io.plantbus.app.soak.mutant;

import io.plantbus.app.soak.SoakCase;
import io.plantbus.app.soak.invariant.Invariant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A defect: a change of one source file.
///
/// @param name what is wrong, as a phrase
/// @param file the source file, from the root of the repository
/// @param hunks what is changed in it, one or more
/// @param expected the invariants of which one must be violated first
/// @param first a case known to show it, tried before those that all mutants have; or null
record Mutant(
    String name, Path file, List<Hunk> hunks, Set<Invariant> expected, @Nullable SoakCase first) {
  /// Lines that take the place of others. Blanks around a line do not count.
  ///
  /// @param before found exactly once in the file
  /// @param after what stands there instead
  record Hunk(List<String> before, List<String> after) {}

  /// The file with the defect in it.
  ///
  /// @throws IllegalArgumentException if the file has changed so that the defect has no place in it
  String applied(String source) {
    List<String> lines = new ArrayList<>(source.lines().toList());
    for (Hunk hunk : hunks) {
      List<Integer> places = places(lines, hunk.before());
      if (places.size() != 1) {
        throw new IllegalArgumentException(
            """
            mutant '%s' no longer applies: these lines are found %d times in %s, not once
            %s
            write them as they stand there now, or plant the defect where it would be made now\
            """
                .formatted(name, places.size(), file, String.join("\n", hunk.before())));
      }
      int at = places.getFirst();
      lines.subList(at, at + hunk.before().size()).clear();
      lines.addAll(at, hunk.after());
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<Integer> places(List<String> lines, List<String> wanted) {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at + wanted.size() <= lines.size(); at++) {
      boolean same = true;
      for (int i = 0; i < wanted.size() && same; i++) {
        same = lines.get(at + i).strip().equals(wanted.get(i).strip());
      }
      if (same) {
        places.add(at);
      }
    }
    return places;
  }

  @Override
  public String toString() {
    return name;
  }
}
