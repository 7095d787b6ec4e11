package io.plantbus.master.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The writes that wait for one line, first come first served, 256 at most. [#offer] is for any
/// thread, the rest for the line's owner; nobody is told an outcome while the lock is held.
public final class WriteQueue {
  /// The most writes that wait for one line.
  public static final int CAPACITY = 256;

  private final String line;
  private final ArrayDeque<PendingWrite> waiting = new ArrayDeque<>();
  private @Nullable String closed;
  private volatile int size;

  /// @param line the name of the line, for messages
  public WriteQueue(String line) {
    this.line = line;
  }

  /// Puts a write at the end, or rejects it if the queue is full or closed.
  public void offer(PendingWrite write) {
    String problem;
    synchronized (waiting) {
      problem = closed;
      if (problem == null && waiting.size() >= CAPACITY) {
        problem =
            CAPACITY + " writes already wait for line " + line + "; try again when some are done";
      }
      if (problem == null) {
        waiting.add(write);
        size = waiting.size();
        return;
      }
    }
    write.settle(new WriteOutcome.Rejected(problem));
  }

  /// Puts a write that a busy device did not take back to where it was: before all others, so that
  /// none overtakes it.
  public void putBack(PendingWrite write) {
    String problem;
    synchronized (waiting) {
      problem = closed;
      if (problem == null) {
        waiting.addFirst(write);
        size = waiting.size();
        return;
      }
    }
    write.giveUp(new WriteOutcome.Rejected(problem));
  }

  /// Writes that wait now.
  public int size() {
    return size;
  }

  /// Takes the first write that may be sent, or null.
  ///
  /// @param ready whether its device can take it now
  public @Nullable PendingWrite take(Predicate<PendingWrite> ready) {
    if (size == 0) {
      return null;
    }
    synchronized (waiting) {
      for (Iterator<PendingWrite> each = waiting.iterator(); each.hasNext(); ) {
        PendingWrite write = each.next();
        if (ready.test(write)) {
          each.remove();
          size = waiting.size();
          return write;
        }
      }
    }
    return null;
  }

  /// Ends every write whose time is over.
  ///
  /// @return when the next one expires, or `Long.MAX_VALUE`
  public long expire(long nowNanos) {
    if (size == 0) {
      return Long.MAX_VALUE;
    }
    List<PendingWrite> expired = new ArrayList<>();
    long next = Long.MAX_VALUE;
    synchronized (waiting) {
      for (Iterator<PendingWrite> each = waiting.iterator(); each.hasNext(); ) {
        PendingWrite write = each.next();
        if (nowNanos > write.expiresNanos()) {
          each.remove();
          expired.add(write);
        } else {
          next = Math.min(next, write.expiresNanos() + 1);
        }
      }
      size = waiting.size();
    }
    for (PendingWrite write : expired) {
      write.giveUp(new WriteOutcome.Expired());
    }
    return next;
  }

  /// Rejects all that wait and all that come.
  ///
  /// @param why for a person
  public void close(String why) {
    synchronized (waiting) {
      closed = closed == null ? why : closed;
    }
    rejectWaiting(why);
  }

  /// Rejects all that wait, for any thread.
  ///
  /// @param why for a person
  public void rejectWaiting(String why) {
    List<PendingWrite> rest;
    synchronized (waiting) {
      rest = List.copyOf(waiting);
      waiting.clear();
      size = 0;
    }
    for (PendingWrite write : rest) {
      write.giveUp(new WriteOutcome.Rejected(why));
    }
  }
}
