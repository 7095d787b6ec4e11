package io.plantbus.app.soak.mutant;

import io.plantbus.app.soak.SoakCase;
import io.plantbus.app.soak.invariant.Invariant;
import io.plantbus.app.soak.mutant.Mutant.Hunk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads mutants from text, one after another:
///
/// ```
/// ## the checksum of answers is not checked
/// file: protocols/src/main/java/…/RtuClientSession.java
/// violates: own-answer sound-request
/// first: 3/300s
/// -lines that stand in the file
/// +lines that take their place
/// ```
///
/// `first` may be left out. Lines with a blank in front stay as they are; `---` begins another
/// place in the same file. Anything before the first mutant is a remark.
final class MutantReader {
  private final List<Mutant> mutants = new ArrayList<>();
  private final List<Hunk> hunks = new ArrayList<>();
  private final List<String> before = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private final Set<Invariant> expected = EnumSet.noneOf(Invariant.class);
  private String name = "";
  private String file = "";
  private @Nullable SoakCase first;

  private MutantReader() {}

  static List<Mutant> read(String text) {
    MutantReader reader = new MutantReader();
    text.lines().forEach(reader::line);
    reader.end();
    return reader.mutants;
  }

  private void line(String line) {
    if (line.startsWith("## ")) {
      end();
      name = line.substring(3).strip();
    } else if (name.isEmpty() || line.isBlank()) {
      return;
    } else if (line.equals("---")) {
      endHunk();
    } else if (line.startsWith("-")) {
      before.add(line.substring(1));
    } else if (line.startsWith("+")) {
      after.add(line.substring(1));
    } else if (line.startsWith(" ")) {
      before.add(line);
      after.add(line);
    } else {
      header(line);
    }
  }

  private void header(String line) {
    String value = line.substring(line.indexOf(':') + 1).strip();
    switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
      case "file" -> file = value;
      case "first" -> first = SoakCase.parse(value);
      case "violates" -> {
        for (String word : value.split(" +", -1)) {
          expected.add(Invariant.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
      }
      default -> throw new IllegalArgumentException("mutant '" + name + "': what is " + line);
    }
  }

  private void endHunk() {
    if (!before.isEmpty()) {
      hunks.add(new Hunk(List.copyOf(before), List.copyOf(after)));
    }
    before.clear();
    after.clear();
  }

  private void end() {
    endHunk();
    if (!name.isEmpty()) {
      if (file.isEmpty() || hunks.isEmpty() || expected.isEmpty()) {
        throw new IllegalArgumentException(
            "mutant '" + name + "' needs a file, lines that change, and what it violates");
      }
      mutants.add(new Mutant(name, Path.of(file), List.copyOf(hunks), Set.copyOf(expected), first));
    }
    name = "";
    file = "";
    first = null;
    hunks.clear();
    expected.clear();
  }
}
