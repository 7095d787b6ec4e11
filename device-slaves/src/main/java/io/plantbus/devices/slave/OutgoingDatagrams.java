package io.plantbus.devices.slave;

import io.plantbus.hal.Link;
import io.plantbus.hal.PortException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Frames on their way into a link that sends each `write` as one datagram.
final class OutgoingDatagrams implements Outgoing {
  /// More than the window of any session, so reaching it is a bug.
  private static final int MOST = 64;

  private final Deque<byte[]> waiting = new ArrayDeque<>();

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public void add(byte[] from, int offset, int length) {
    if (waiting.size() == MOST) {
      throw new IllegalStateException("more than " + MOST + " datagrams wait to be sent");
    }
    waiting.addLast(Arrays.copyOfRange(from, offset, offset + length));
  }

  @Override
  public void flush(Link link) throws PortException {
    byte[] next = waiting.peekFirst();
    while (next != null && link.write(next, 0, next.length) > 0) {
      waiting.removeFirst();
      next = waiting.peekFirst();
    }
  }

  @Override
  public void clear() {
    waiting.clear();
  }
}
