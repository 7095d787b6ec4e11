package io.plantbus.devices.slave;

import io.plantbus.hal.Link;
import io.plantbus.hal.PortException;
import java.util.Arrays;

/// Bytes on their way into a link that takes them as it has room.
final class OutgoingBytes implements Outgoing {
  /// More than the answers to all requests of one chunk read, so reaching it is a bug.
  private static final int MOST = 1 << 20;

  private byte[] bytes = new byte[512];
  private int sent;
  private int filled;

  @Override
  public boolean isEmpty() {
    return sent == filled;
  }

  @Override
  public void add(byte[] from, int offset, int length) {
    if (length > bytes.length - filled) {
      if (filled + length > MOST) {
        throw new IllegalStateException("more than " + MOST + " bytes wait to be sent");
      }
      bytes = Arrays.copyOf(bytes, Math.max(filled + length, 2 * bytes.length));
    }
    System.arraycopy(from, offset, bytes, filled, length);
    filled += length;
  }

  @Override
  public void flush(Link link) throws PortException {
    if (!isEmpty()) {
      sent += link.write(bytes, sent, filled - sent);
    }
    if (isEmpty()) {
      clear();
    }
  }

  @Override
  public void clear() {
    sent = 0;
    filled = 0;
  }
}
