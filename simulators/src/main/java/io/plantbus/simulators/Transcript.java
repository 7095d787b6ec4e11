package io.plantbus.simulators;

import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/// What happened on simulated media, one line per event, for comparing two runs byte for byte:
///
/// ```
///  0.012345678 rs485 master > 01 03 00 00 00 02 c4 0b
///  └ seconds   └ line └ who   └ bytes in hexadecimal, or words
/// ```
///
/// Safe for use by any thread.
public final class Transcript {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final int capacity;
  private final Consumer<String> sink;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final boolean silent;
  private long count;
  private long digest = Seed.emptyHash();

  private Transcript(int capacity, boolean silent, Consumer<String> sink) {
    this.capacity = capacity;
    this.silent = silent;
    this.sink = sink;
  }

  /// Keeps the latest lines in memory.
  ///
  /// @param capacity lines kept, 1 or more; [#digest] covers the dropped ones too
  public static Transcript bounded(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a transcript keeps 1 line or more, was " + capacity);
    }
    return new Transcript(capacity, false, _ -> {});
  }

  /// Hands each line on and keeps none.
  ///
  /// @param sink called by the thread on which the event happens; must not throw
  public static Transcript streaming(Consumer<String> sink) {
    return new Transcript(0, false, sink);
  }

  /// Takes nothing down.
  public static Transcript silent() {
    return new Transcript(0, true, _ -> {});
  }

  /// Takes down words.
  ///
  /// @param nanos when, in nanoseconds of the simulation
  /// @param line where: the line or bus
  /// @param who the endpoint, unit or target
  /// @param what one line of text
  public void note(long nanos, String line, String who, String what) {
    if (!silent) {
      add(
          "%d.%09d %s %s %s"
              .formatted(nanos / 1_000_000_000, nanos % 1_000_000_000, line, who, what));
    }
  }

  /// Takes down bytes that `who` put on the line.
  public void bytes(long nanos, String line, String who, byte[] bytes, int offset, int length) {
    if (!silent) {
      note(nanos, line, who, "> " + HEX.formatHex(bytes, offset, offset + length));
    }
  }

  /// Whether nothing is taken down, so that nobody need put words together.
  public boolean isSilent() {
    return silent;
  }

  /// Lines taken down so far, dropped ones included.
  public synchronized long count() {
    return count;
  }

  /// The lines kept, oldest first.
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /// A fingerprint of every line so far: equal for equal transcripts.
  public synchronized long digest() {
    return digest;
  }

  private synchronized void add(String line) {
    count++;
    digest = Seed.hash(digest, line) * 31 + 10;
    if (capacity > 0) {
      if (lines.size() == capacity) {
        lines.removeFirst();
      }
      lines.addLast(line);
    }
    sink.accept(line);
  }
}
