package io.plantbus.app.trace;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a capture goes.
///
/// @param file its name; `-` for the standard output
/// @param ringBytes 0 for one file, or how much of the newest is kept over several, at least 4 MB
public record CaptureTarget(Path file, long ringBytes) {
  /// Where one file ends, so that a forgotten capture does not fill a disk.
  public static final long MOST_BYTES = 1_000_000_000L;

  private static final long LEAST_RING_BYTES = 4_000_000L;
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})\\s*(MB|GB)");

  public CaptureTarget {
    if (ringBytes != 0 && ringBytes < LEAST_RING_BYTES) {
      throw new IllegalArgumentException("a ring must keep at least 4MB");
    }
    if (ringBytes != 0 && isStandardOutput(file)) {
      throw new IllegalArgumentException("a ring needs files: write --out FILE.pcapng");
    }
  }

  private static boolean isStandardOutput(Path file) {
    return file.toString().equals("-");
  }

  /// Whether it goes to the standard output.
  public boolean isStandardOutput() {
    return isStandardOutput(file);
  }

  /// Reads a size such as `64MB`.
  ///
  /// @throws IllegalArgumentException with what to write instead
  public static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no size: write one such as 64MB or 1GB");
    }
    return Long.parseLong(matcher.group(1))
        * (matcher.group(2).equals("MB") ? 1_000_000L : 1_000_000_000L);
  }
}
