package io.plantbus.master.write;

import io.plantbus.master.plant.TagSpec.Priority;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The writes that wait for one line: by class, and within a class first come first served; 256 at
/// most. [#offer], [#peekClass] and [#rejectWaiting] are for any thread, the rest for the line's
/// owner; nobody is told a step while the lock is held.
public final class WriteQueue {
  /// The most writes that wait for one line.
  public static final int CAPACITY = 256;

  private final String line;
  private final Map<Priority, List<PendingWrite>> waiting = new EnumMap<>(Priority.class);
  private final ReadBacks readBacks = new ReadBacks();
  private @Nullable String closed;
  private long orders;
  private int count;
  private volatile int size;

  /// @param line the name of the line, for messages
  public WriteQueue(String line) {
    this.line = line;
    for (Priority priority : Priority.values()) {
      waiting.put(priority, new ArrayList<>());
    }
  }

  /// The writes of this line that were sent and whose values are read back.
  public ReadBacks readBacks() {
    return readBacks;
  }

  /// Puts a write at the end of its class. Older ones to the same tag end if it takes their place,
  /// and it then goes where the first of them was. If there is no room it is rejected, except that
  /// one of class SAFETY takes the room of the newest of the least class, NORMAL or BACKGROUND.
  void offer(PendingWrite write) {
    List<PendingWrite> superseded;
    PendingWrite displaced = null;
    String problem;
    synchronized (waiting) {
      problem = closed;
      superseded = problem == null ? superseded(write) : List.of();
      if (problem == null && count >= CAPACITY) {
        displaced = write.priority() == Priority.SAFETY ? leastWaiting() : null;
        problem =
            displaced != null
                ? null
                : CAPACITY
                    + " writes already wait for line "
                    + line
                    + "; try again when some are done";
      }
      if (problem == null) {
        write.order = orders++;
        for (PendingWrite older : superseded) {
          if (older.priority() == write.priority()) {
            write.order = Math.min(write.order, older.order);
          }
        }
        insert(write);
      }
    }
    for (PendingWrite older : superseded) {
      older.settle(new WriteOutcome.Superseded(write.id()));
    }
    if (displaced != null) {
      displaced.giveUp(
          new WriteOutcome.Rejected("a write of class safety took its place in the full queue"));
    }
    if (problem == null) {
      write.queued();
    } else {
      write.giveUp(new WriteOutcome.Rejected(problem));
    }
  }

  /// Takes out the writes whose place another one takes.
  private List<PendingWrite> superseded(PendingWrite by) {
    List<PendingWrite> found = new ArrayList<>();
    for (List<PendingWrite> writes : waiting.values()) {
      for (PendingWrite older : writes) {
        if (by.supersedes(older)) {
          found.add(older);
        }
      }
    }
    found.forEach(this::remove);
    return found;
  }

  /// Takes out the newest write of the least class that gives way, or null.
  private @Nullable PendingWrite leastWaiting() {
    for (Priority priority : List.of(Priority.BACKGROUND, Priority.NORMAL)) {
      List<PendingWrite> writes = of(priority);
      if (!writes.isEmpty()) {
        PendingWrite newest = writes.getLast();
        remove(newest);
        return newest;
      }
    }
    return null;
  }

  private List<PendingWrite> of(Priority priority) {
    List<PendingWrite> writes = waiting.get(priority);
    if (writes == null) {
      throw new IllegalStateException("no queue for class " + priority);
    }
    return writes;
  }

  private void insert(PendingWrite write) {
    List<PendingWrite> writes = of(write.priority());
    int at = writes.size();
    while (at > 0 && writes.get(at - 1).order > write.order) {
      at--;
    }
    writes.add(at, write);
    size = ++count;
  }

  private void remove(PendingWrite write) {
    of(write.priority()).remove(write);
    size = --count;
  }

  /// Puts a write that a busy device did not take back to where it was in its class, so that none
  /// overtakes it. It ends if a later one to the same tag takes its place.
  public void putBack(PendingWrite write) {
    PendingWrite later = null;
    String problem;
    synchronized (waiting) {
      problem = closed;
      for (List<PendingWrite> writes : waiting.values()) {
        for (PendingWrite other : writes) {
          later = other.id() > write.id() && other.supersedes(write) ? other : later;
        }
      }
      if (problem == null && later == null) {
        insert(write);
      }
    }
    if (later != null) {
      write.settle(new WriteOutcome.Superseded(later.id()));
    } else if (problem != null) {
      write.giveUp(new WriteOutcome.Rejected(problem));
    }
  }

  /// Writes that wait now.
  public int size() {
    return size;
  }

  /// The first class of which writes wait, or null.
  public @Nullable Priority peekClass() {
    if (size == 0) {
      return null;
    }
    synchronized (waiting) {
      for (Map.Entry<Priority, List<PendingWrite>> each : waiting.entrySet()) {
        if (!each.getValue().isEmpty()) {
          return each.getKey();
        }
      }
    }
    return null;
  }

  /// Takes the first write that may be sent, or null.
  ///
  /// @param ready whether its device can take it now
  /// @param least the last class to be considered
  public @Nullable PendingWrite take(Predicate<PendingWrite> ready, Priority least) {
    if (size == 0) {
      return null;
    }
    synchronized (waiting) {
      for (Map.Entry<Priority, List<PendingWrite>> each : waiting.entrySet()) {
        if (each.getKey().compareTo(least) > 0) {
          return null;
        }
        for (PendingWrite write : each.getValue()) {
          if (write.isReleased() && readBacks.mayFollow(write) && ready.test(write)) {
            remove(write);
            return write;
          }
        }
      }
    }
    return null;
  }

  /// Ends every write whose time is over, and every wait for a value that was not read back.
  ///
  /// @return when the next one expires, or `Long.MAX_VALUE`
  public long expire(long nowNanos) {
    long next = readBacks.expire(nowNanos);
    if (size == 0) {
      return next;
    }
    List<PendingWrite> expired = new ArrayList<>();
    synchronized (waiting) {
      for (List<PendingWrite> writes : waiting.values()) {
        for (PendingWrite write : writes) {
          if (nowNanos > write.expiresNanos()) {
            expired.add(write);
          } else {
            next = Math.min(next, write.expiresNanos() + 1);
          }
        }
      }
      expired.forEach(this::remove);
    }
    for (PendingWrite write : expired) {
      write.giveUp(new WriteOutcome.Expired());
    }
    return next;
  }

  /// Rejects all that wait and all that come, and ends the waits for values that are read back.
  ///
  /// @param why for a person
  public void close(String why) {
    synchronized (waiting) {
      closed = closed == null ? why : closed;
    }
    rejectWaiting(why);
    readBacks.close(why);
  }

  /// Rejects all that wait, for any thread.
  ///
  /// @param why for a person
  public void rejectWaiting(String why) {
    List<PendingWrite> rest = new ArrayList<>();
    synchronized (waiting) {
      waiting.values().forEach(rest::addAll);
      rest.forEach(this::remove);
    }
    for (PendingWrite write : rest) {
      write.giveUp(new WriteOutcome.Rejected(why));
    }
  }
}
