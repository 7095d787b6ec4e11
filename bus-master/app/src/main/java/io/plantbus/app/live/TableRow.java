package io.plantbus.app.live;

/// Builds one screen row of exact width out of cells; what does not fit is cut with an ellipsis.
public final class TableRow {
  private final StringBuilder text = new StringBuilder();
  private final boolean colour;
  private int room;

  /// @param width columns of the row
  /// @param colour whether ink is used
  public TableRow(int width, boolean colour) {
    this.room = width;
    this.colour = colour;
  }

  /// A cell of `width` columns, left aligned.
  public TableRow left(String content, int width, Ink ink) {
    return cell(content, width, ink, false);
  }

  /// A cell of `width` columns, right aligned.
  public TableRow right(String content, int width, Ink ink) {
    return cell(content, width, ink, true);
  }

  /// A cell that takes the rest of the row.
  public TableRow rest(String content, Ink ink) {
    return cell(content, room, ink, false);
  }

  private TableRow cell(String content, int width, Ink ink, boolean toTheRight) {
    int columns = Math.min(width, room);
    room -= columns;
    String cut =
        content.length() <= columns
            ? content
            : columns < 1 ? "" : content.substring(0, columns - 1) + "…";
    String gap = " ".repeat(columns - cut.length());
    text.append(toTheRight ? gap : "").append(ink.on(cut, colour)).append(toTheRight ? "" : gap);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
