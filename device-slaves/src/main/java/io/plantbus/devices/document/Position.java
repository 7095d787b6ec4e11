package io.plantbus.devices.document;

/// A place in a file.
///
/// @param file the file's name as the user gave it
/// @param line 1-based; 0 for the file as a whole
/// @param column 1-based; 0 for the file as a whole
public record Position(String file, int line, int column) implements Comparable<Position> {
  /// The file as a whole.
  public static Position of(String file) {
    return new Position(file, 0, 0);
  }

  /// By file, then line, then column.
  @Override
  public int compareTo(Position other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
