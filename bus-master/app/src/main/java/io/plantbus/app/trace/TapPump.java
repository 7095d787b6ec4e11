package io.plantbus.app.trace;

import io.plantbus.hal.NanoClock;
import io.plantbus.master.trace.ChunkKind;
import io.plantbus.master.trace.ChunkReader;
import io.plantbus.master.trace.LineTap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Carries what taps of this process hear to watchers, on a thread of its own. A watcher that is
/// slow misses pieces and is told; no line waits for it.
public final class TapPump implements AutoCloseable {
  /// How long a piece may be on its way into the ring after it arrived.
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
  private static final long LONGEST_END_MILLIS = 2_000;
  private static final int MOST_PIECES_AT_ONCE = 256;
  private static final int MOST_LAST_TURNS = 64;

  private final NanoClock clock;
  private final long epochOffsetNanos;
  private final List<Watched> watched = new ArrayList<>();
  private final Consumer<String> trouble;
  private final Thread thread =
      Thread.ofPlatform().name("plantbus-trace").daemon(true).unstarted(this::run);
  private volatile boolean stopping;

  /// @param clock of the runner of the lines
  /// @param trouble told when a watcher cannot write any more
  public TapPump(NanoClock clock, Consumer<String> trouble) {
    this.clock = clock;
    this.trouble = trouble;
    this.epochOffsetNanos = epochOffsetNanos(clock);
  }

  /// What added to monotonic time gives nanoseconds since 1970 (UTC).
  public static long epochOffsetNanos(NanoClock clock) {
    return clock.epochMicros() * 1000 - clock.nanoTime();
  }

  /// Lets a watcher listen to a tap; before [#start].
  ///
  /// @param fromOldest whether it is told first what the tap has kept
  public void add(LineTap tap, LineWatcher watcher, boolean fromOldest) {
    watched.add(new Watched(tap.listen(fromOldest), watcher));
  }

  /// Begins.
  public void start() {
    if (!watched.isEmpty()) {
      thread.start();
    }
  }

  private void run() {
    while (!stopping) {
      if (!turn(clock.nanoTime() - GRACE_NANOS)) {
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
    }
    long now = clock.nanoTime();
    boolean more = true;
    for (int turns = 0; more && turns < MOST_LAST_TURNS; turns++) {
      more = turn(now);
    }
    watched.forEach(each -> each.end(now));
  }

  /// @return whether anybody was told anything
  private boolean turn(long nowNanos) {
    boolean news = false;
    for (Watched each : watched) {
      news |= each.turn(nowNanos);
    }
    return news;
  }

  /// Tells what is left, then ends.
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      if (!watched.isEmpty()) {
        thread.join(LONGEST_END_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Watched implements ChunkReader {
    private final LineTap.Listener listener;
    private final LineWatcher watcher;
    private long lastNanos = Long.MIN_VALUE;
    private boolean failed;

    Watched(LineTap.Listener listener, LineWatcher watcher) {
      this.listener = listener;
      this.watcher = watcher;
    }

    boolean turn(long nowNanos) {
      if (failed) {
        return false;
      }
      boolean news = listener.read(this, MOST_PIECES_AT_ONCE) > 0;
      if (!news && nowNanos >= lastNanos) {
        guarded(() -> watcher.advance(nowNanos + epochOffsetNanos));
      }
      return news;
    }

    void end(long nowNanos) {
      guarded(() -> watcher.close(nowNanos + epochOffsetNanos));
    }

    @Override
    public void chunk(ChunkKind kind, long nanos, byte[] bytes, int offset, int length) {
      lastNanos = nanos;
      guarded(() -> watcher.chunk(kind, nanos + epochOffsetNanos, bytes, offset, length));
    }

    @Override
    public void missed(long chunks) {
      guarded(() -> watcher.missed(chunks, clock.nanoTime() + epochOffsetNanos));
    }

    private void guarded(Telling telling) {
      if (failed) {
        return;
      }
      try {
        telling.tell();
      } catch (IOException failure) {
        failed = true;
        trouble.accept("the capture has ended: " + failure.getMessage());
      }
    }
  }

  private interface Telling {
    void tell() throws IOException;
  }
}
