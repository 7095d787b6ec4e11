package io.plantbus.simulators;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What happened on simulated media, one line per event, for comparing two runs byte for byte:
///
/// ```
///  0.012345678 rs485 master > 01 03 00 00 00 02 c4 0b
///  └ seconds   └ line └ who   └ bytes in hexadecimal, or words
/// ```
///
/// Safe for use by any thread.
public final class Transcript {
  private static final long SECOND = 1_000_000_000;
  private static final String DIGITS = "0123456789abcdef";

  private final int capacity;
  private final @Nullable Consumer<String> sink;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder(128);
  private final boolean silent;
  private long count;
  private long digest = Seed.emptyHash();

  private Transcript(int capacity, boolean silent, @Nullable Consumer<String> sink) {
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
    return new Transcript(capacity, false, null);
  }

  /// Hands each line on and keeps none.
  ///
  /// @param sink called by the thread on which the event happens; must not throw
  public static Transcript streaming(Consumer<String> sink) {
    return new Transcript(0, false, sink);
  }

  /// Keeps no line, only their number and [#digest].
  public static Transcript fingerprint() {
    return new Transcript(0, false, null);
  }

  /// Takes nothing down.
  public static Transcript silent() {
    return new Transcript(0, true, null);
  }

  /// Takes down words.
  ///
  /// @param nanos when, in nanoseconds of the simulation
  /// @param line where: the line or bus
  /// @param who the endpoint, unit or target
  /// @param what one line of text
  public void note(long nanos, String line, String who, String what) {
    if (!silent) {
      synchronized (this) {
        begin(nanos, line, who).append(what);
        end();
      }
    }
  }

  /// Takes down bytes that `who` put on the line.
  public void bytes(long nanos, String line, String who, byte[] bytes, int offset, int length) {
    if (!silent) {
      synchronized (this) {
        begin(nanos, line, who).append('>');
        for (int i = offset; i < offset + length; i++) {
          text.append(' ').append(DIGITS.charAt((bytes[i] >> 4) & 0xF));
          text.append(DIGITS.charAt(bytes[i] & 0xF));
        }
        end();
      }
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

  private StringBuilder begin(long nanos, String line, String who) {
    text.setLength(0);
    text.append(nanos / SECOND).append('.');
    // One digit more than the fraction has, so that its leading zeros are written.
    int point = text.length();
    text.append(SECOND + Math.abs(nanos % SECOND)).deleteCharAt(point);
    return text.append(' ').append(line).append(' ').append(who).append(' ');
  }

  private void end() {
    count++;
    digest = Seed.hash(digest, text) * 31 + 10;
    if (capacity == 0 && sink == null) {
      return;
    }
    String whole = text.toString();
    if (capacity > 0) {
      if (lines.size() == capacity) {
        lines.removeFirst();
      }
      lines.addLast(whole);
    }
    if (sink != null) {
      sink.accept(whole);
    }
  }
}
