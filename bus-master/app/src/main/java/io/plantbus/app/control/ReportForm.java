package io.plantbus.app.control;

/// How a report of a running plant is wanted.
///
/// @param json one JSON object instead of rows for a person
/// @param total since the start instead of over the last minute; JSON always has both
/// @param width columns of a row, 40..500
/// @param colour whether rows have colours
/// @param ascii whether rows are of ASCII only
public record ReportForm(boolean json, boolean total, int width, boolean colour, boolean ascii) {
  private static final int LEAST_WIDTH = 40;
  private static final int MOST_WIDTH = 500;

  public ReportForm {
    width = Math.clamp(width, LEAST_WIDTH, MOST_WIDTH);
  }

  static ReportForm of(JsonLine request) {
    String width = request.text("width");
    return new ReportForm(
        request.text("form").equals("json"),
        request.text("total").equals("true"),
        width.matches("\\d{1,6}") ? Integer.parseInt(width) : LEAST_WIDTH,
        request.text("colour").equals("true"),
        request.text("ascii").equals("true"));
  }
}
