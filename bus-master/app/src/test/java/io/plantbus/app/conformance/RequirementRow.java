package io.plantbus.app.conformance;

import io.plantbus.protocols.conformance.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// One row of `requirements.txt`.
///
/// @param number stays with the row for good
/// @param name its constant
/// @param clause where the specifications ask for it
/// @param disposition `mandatory`, `policy` or `not applicable`
/// @param note of a policy how to choose otherwise, else why it does not apply; may be empty
/// @param text what is asked
record RequirementRow(
    int number, Requirement name, String clause, String disposition, String note, String text) {

  /// All rows as they stand in the file.
  static List<RequirementRow> all() throws IOException {
    try (InputStream rows =
        Objects.requireNonNull(Requirement.class.getResourceAsStream("requirements.txt"))) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(RequirementRow::parse)
          .toList();
    }
  }

  private static RequirementRow parse(String line) {
    String[] cells = line.split(" \\| ", -1);
    if (cells.length != 5) {
      throw new IllegalArgumentException("a row of requirements.txt has five cells: " + line);
    }
    String[] disposition = cells[3].split(": ", 2);
    return new RequirementRow(
        Integer.parseInt(cells[0]),
        Requirement.valueOf(cells[1]),
        cells[2],
        disposition[0],
        disposition.length == 2 ? disposition[1] : "",
        cells[4]);
  }
}
