package io.plantbus.master.modbus;

import io.plantbus.hal.Link;
import io.plantbus.hal.PortException;
import io.plantbus.master.trace.LineTap;

/// Bytes that a link had no room for yet: at most one request, as no other is made before it is
/// gone. Owned by the thread of the line.
final class SendBuffer {
  private static final int LONGEST_ADU_BYTES = 260;

  private final byte[] bytes = new byte[LONGEST_ADU_BYTES];
  private int start;
  private int end;

  void add(byte[] from, int offset, int length) {
    System.arraycopy(from, offset, bytes, end, length);
    end += length;
  }

  void flush(Link link, LineTap tap, long nowNanos) throws PortException {
    if (start < end) {
      int written = link.write(bytes, start, end - start);
      if (written > 0) {
        tap.sent(bytes, start, written, nowNanos);
      }
      start += written;
    }
    if (start == end) {
      clear();
    }
  }

  boolean isEmpty() {
    return start == end;
  }

  void clear() {
    start = 0;
    end = 0;
  }
}
