package io.plantbus.devices.slave;

import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.ServerSession;
import java.util.ArrayDeque;
import java.util.Deque;

/// Answers that are ready before their time, in the order of their requests. Bounded: the oldest
/// falls out, its client has long gone on.
final class DelayedAnswers {
  private static final int CAPACITY = 64;

  private final Deque<Delayed> waiting = new ArrayDeque<>();

  private record Delayed(long ticket, Response response, long dueNanos) {}

  void add(long ticket, Response response, long dueNanos) {
    if (waiting.size() == CAPACITY) {
      waiting.removeFirst();
    }
    waiting.addLast(new Delayed(ticket, response.copy(), dueNanos));
  }

  /// Hands every answer whose time has come to the session.
  void release(ServerSession session, long nowNanos) {
    for (int left = waiting.size(); left > 0; left--) {
      Delayed next = waiting.removeFirst();
      if (next.dueNanos <= nowNanos) {
        session.answer(next.ticket, next.response, nowNanos);
      } else {
        waiting.addLast(next);
      }
    }
  }

  long deadline() {
    long deadline = Long.MAX_VALUE;
    for (Delayed delayed : waiting) {
      deadline = Math.min(deadline, delayed.dueNanos);
    }
    return deadline;
  }

  void clear() {
    waiting.clear();
  }
}
