package io.plantbus.benchmarks.net.client;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Full load over an interface of futures: the end of each request sends the next.
final class Futures {
  private final Meter meter;
  private final CountDownLatch done;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private Futures(Meter meter, int chains) {
    this.meter = meter;
    this.done = new CountDownLatch(chains);
  }

  /// Keeps `window` requests under way on each connection until the time is over.
  static void drive(
      List<? extends Supplier<? extends CompletionStage<?>>> connections, int window, Meter meter)
      throws InterruptedException {
    Futures all = new Futures(meter, connections.size() * window);
    for (Supplier<? extends CompletionStage<?>> connection : connections) {
      for (int i = 0; i < window; i++) {
        all.next(connection, System.nanoTime());
      }
    }
    all.done.await();
    Throwable why = all.failure.get();
    if (why != null) {
      throw new IllegalStateException(why);
    }
  }

  private void next(Supplier<? extends CompletionStage<?>> connection, long sentNanos) {
    var _ =
        connection
            .get()
            .whenComplete(
                (_, problem) -> {
                  long now = System.nanoTime();
                  if (problem != null) {
                    failure.set(problem);
                    done.countDown();
                  } else if (meter.answeredBeside(sentNanos, now)) {
                    next(connection, now);
                  } else {
                    done.countDown();
                  }
                });
  }
}
