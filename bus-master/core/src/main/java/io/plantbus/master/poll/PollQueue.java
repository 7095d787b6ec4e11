package io.plantbus.master.poll;

import io.plantbus.master.plant.TagSpec.Priority;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is polled next: of all that is due, the highest priority, then the earliest deadline, then
/// the first put in. The deadline of a turn is one period after it is due. Owned by the thread of
/// its line.
///
/// @param <T> what is polled
public final class PollQueue<T extends Scheduled> {
  /// Turns of one priority: those that are not due yet, and those that are.
  private final class Lane {
    final PriorityQueue<T> waiting =
        new PriorityQueue<>(
            (one, other) ->
                one.dueNanos == other.dueNanos
                    ? Long.compare(one.order, other.order)
                    : Long.compare(one.dueNanos, other.dueNanos));
    final PriorityQueue<T> due =
        new PriorityQueue<>(
            (one, other) ->
                one.deadlineNanos() == other.deadlineNanos()
                    ? Long.compare(one.order, other.order)
                    : Long.compare(one.deadlineNanos(), other.deadlineNanos()));

    @Nullable T peek(long nowNanos) {
      while (isDue(waiting.peek(), nowNanos)) {
        due.add(waiting.remove());
      }
      return due.peek();
    }

    /// Most often the one that is due is the only one, which then need not be put in order.
    @Nullable T take(long nowNanos) {
      if (due.isEmpty() && isDue(waiting.peek(), nowNanos)) {
        T head = waiting.remove();
        if (!isDue(waiting.peek(), nowNanos)) {
          return head;
        }
        due.add(head);
      }
      return peek(nowNanos) == null ? null : due.remove();
    }

    private boolean isDue(@Nullable T head, long nowNanos) {
      return head != null && head.dueNanos <= nowNanos;
    }

    long nextDueNanos() {
      T head = due.isEmpty() ? waiting.peek() : due.peek();
      return head == null ? Long.MAX_VALUE : head.dueNanos;
    }
  }

  private final EnumMap<Priority, Lane> laneOf = new EnumMap<>(Priority.class);
  private final List<Lane> lanes = new ArrayList<>();
  private long orders;
  private int size;

  /// An empty queue.
  public PollQueue() {
    for (Priority priority : Priority.values()) {
      Lane lane = new Lane();
      laneOf.put(priority, lane);
      lanes.add(lane);
    }
  }

  private Lane lane(T poll) {
    return Objects.requireNonNull(laneOf.get(poll.priority()));
  }

  /// Puts a poll in, due at a time; one that is in already is moved there.
  ///
  /// @throws IllegalStateException if it is in another queue
  public void put(T poll, long dueNanos) {
    remove(poll);
    if (poll.queue != null) {
      throw new IllegalStateException("a poll cannot be in two queues");
    }
    poll.dueNanos = dueNanos;
    poll.order = orders++;
    poll.queue = this;
    size++;
    lane(poll).waiting.add(poll);
  }

  /// Takes a poll out if it is in.
  public void remove(T poll) {
    if (holds(poll)) {
      Lane lane = lane(poll);
      if (!lane.waiting.remove(poll)) {
        lane.due.remove(poll);
      }
      poll.queue = null;
      size--;
    }
  }

  /// Whether a poll is in.
  public boolean holds(T poll) {
    return poll.queue == this;
  }

  /// How many polls are in.
  public int size() {
    return size;
  }

  /// Takes out the poll to do now, or null if none is due.
  public @Nullable T take(long nowNanos) {
    for (int i = 0; i < lanes.size(); i++) {
      T head = lanes.get(i).take(nowNanos);
      if (head != null) {
        head.queue = null;
        size--;
        return head;
      }
    }
    return null;
  }

  /// The poll that [#take] would take out.
  public @Nullable T peek(long nowNanos) {
    for (int i = 0; i < lanes.size(); i++) {
      T head = lanes.get(i).peek(nowNanos);
      if (head != null) {
        return head;
      }
    }
    return null;
  }

  /// When the next poll is due; `Long.MAX_VALUE` for never, a time that is over if one is due.
  public long nextDueNanos() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < lanes.size(); i++) {
      next = Math.min(next, lanes.get(i).nextDueNanos());
    }
    return next;
  }
}
