package io.plantbus.app.proof;

import java.io.PrintWriter;
import java.util.List;

/// Rows of text in columns.
final class TextTable {
  private TextTable() {}

  /// Prints rows, all of as many cells as the first.
  static void print(PrintWriter out, List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder("  ");
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        text.append(cell).repeat(' ', widths[i] - cell.length() + 2);
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
