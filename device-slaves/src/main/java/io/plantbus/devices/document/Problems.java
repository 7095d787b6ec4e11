package io.plantbus.devices.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The mistakes found so far in one document, each once; at most [#LIMIT] are kept. Owned by the
/// thread that reads the document.
///
/// Text that came from the environment is never shown: a problem names the variable instead.
public final class Problems {
  /// Problems that are kept of one document.
  public static final int LIMIT = 200;

  /// Shorter texts cannot be told from ordinary numbers and words, and are no secrets.
  private static final int SHORTEST_CONCEALED = 4;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, String> concealed = new LinkedHashMap<>();
  private int found;
  private int errors;

  /// Adds an error at a node.
  ///
  /// @param message what is wrong
  /// @param remedy what to write instead, beginning with a verb; may be empty
  public void error(Node where, String message, String remedy) {
    add(where.position(), where.path(), message, remedy, Problem.Severity.ERROR);
  }

  /// Adds an error.
  public void error(Position position, KeyPath path, String message, String remedy) {
    add(position, path, message, remedy, Problem.Severity.ERROR);
  }

  /// Adds a warning at a node: the document stays usable.
  public void warning(Node where, String message, String remedy) {
    add(where.position(), where.path(), message, remedy, Problem.Severity.WARNING);
  }

  /// Adds the error that a name refers to nothing, with a suggestion or the names there are.
  ///
  /// @param where the node that holds the name
  /// @param kind what is named, such as `line`
  /// @param name as written
  /// @param known the names there are
  public void unknownName(Node where, String kind, String name, Collection<String> known) {
    error(
        where,
        "there is no " + kind + " '" + name + "'",
        known.isEmpty()
            ? "describe a " + kind + " of that name first"
            : Suggestion.phrase(name, known, kind + "s are"));
  }

  /// Keeps a text that came from the environment out of every message.
  ///
  /// @param text the secret
  /// @param written what stands in the file
  void conceal(String text, String written) {
    if (text.length() >= SHORTEST_CONCEALED) {
      concealed.put(text, written);
    }
  }

  /// Problems found, also those beyond [#LIMIT].
  public int count() {
    return found;
  }

  /// Whether the document cannot be used.
  public boolean hasErrors() {
    return errors > 0;
  }

  /// The problems in the order of the file.
  public List<Problem> list() {
    return problems.stream().sorted(Comparator.comparing(Problem::position)).toList();
  }

  private void add(
      Position position, KeyPath path, String message, String remedy, Problem.Severity severity) {
    Problem problem = new Problem(position, path, safe(message), safe(remedy), severity);
    if (problems.contains(problem)) {
      return;
    }
    found++;
    if (severity == Problem.Severity.ERROR) {
      errors++;
    }
    if (problems.size() < LIMIT) {
      problems.add(problem);
    }
  }

  private String safe(String text) {
    String safe = text;
    for (Map.Entry<String, String> entry : concealed.entrySet()) {
      safe = safe.replace(entry.getKey(), entry.getValue());
    }
    return safe;
  }
}
