package io.plantbus.master.trace;

import org.jspecify.annotations.Nullable;

/// Keeps the newest of what goes over a line, always: the owner of the line tells it what it writes
/// and reads, which costs it a copy into a ring and nothing else, whether anybody listens or not.
///
/// [#sent], [#received], [#opened] and [#lost] belong to the line's owner; [#listen] to any thread.
public final class LineTap {
  /// What is kept of a line: on a serial line at 115200 baud some six seconds.
  public static final int DEFAULT_BYTES = 64 * 1024;

  private static final byte[] NONE = {};

  private final TappedLine line;
  private final @Nullable ChunkRing ring;

  /// Keeps the newest [#DEFAULT_BYTES] of a line, times and all.
  public LineTap(TappedLine line) {
    this(line, DEFAULT_BYTES);
  }

  /// @param capacity bytes kept, times and all: 1024..67108864, rounded up to a power of two; 0
  ///   keeps nothing and nobody can listen
  public LineTap(TappedLine line, int capacity) {
    this.line = line;
    this.ring =
        capacity == 0 ? null : new ChunkRing(Integer.highestOneBit(2 * Math.max(capacity, 1) - 1));
  }

  /// Which line it is.
  public TappedLine line() {
    return line;
  }

  /// Whether anything is kept.
  public boolean isOn() {
    return ring != null;
  }

  private void add(ChunkKind kind, long nanos, byte[] bytes, int offset, int length) {
    if (ring != null) {
      ring.add(kind, nanos, bytes, offset, length);
    }
  }

  /// The owner wrote bytes.
  ///
  /// @param nanos monotonic time of the owner's runner
  public void sent(byte[] bytes, int offset, int length, long nanos) {
    add(ChunkKind.SENT, nanos, bytes, offset, length);
  }

  /// The owner read bytes.
  ///
  /// @param nanos when the last of them arrived
  public void received(byte[] bytes, int offset, int length, long nanos) {
    add(ChunkKind.RECEIVED, nanos, bytes, offset, length);
  }

  /// The port was opened.
  public void opened(long nanos) {
    add(ChunkKind.OPENED, nanos, NONE, 0, 0);
  }

  /// The port was lost or closed.
  public void lost(long nanos) {
    add(ChunkKind.LOST, nanos, NONE, 0, 0);
  }

  /// Begins to listen; each listener reads at its own pace and ends by not reading any more.
  ///
  /// @param fromOldest whether to begin with what was kept already
  public Listener listen(boolean fromOldest) {
    return new Listener(ring == null ? null : ring.new Cursor(fromOldest));
  }

  /// One listener's place. Owned by one thread.
  public static final class Listener {
    private final ChunkRing.@Nullable Cursor cursor;

    private Listener(ChunkRing.@Nullable Cursor cursor) {
      this.cursor = cursor;
    }

    /// Hands out what has come since, without waiting.
    ///
    /// @param most pieces at most
    /// @return how many were handed out
    public int read(ChunkReader to, int most) {
      return cursor == null ? 0 : cursor.read(to, most);
    }
  }
}
