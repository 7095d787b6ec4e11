package io.plantbus.master.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A ring of the newest pieces of a line's history: one writer that never waits, any number of
/// readers that each know how much they missed.
///
/// The memory is taken as it fills, twice as much each time, until all of it is there; from then on
/// the oldest is overwritten and nothing is allocated. Up to then every piece stands where it also
/// stands in the longer ring, so a reader may go on in a shorter one that it holds.
///
/// ```
///        oldest ─▶ [piece][piece][piece] ◀─ end          piece: length 4 · kind 4 · time 8 · count 8 · bytes
///  writer: moves oldest past what it will overwrite, writes, moves end
///  reader: copies a piece, then looks whether oldest has passed it meanwhile
/// ```
final class ChunkRing {
  static final int HEADER_BYTES = 24;

  private static final int KIND_AT = 4;
  private static final int NANOS_AT = 8;
  private static final int COUNT_AT = 16;
  private static final int PADDING = -1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle OLDEST;
  private static final VarHandle END;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      OLDEST = lookup.findVarHandle(ChunkRing.class, "oldest", long.class);
      END = lookup.findVarHandle(ChunkRing.class, "end", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static final int FIRST_BYTES = 16 * 1024;

  private final int capacity;
  private final int longestChunk;

  /// Written before `end`: whoever has read that finds every piece before it in here.
  private volatile byte[] ring;

  private long oldest;
  private long end;
  private long count;

  /// @param capacity bytes, a power of two, 1024..67108864
  ChunkRing(int capacity) {
    if (capacity < 1024 || capacity > 1 << 26 || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException(
          "capacity must be a power of two, 1024..67108864, was " + capacity);
    }
    this.capacity = capacity;
    ring = new byte[Math.min(capacity, FIRST_BYTES)];
    longestChunk = Math.min(2048, capacity / 4 - HEADER_BYTES);
  }

  /// Bytes of a piece at most; more become several.
  int longestChunk() {
    return longestChunk;
  }

  /// Adds a piece. Writer only.
  void add(ChunkKind kind, long nanos, byte[] bytes, int offset, int length) {
    int at = offset;
    int left = length;
    do {
      int part = Math.min(left, longestChunk);
      addPart(kind, nanos, bytes, at, part);
      at += part;
      left -= part;
    } while (left > 0);
  }

  private void addPart(ChunkKind kind, long nanos, byte[] bytes, int offset, int length) {
    int size = size(length);
    byte[] into = ring;
    while (into.length < capacity && end + size > into.length) {
      into = Arrays.copyOf(into, 2 * into.length);
      ring = into;
    }
    int at = (int) end & into.length - 1;
    int room = into.length - at;
    int padding = room < size ? room : 0;
    makeRoom(into, padding + size);
    if (padding > 0) {
      INT.set(into, at, padding);
      INT.set(into, at + KIND_AT, PADDING);
      at = 0;
    }
    INT.set(into, at, length);
    INT.set(into, at + KIND_AT, kind.code());
    LONG.set(into, at + NANOS_AT, nanos);
    LONG.set(into, at + COUNT_AT, ++count);
    System.arraycopy(bytes, offset, into, at + HEADER_BYTES, length);
    END.setRelease(this, end + padding + size);
  }

  private static int size(int length) {
    return HEADER_BYTES + length + 7 & ~7;
  }

  private void makeRoom(byte[] in, int wanted) {
    long first = oldest;
    while (end + wanted - first > in.length) {
      int at = (int) first & in.length - 1;
      int length = (int) INT.get(in, at);
      first += (int) INT.get(in, at + KIND_AT) == PADDING ? length : size(length);
    }
    if (first != oldest) {
      OLDEST.setOpaque(this, first);
      VarHandle.storeStoreFence();
    }
  }

  /// One reader's place in the ring. Owned by one thread.
  final class Cursor {
    private final byte[] copy = new byte[longestChunk];
    private long at;
    private long seen;
    private int length;
    private int kind;
    private long nanos;
    private long counted;

    /// @param fromOldest whether to begin with what is in the ring already
    Cursor(boolean fromOldest) {
      at =
          fromOldest
              ? (long) OLDEST.getAcquire(ChunkRing.this)
              : (long) END.getAcquire(ChunkRing.this);
    }

    /// Hands out what has come.
    ///
    /// @param most pieces at most
    /// @return how many pieces were handed out
    int read(ChunkReader to, int most) {
      int told = 0;
      while (told < most && at < (long) END.getAcquire(ChunkRing.this)) {
        if (take()) {
          if (seen > 0 && counted > seen + 1) {
            to.missed(counted - seen - 1);
          }
          seen = counted;
          to.chunk(ChunkKind.of(kind), nanos, copy, 0, length);
          told++;
        }
      }
      return told;
    }

    /// Copies the piece at the cursor and moves on.
    ///
    /// @return whether it is whole; if not, the cursor has moved to another place
    private boolean take() {
      byte[] all = ring;
      int from = (int) at & all.length - 1;
      length = (int) INT.get(all, from);
      kind = (int) INT.get(all, from + KIND_AT);
      boolean plausible =
          kind >= 0
              && kind <= ChunkKind.LOST.code()
              && length >= 0
              && length <= longestChunk
              && from + size(length) <= all.length;
      if (plausible) {
        nanos = (long) LONG.get(all, from + NANOS_AT);
        counted = (long) LONG.get(all, from + COUNT_AT);
        System.arraycopy(all, from + HEADER_BYTES, copy, 0, length);
      }
      VarHandle.loadLoadFence();
      long first = (long) OLDEST.getOpaque(ChunkRing.this);
      if (first > at) {
        at = first;
        return false;
      }
      at += kind == PADDING ? length : size(length);
      return plausible;
    }
  }
}
