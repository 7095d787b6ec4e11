package io.plantbus.app.conformance;

import io.plantbus.protocols.conformance.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the Modbus specifications ask for, row by row, and the tests that show it.
public final class Ledger {
  private static final List<String> DISPOSITIONS = List.of("mandatory", "policy", "not applicable");

  private final List<RequirementRow> rows;
  private final List<CoveringMethod> methods;
  private final Map<Requirement, List<CoveringMethod>> tests = new EnumMap<>(Requirement.class);

  Ledger(List<RequirementRow> rows, List<CoveringMethod> methods) {
    this.rows = rows;
    this.methods = methods;
    for (CoveringMethod method : methods) {
      for (String requirement : method.requirements()) {
        tests.computeIfAbsent(Requirement.valueOf(requirement), _ -> new ArrayList<>()).add(method);
      }
    }
  }

  /// Reads rows and compiled tests.
  ///
  /// @param root where the parent POM is
  public static Ledger read(Path root) throws IOException {
    return new Ledger(RequirementRow.all(), TestClasses.covering(root));
  }

  /// What is wrong with it, a line each; empty if every row has a test and every test a row.
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    Set<Requirement> described = EnumSet.noneOf(Requirement.class);
    Set<Integer> numbers = new HashSet<>();
    for (RequirementRow row : rows) {
      if (!described.add(row.name()) || !numbers.add(row.number())) {
        faults.add(row.number() + " " + row.name() + " stands twice in requirements.txt");
      }
      if (!DISPOSITIONS.contains(row.disposition())
          || row.note().isEmpty() != row.disposition().equals("mandatory")) {
        faults.add(row.number() + " " + row.name() + " has no disposition or lacks its reason");
      }
      if (!tests.containsKey(row.name())) {
        faults.add(row.number() + " " + row.name() + " has no test");
      }
    }
    for (Requirement requirement : EnumSet.complementOf(EnumSet.copyOf(described))) {
      faults.add(requirement + " has no row in requirements.txt");
    }
    for (CoveringMethod method : methods) {
      if (!method.isTest()) {
        faults.add(method.place() + " names requirements and is no test");
      }
    }
    return faults;
  }

  /// How many rows there are of each disposition, as Markdown.
  public String summary() {
    StringBuilder text = new StringBuilder("| Disposition | Rows |\n|---|---|\n");
    for (String disposition : DISPOSITIONS) {
      long count = rows.stream().filter(row -> row.disposition().equals(disposition)).count();
      text.append("| %s | %d |\n".formatted(disposition, count));
    }
    return text.append("| together | %d |\n".formatted(rows.size())).toString();
  }

  /// The rows, as Markdown.
  public String table() {
    StringBuilder text =
        new StringBuilder(
            "| No. | Requirement | Clause | Disposition | Tests |\n|---|---|---|---|---|\n");
    rows.stream()
        .sorted(Comparator.comparingInt(RequirementRow::number))
        .forEach(row -> append(row, text));
    return text.toString();
  }

  private void append(RequirementRow row, StringBuilder text) {
    String disposition =
        row.note().isEmpty() ? row.disposition() : row.disposition() + ": " + row.note();
    String places =
        String.join(
            "<br>",
            tests.getOrDefault(row.name(), List.of()).stream()
                .map(method -> "`" + method.place() + "`")
                .toList());
    text.append(
        "| %d | %s | %s | %s | %s |\n"
            .formatted(row.number(), row.text(), row.clause(), disposition, places));
  }
}
