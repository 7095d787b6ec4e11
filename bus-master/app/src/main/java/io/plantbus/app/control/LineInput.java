package io.plantbus.app.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text lines of bounded length from a stream. Owned by one thread.
final class LineInput {
  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private final byte[] line;
  private int at;
  private int end;

  /// @param mostBytes of a line
  LineInput(InputStream in, int mostBytes) {
    this.in = in;
    this.line = new byte[mostBytes];
  }

  /// The next line without its end; null at the end of the stream.
  ///
  /// @throws IOException if it is too long, or the stream fails
  @Nullable String next() throws IOException {
    int length = 0;
    while (true) {
      if (at == end) {
        at = 0;
        end = in.read(buffer);
        if (end < 0) {
          end = 0;
          return null;
        }
      }
      while (at < end) {
        byte next = buffer[at++];
        if (next == '\n') {
          return new String(line, 0, length, StandardCharsets.UTF_8);
        }
        if (length == line.length) {
          throw new IOException("a line of more than " + line.length + " bytes");
        }
        line[length++] = next;
      }
    }
  }
}
