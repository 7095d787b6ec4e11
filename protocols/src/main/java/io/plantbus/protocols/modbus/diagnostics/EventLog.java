package io.plantbus.protocols.modbus.diagnostics;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.Response;

/// The latest communication events, a byte each: the newest pushes out the oldest (AP 6.10).
final class EventLog {
  private static final int CAPACITY = Response.CommEventLog.MAX_EVENTS;

  static final int RECEIVED = 0x80;
  static final int RECEIVED_BROADCAST = 0x40;
  static final int RECEIVED_OVERRUN = 0x10;
  static final int RECEIVED_WITH_ERROR = 0x02;
  static final int SENT = 0x40;
  static final int LISTEN_ONLY = 0x20;
  static final int ENTERED_LISTEN_ONLY = 0x04;
  static final int RESTARTED = 0x00;

  private final byte[] ring = new byte[CAPACITY];
  private int newest;
  private int count;

  void add(int event) {
    newest = (newest + 1) % CAPACITY;
    ring[newest] = (byte) event;
    count = Math.min(count + 1, CAPACITY);
  }

  void clear() {
    count = 0;
  }

  void copyFrom(EventLog other) {
    System.arraycopy(other.ring, 0, ring, 0, CAPACITY);
    newest = other.newest;
    count = other.count;
  }

  /// What is logged when a request was refused so.
  static int sent(int exceptionCode) {
    return SENT
        | switch (exceptionCode) {
          case 1, 2, 3 -> 0x01;
          case 4 -> 0x02;
          case 5, 6 -> 0x04;
          case 7 -> 0x08;
          default -> 0;
        };
  }

  ByteBlock newestFirst() {
    int[] events = new int[count];
    for (int i = 0; i < count; i++) {
      events[i] = ring[Math.floorMod(newest - i, CAPACITY)];
    }
    return ByteBlock.of(events);
  }
}
