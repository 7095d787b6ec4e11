package io.plantbus.app.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C and the ordinary kill: lets a command finish what it does, within a bounded time, before
/// the process ends.
public final class StopSignal {
  private static final long LONGEST_FINISH_SECONDS = 20;

  private final CountDownLatch raised = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode;
  private final Thread hook = new Thread(this::stopProcess, "plantbus-stop");

  private StopSignal() {}

  /// Begins to listen for the signal.
  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  private void stopProcess() {
    raised.countDown();
    try {
      if (finished.await(LONGEST_FINISH_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Does what the signal does, but lets the process go on.
  public void raise() {
    raised.countDown();
  }

  /// Waits for the signal.
  ///
  /// @return whether it came within the time
  public boolean await(long nanos) throws InterruptedException {
    return raised.await(nanos, TimeUnit.NANOSECONDS);
  }

  /// The command has finished; if the process is being stopped, it ends with this code.
  public void finished(int code) {
    exitCode = code;
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is being stopped: the hook ends it.
    }
  }
}
