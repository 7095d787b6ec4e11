package io.plantbus.app.audit;

import java.nio.file.Path;

/// Where the record of writes is kept, and how.
///
/// @param file the newest of its files; older ones are named `file.1`, `file.2` and so on
/// @param sizeBytes how long a file may become before the next one is begun, 4096 or more
/// @param keep how many older files stay, 0..1000
/// @param sync when a record is on the disk
public record AuditSpec(Path file, long sizeBytes, int keep, Sync sync) {
  /// When a record is on the disk.
  public enum Sync {
    /// 100 ms after its event at the latest; writes do not wait for it.
    GROUPED,
    /// Before the write is sent, except those of class SAFETY.
    EACH
  }

  public AuditSpec {
    if (sizeBytes < 4096) {
      throw new IllegalArgumentException("a file takes 4096 bytes at least, not " + sizeBytes);
    }
    if (keep < 0 || keep > 1000) {
      throw new IllegalArgumentException("0..1000 files are kept, not " + keep);
    }
  }

  /// The same for a run with simulated slaves, which has no place among the records of real ones:
  /// the file is called `file.simulated`.
  public AuditSpec ofSimulation() {
    return new AuditSpec(
        file.resolveSibling(file.getFileName() + ".simulated"), sizeBytes, keep, sync);
  }
}
