package io.plantbus.protocols.capture.traffic;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/// One direction of a connection: puts segments in order, drops what was sent again, and tells
/// where the capture missed some. It keeps a bounded number of segments that came early.
final class StreamSide {
  private static final int MOST_EARLY = 8;
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;
  private static final int WIDEST_JUMP = 1 << 22;

  /// The peer has what is missing here; captures put packets of the two directions in the wrong
  /// order now and then, so it may come yet.
  private static final int ENOUGH_ACKNOWLEDGEMENTS = 3;

  private final Reader reader;

  /// What came early, by how far it is ahead of the first sequence number seen.
  private final TreeMap<Long, ByteBuffer> early = new TreeMap<>();

  private boolean known;
  private long next;
  private long waitingSinceNanos;
  private int acknowledgements;

  /// Takes the bytes in order.
  interface Reader {
    /// Bytes of the stream.
    ///
    /// @param boundary whether bytes may be missing before these
    void bytes(ByteBuffer bytes, boolean boundary, long nowNanos);

    /// Bytes are missing.
    void gap(long nowNanos);
  }

  StreamSide(Reader reader) {
    this.reader = reader;
  }

  /// The connection begins: the next byte has the sequence number after this.
  void opened(int sequence) {
    early.clear();
    known = true;
    next = Integer.toUnsignedLong(sequence) + 1;
  }

  /// A segment came.
  ///
  /// @param whole whether the capture has all of its bytes
  void segment(int sequence, ByteBuffer payload, boolean whole, long nowNanos) {
    boolean first = !known;
    if (first) {
      known = true;
      next = Integer.toUnsignedLong(sequence);
    }
    long at = next + (sequence - (int) next);
    if (Math.abs(at - next) > WIDEST_JUMP) {
      early.clear();
      reader.gap(nowNanos);
      next = at;
      first = true;
    }
    if (at <= next) {
      deliver(at, payload, first, nowNanos);
    } else if (early.size() < MOST_EARLY) {
      if (early.isEmpty()) {
        waitingSinceNanos = nowNanos;
      }
      early.merge(at, payload, (old, more) -> old.remaining() >= more.remaining() ? old : more);
    } else {
      skip(nowNanos);
      segment(sequence, payload, whole, nowNanos);
      return;
    }
    drain(nowNanos);
    if (!whole) {
      known = false;
      early.clear();
      reader.gap(nowNanos);
    }
  }

  /// The other side told what it waits for next.
  void acknowledged(int sequence, long nowNanos) {
    int missing = sequence - (int) next;
    if (!known || missing <= 0 || missing > WIDEST_JUMP) {
      acknowledgements = 0;
    } else if (++acknowledgements == ENOUGH_ACKNOWLEDGEMENTS) {
      acknowledgements = 0;
      if (early.isEmpty()) {
        reader.gap(nowNanos);
        next += missing;
      } else {
        skip(nowNanos);
      }
    }
  }

  /// Time passes: what is missing for long does not come any more.
  void advance(long nowNanos) {
    if (!early.isEmpty() && nowNanos - waitingSinceNanos > LONGEST_WAIT_NANOS) {
      skip(nowNanos);
    }
  }

  /// Nothing more comes.
  void end(long nowNanos) {
    while (!early.isEmpty()) {
      skip(nowNanos);
    }
  }

  private void skip(long nowNanos) {
    Map.Entry<Long, ByteBuffer> lowest = early.pollFirstEntry();
    if (lowest != null) {
      reader.gap(nowNanos);
      next = lowest.getKey();
      deliver(lowest.getKey(), lowest.getValue(), true, nowNanos);
      drain(nowNanos);
      waitingSinceNanos = nowNanos;
    }
  }

  private void drain(long nowNanos) {
    for (Iterator<Map.Entry<Long, ByteBuffer>> all = early.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, ByteBuffer> each = all.next();
      if (each.getKey() > next) {
        return;
      }
      all.remove();
      deliver(each.getKey(), each.getValue(), false, nowNanos);
    }
  }

  private void deliver(long at, ByteBuffer payload, boolean boundary, long nowNanos) {
    long known = next - at;
    if (known < payload.remaining()) {
      ByteBuffer fresh = payload.slice((int) known, payload.remaining() - (int) known);
      next = at + payload.remaining();
      reader.bytes(fresh, boundary, nowNanos);
    }
  }
}
