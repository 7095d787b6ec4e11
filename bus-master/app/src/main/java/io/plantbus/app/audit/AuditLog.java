package io.plantbus.app.audit;

import io.plantbus.hal.NanoClock;
import io.plantbus.master.write.WriteAudit;
import io.plantbus.master.write.WriteIntent;
import io.plantbus.master.write.WriteState;
import io.plantbus.master.write.WriteStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Keeps the record of writes in a file, on a thread of its own: records wait in a queue of 8192,
/// are written in the order in which they came, and are on the disk 100 ms later at most.
///
/// A disk that is full or fails stops nobody: it is told once, the records that are lost are
/// counted, and the count is written down when the disk takes lines again.
public final class AuditLog implements WriteAudit, AutoCloseable {
  private static final int CAPACITY = 8192;
  private static final long SYNC_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_MILLIS = 5000;
  private static final int MOST_NEWS = 16;

  private final AuditSpec spec;
  private final AuditFile file;
  private final AuditLine line;
  private final NanoClock clock;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final ConcurrentLinkedQueue<String> news = new ConcurrentLinkedQueue<>();
  private final AtomicLong lost = new AtomicLong();
  private final List<Runnable> unsynced = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closing;
  private long told;
  private boolean failing;
  private boolean dirty;
  private long syncAtNanos;

  /// What waits for the thread.
  private sealed interface Entry {
    /// Somebody asks for a write.
    ///
    /// @param recorded run when the record is on the disk; null if nobody waits for that
    record Asked(WriteIntent write, @Nullable Runnable recorded) implements Entry {}

    /// A step of a write.
    record Stepped(WriteIntent write, WriteStep step) implements Entry {}

    /// Another plant runs.
    record Applied(long epochMicros, int version, String file, String digest, String user)
        implements Entry {}

    /// Nothing comes any more.
    record End() implements Entry {}
  }

  private AuditLog(AuditSpec spec, AuditFile file, AuditLine line, NanoClock clock) {
    this.spec = spec;
    this.file = file;
    this.line = line;
    this.clock = clock;
    this.thread = new Thread(this::work, "plantbus-audit");
    this.thread.setDaemon(true);
  }

  /// Opens the file, repairs its end, and notes that a run begins.
  ///
  /// @param plant the name of the plant
  /// @throws IOException with a sentence for a person, if the file cannot be written
  public static AuditLog open(AuditSpec spec, String plant, NanoClock clock) throws IOException {
    return open(spec, plant, clock, AuditStore::open);
  }

  static AuditLog open(AuditSpec spec, String plant, NanoClock clock, AuditFile.Opener opener)
      throws IOException {
    List<String> open = OpenWrites.in(spec.file());
    AuditFile file = AuditFile.open(spec, opener);
    long epochMicros = clock.epochMicros();
    AuditLine line = new AuditLine(epochMicros / 1000);
    file.append(line.started(epochMicros, plant, file.tornBytes(), open));
    file.sync();
    AuditLog log = new AuditLog(spec, file, line, clock);
    if (file.tornBytes() > 0) {
      log.tell("audit: " + spec.file() + " ended in the middle of a line, which was cut off");
    }
    if (!open.isEmpty()) {
      log.tell(
          "audit: the run before ended before it knew what became of %d write%s"
              .formatted(open.size(), open.size() == 1 ? "" : "s"));
    }
    log.thread.start();
    return log;
  }

  @Override
  public void asked(WriteIntent write, Runnable recorded) {
    boolean waits = spec.sync() == AuditSpec.Sync.EACH;
    if (!waits) {
      recorded.run();
    }
    if (!offer(new Entry.Asked(write, waits ? recorded : null)) && waits) {
      recorded.run();
    }
  }

  @Override
  public void stepped(WriteIntent write, WriteStep step) {
    boolean saysNothing =
        !step.isLast()
            && (step.state() == WriteState.READ_BACK
                || (step.state() == WriteState.QUEUED && step.reason().isEmpty()));
    if (!saysNothing) {
      offer(new Entry.Stepped(write, step));
    }
  }

  /// Another plant was applied to the running one.
  ///
  /// @param version of the plant that runs from now on, 2 or more
  /// @param digest SHA-256 of its file
  /// @param user who asked for it; empty if that is not known
  public void applied(int version, String file, String digest, String user) {
    offer(new Entry.Applied(clock.epochMicros(), version, file, digest, user));
  }

  private boolean offer(Entry entry) {
    if (!closing && queue.offer(entry)) {
      return true;
    }
    lost.incrementAndGet();
    return false;
  }

  /// Records that were lost since the start.
  public long lost() {
    return lost.get();
  }

  /// What there is to tell a person, each sentence once; null if there is nothing. For any thread.
  public @Nullable String news() {
    return news.poll();
  }

  private void tell(String sentence) {
    if (news.size() < MOST_NEWS) {
      news.add(sentence);
    }
  }

  private void work() {
    try {
      while (!closing || !queue.isEmpty()) {
        Entry entry = queue.poll(waitNanos(), TimeUnit.NANOSECONDS);
        for (; entry != null; entry = queue.poll()) {
          write(entry);
        }
        if (dirty && (!unsynced.isEmpty() || waitNanos() <= 0)) {
          sync();
        }
      }
      writeLoss();
      sync();
      file.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      fail(failure);
    }
  }

  private long waitNanos() {
    return closing ? 0 : dirty ? syncAtNanos - clock.nanoTime() : IDLE_NANOS;
  }

  private void write(Entry entry) {
    switch (entry) {
      case Entry.Asked(WriteIntent write, Runnable recorded) -> {
        append(line.asked(write));
        if (recorded != null) {
          unsynced.add(recorded);
          dirty = true;
        }
      }
      case Entry.Stepped(WriteIntent write, WriteStep step) -> append(line.stepped(write, step));
      case Entry.Applied(long at, int version, String file, String digest, String user) ->
          append(line.applied(at, version, file, digest, user));
      case Entry.End() -> {}
    }
  }

  private void append(byte[] bytes) {
    try {
      writeLoss();
      file.append(bytes);
      if (!dirty) {
        dirty = true;
        syncAtNanos = clock.nanoTime() + SYNC_NANOS;
      }
    } catch (IOException failure) {
      lost.incrementAndGet();
      fail(failure);
    }
  }

  private void writeLoss() throws IOException {
    long count = lost.get();
    if (count > told) {
      file.append(line.lost(clock.epochMicros(), count - told));
      told = count;
    }
  }

  private void sync() {
    dirty = false;
    try {
      file.sync();
      if (failing && lost.get() == told) {
        failing = false;
        tell("audit: " + spec.file() + " is written again");
      }
    } catch (IOException failure) {
      fail(failure);
    }
    unsynced.forEach(Runnable::run);
    unsynced.clear();
  }

  private void fail(IOException failure) {
    if (!failing) {
      failing = true;
      tell(
          "audit: %s cannot be written: %s; writes go on without a record"
              .formatted(spec.file(), failure.getMessage()));
    }
  }

  /// Writes what waits, and closes the file; waits for a slow disk 5 s at most.
  @Override
  public void close() {
    closing = true;
    // Never an interrupt, which would close the file under the last lines. If there is no room for
    // this, the thread is awake.
    queue.offer(new Entry.End());
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
