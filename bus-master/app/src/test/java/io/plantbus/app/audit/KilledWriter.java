package io.plantbus.app.audit;

import io.plantbus.app.audit.AuditSpec.Sync;
import io.plantbus.hal.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/// A program that records writes without end and prints the id of each that is on the disk, until
/// somebody kills it.
final class KilledWriter {
  private KilledWriter() {}

  /// Records writes.
  ///
  /// @param arguments the file
  public static void main(String[] arguments) throws IOException, InterruptedException {
    AuditLog log =
        AuditLog.open(
            new AuditSpec(Path.of(arguments[0]), 100_000_000, 1, Sync.EACH),
            "killed",
            NanoClock.system());
    Semaphore window = new Semaphore(64);
    for (long id = 1; id < 1_000_000; id++) {
      long own = id;
      window.acquire();
      log.asked(
          Written.intent(id),
          () -> {
            System.out.println(own);
            window.release();
          });
    }
  }
}
