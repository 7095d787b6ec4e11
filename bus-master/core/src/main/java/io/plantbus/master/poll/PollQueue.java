package io.plantbus.master.poll;

import io.plantbus.master.plant.TagSpec.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is polled next: of all that is due, the highest priority, then the longest due, then the
/// first put in. Owned by the thread of its line.
///
/// @param <T> what is polled
public final class PollQueue<T extends Scheduled> {
  private final Map<Priority, PriorityQueue<T>> waiting = new EnumMap<>(Priority.class);
  private final List<PriorityQueue<T>> byPriority = new ArrayList<>();
  private long orders;

  /// An empty queue.
  public PollQueue() {
    Comparator<T> byDue =
        Comparator.<T>comparingLong(poll -> poll.dueNanos).thenComparingLong(poll -> poll.order);
    for (Priority priority : Priority.values()) {
      PriorityQueue<T> queue = new PriorityQueue<>(byDue);
      waiting.put(priority, queue);
      byPriority.add(queue);
    }
  }

  /// Puts a poll in, due at a time; one that is in already is moved there.
  public void put(T poll, long dueNanos) {
    remove(poll);
    poll.dueNanos = dueNanos;
    poll.order = orders++;
    poll.queued = true;
    queueOf(poll).add(poll);
  }

  /// Takes a poll out if it is in.
  public void remove(T poll) {
    if (poll.queued) {
      queueOf(poll).remove(poll);
      poll.queued = false;
    }
  }

  private PriorityQueue<T> queueOf(T poll) {
    PriorityQueue<T> queue = waiting.get(poll.priority());
    if (queue == null) {
      throw new IllegalStateException("no queue for priority " + poll.priority());
    }
    return queue;
  }

  /// Whether a poll is in.
  public boolean holds(T poll) {
    return poll.queued;
  }

  /// Takes out the poll to do now, or null if none is due.
  public @Nullable T take(long nowNanos) {
    for (int i = 0; i < byPriority.size(); i++) {
      T head = byPriority.get(i).peek();
      if (head != null && head.dueNanos <= nowNanos) {
        byPriority.get(i).remove();
        head.queued = false;
        return head;
      }
    }
    return null;
  }

  /// When the next poll is due, or `Long.MAX_VALUE`.
  public long nextDueNanos() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < byPriority.size(); i++) {
      T head = byPriority.get(i).peek();
      if (head != null) {
        next = Math.min(next, head.dueNanos);
      }
    }
    return next;
  }
}
