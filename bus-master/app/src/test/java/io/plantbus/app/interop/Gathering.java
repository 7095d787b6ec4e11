package io.plantbus.app.interop;

import io.plantbus.app.interop.script.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets peers meet, a few at a time: most of their time they wait for programs to start and for
/// answers that do not come.
final class Gathering implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);
  private static final int AT_A_TIME = 4;
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private final Queue<Stage> slow = new ConcurrentLinkedQueue<>();
  private final Path certificates;

  /// @param certificates see [io.plantbus.app.interop.peers.Certificates]
  Gathering(Path certificates) {
    this.certificates = certificates;
  }

  /// A meeting that takes place.
  ///
  /// @param asked what the client asks
  /// @param told what it reports, or null if the meeting cannot take place
  record Held(Meeting meeting, List<Operation> asked, @Nullable Future<List<String>> told) {
    /// What the client reports.
    List<String> replies() throws Exception {
      if (told == null) {
        throw new IllegalStateException(meeting.obstacle());
      }
      try {
        return told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException failure) {
        throw new AssertionError(meeting + " failed", failure.getCause());
      } catch (TimeoutException _) {
        throw new AssertionError(meeting + " does not end");
      }
    }

    @Override
    public String toString() {
      return meeting.toString();
    }
  }

  /// Lets them meet as soon as there is room.
  Held hold(Meeting meeting, List<Operation> asked) {
    return new Held(
        meeting,
        asked,
        meeting.obstacle() == null ? threads.submit(() -> replies(meeting, asked)) : null);
  }

  private List<String> replies(Meeting meeting, List<Operation> asked) throws Exception {
    Stage stage = Stage.of(meeting, certificates);
    try {
      return meeting.client().run(stage.opened(), asked);
    } finally {
      if (stage.server().endsSlowly()) {
        slow.add(stage);
      } else {
        stage.close();
      }
    }
  }

  /// Nobody waits for the end of what ends slowly.
  @Override
  public void close() {
    threads.shutdownNow();
    Thread.ofPlatform().daemon(true).name("slow-ends").start(this::endSlowOnes);
  }

  private void endSlowOnes() {
    for (Stage stage = slow.poll(); stage != null; stage = slow.poll()) {
      try {
        stage.close();
      } catch (IOException failure) {
        LOG.atWarn().setCause(failure).log("a server does not end");
      }
    }
  }
}
