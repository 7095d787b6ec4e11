package io.plantbus.junit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The Modbus requests that reached the slaves of a bench, the latest 10,000 of them. Safe for use
/// by any thread.
public final class SeenRequests {
  private static final int MOST = 10_000;
  private static final int SHOWN = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition another = lock.newCondition();
  private final ArrayDeque<SeenRequest> requests = new ArrayDeque<>();

  SeenRequests() {}

  void add(SeenRequest request) {
    lock.lock();
    try {
      if (requests.size() == MOST) {
        requests.removeFirst();
      }
      requests.addLast(request);
      another.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// All that are kept, oldest first.
  public List<SeenRequest> list() {
    lock.lock();
    try {
      return List.copyOf(requests);
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what was seen so far, so that only what comes next is waited for.
  public void forget() {
    lock.lock();
    try {
      requests.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a request: one that was seen already, or one that comes in time.
  ///
  /// @param timeout on the wall, whatever time the bench goes by
  /// @return the oldest that fits
  /// @throws AssertionError if none comes; the message tells which came instead
  /// @throws InterruptedException if the waiting thread is interrupted
  public SeenRequest await(Predicate<SeenRequest> fitting, Duration timeout)
      throws InterruptedException {
    return await("no such request came", _ -> true, fitting, timeout);
  }

  /// @param complaint what to say if none comes
  /// @param shown which others are of interest then
  SeenRequest await(
      String complaint,
      Predicate<SeenRequest> shown,
      Predicate<SeenRequest> fitting,
      Duration timeout)
      throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        for (SeenRequest request : requests) {
          if (fitting.test(request)) {
            return request;
          }
        }
        if (left <= 0) {
          throw new AssertionError(complaint + " within " + text(timeout) + seen(shown));
        }
        left = another.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private static String text(Duration span) {
    return span.toMillis() % 1_000 == 0 ? span.toSeconds() + " s" : span.toMillis() + " ms";
  }

  private String seen(Predicate<SeenRequest> shown) {
    List<SeenRequest> others = requests.stream().filter(shown).toList();
    if (others.isEmpty()) {
      return "; no request came at all";
    }
    return others.stream()
        .skip(Math.max(0, others.size() - SHOWN))
        .map(request -> "\n  " + request)
        .collect(Collectors.joining("", "; the latest that came:", ""));
  }
}
