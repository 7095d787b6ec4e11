package io.plantbus.app.config;

import io.plantbus.app.audit.AuditSpec;
import io.plantbus.app.audit.AuditSpec.Sync;
import io.plantbus.app.trace.CaptureTarget;
import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import java.nio.file.Path;

/// The record of writes as written.
///
/// @param file its name
/// @param size bytes of one file
/// @param keep older files
/// @param sync when a record is on the disk
record AuditDocument(String file, long size, int keep, Sync sync) {
  /// The mapping.
  static final Type<AuditDocument> TYPE =
      ObjectType.of(
          "audit",
          "Keeps a record of every write: who, what, over which value, and what became of it. One"
              + " JSON object per line.",
          AuditDocument::keys);

  private static ObjectType.Maker<AuditDocument> keys(Keys keys) {
    Key<String> file =
        keys.required(
            "file",
            Types.text(),
            "The newest file, relative to this one; older ones are called `file.1`, `file.2`, …");
    Key<Long> size =
        keys.optional(
            "size",
            Types.parsed(
                "a size of 1MB or more",
                "write it like 10MB or 1GB",
                text -> atLeastOne(CaptureTarget.bytes(text))),
            "10MB",
            "How long a file may become before the next one is begun.");
    Key<Integer> keep =
        keys.optional("keep", Types.integer(0, 1000), "10", "How many older files stay.");
    Key<Sync> sync =
        keys.optional(
            "sync",
            ChoiceType.of("grouped", Sync.GROUPED).or("each", Sync.EACH),
            "grouped",
            "`grouped`: on the disk 100 ms later at most. `each`: a write is sent after its record is"
                + " on the disk, unless it is of class safety.");
    return fields ->
        new AuditDocument(fields.get(file), fields.get(size), fields.get(keep), fields.get(sync));
  }

  private static long atLeastOne(long bytes) {
    if (bytes == 0) {
      throw new IllegalArgumentException("a file takes more than nothing: write 1MB or more");
    }
    return bytes;
  }

  /// What is kept.
  ///
  /// @param document the plant file; paths are relative to its folder
  AuditSpec spec(Path document) {
    return new AuditSpec(
        document.toAbsolutePath().resolveSibling(file).normalize(), size, keep, sync);
  }
}
