package io.plantbus.app.live;

import io.plantbus.master.account.Cause;
import io.plantbus.master.account.LineTime;
import java.util.ArrayList;
import java.util.List;

/// The time of a line as a bar, a stretch of it for each cause.
///
/// ```
/// ███▓▓▓▓▓▒▒░░░░░░░░xx····················
/// ```
public final class ShareBar {
  private ShareBar() {}

  /// The character of a cause.
  public static char glyph(Cause cause) {
    return switch (cause) {
      case PAYLOAD -> '█';
      case OVERHEAD -> '▓';
      case SILENCE -> '▒';
      case TURNAROUND -> '░';
      case TIMEOUTS -> 'x';
      case RETRIES -> 'r';
      case IDLE -> '·';
      case CLOSED -> '/';
    };
  }

  /// How a cause looks.
  public static Ink ink(Cause cause) {
    return switch (cause) {
      case PAYLOAD -> Ink.GOOD;
      case OVERHEAD -> Ink.HEAD;
      case SILENCE, TURNAROUND -> Ink.WARN;
      case TIMEOUTS, RETRIES, CLOSED -> Ink.BAD;
      case IDLE -> Ink.DIM;
    };
  }

  /// Adds a bar of `width` columns to a row; each column shows what took most of its part.
  public static void add(TableRow row, LineTime time, int width) {
    long total = time.totalNanos();
    Cause drawn = Cause.PAYLOAD;
    int columns = 0;
    for (int column = 0; total > 0 && column < width; column++) {
      Cause most = most(time, (double) total * column / width, (double) total / width);
      if (most != drawn) {
        stretch(row, drawn, columns);
        columns = 0;
      }
      drawn = most;
      columns++;
    }
    stretch(row, drawn, columns);
    row.left("", total > 0 ? 0 : width, Ink.PLAIN);
  }

  private static void stretch(TableRow row, Cause cause, int columns) {
    row.left(String.valueOf(glyph(cause)).repeat(columns), columns, ink(cause));
  }

  /// What took most of a part of the time.
  private static Cause most(LineTime time, double fromNanos, double lengthNanos) {
    Cause most = Cause.IDLE;
    double longest = 0;
    double begin = -fromNanos;
    for (Cause cause : Cause.values()) {
      double end = begin + time.nanos(cause);
      double part = Math.min(end, lengthNanos) - Math.max(begin, 0);
      if (part > longest) {
        longest = part;
        most = cause;
      }
      begin = end;
    }
    return most;
  }

  /// The shares in words, those that are nothing left out, such as `payload 12%`.
  public static List<String> words(LineTime time) {
    List<String> words = new ArrayList<>();
    for (Cause cause : Cause.values()) {
      if (time.nanos(cause) > 0) {
        long percent = Math.round(100.0 * time.nanos(cause) / time.totalNanos());
        words.add(cause.word() + (percent == 0 ? " <1%" : " " + percent + "%"));
      }
    }
    return words;
  }
}
