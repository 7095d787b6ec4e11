package io.plantbus.master.write;

/// Keeps a record of every write, of those that are rejected too. Called on the threads of lines
/// and of whoever writes: never waits, and bounds what it holds.
public interface WriteAudit extends WriteListener {
  /// Keeps no record.
  WriteAudit NONE =
      new WriteAudit() {
        @Override
        public void asked(WriteIntent write, Runnable recorded) {
          recorded.run();
        }

        @Override
        public void stepped(WriteIntent write, WriteStep step) {}
      };

  /// Somebody asks for a write. Its steps follow.
  ///
  /// @param recorded to be run once, by any thread, when the write may be sent: at once, or as soon
  ///   as this record is safe
  void asked(WriteIntent write, Runnable recorded);
}
