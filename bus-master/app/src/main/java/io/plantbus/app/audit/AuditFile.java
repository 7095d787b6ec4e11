package io.plantbus.app.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Whole lines in a file that only grows, and in the older ones beside it. A line that could not be
/// written whole is cut off again, so that the file always ends with a whole one. Owned by one
/// thread.
final class AuditFile {
  /// Opens the file of a path.
  @FunctionalInterface
  interface Opener {
    /// Opens it.
    ///
    /// @throws IOException with a sentence for a person
    AuditStore open(Path path) throws IOException;
  }

  private final AuditSpec spec;
  private final Opener opener;
  private @Nullable AuditStore store;
  private long size;
  private boolean isTorn;
  private final long tornBytes;

  private AuditFile(AuditSpec spec, Opener opener, AuditStore store, long size, long tornBytes) {
    this.spec = spec;
    this.opener = opener;
    this.store = store;
    this.size = size;
    this.tornBytes = tornBytes;
  }

  /// Opens the newest file and cuts off what a power cut left of its last line.
  ///
  /// @throws IOException with a sentence for a person
  static AuditFile open(AuditSpec spec, Opener opener) throws IOException {
    long whole = Files.isRegularFile(spec.file()) ? wholeLines(spec.file()) : 0;
    AuditStore store = opener.open(spec.file());
    long torn = store.size() - whole;
    if (torn > 0) {
      store.truncate(whole);
    }
    forceFolder(spec.file());
    return new AuditFile(spec, opener, store, whole, torn);
  }

  /// Bytes up to the last line that is whole.
  private static long wholeLines(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer block = ByteBuffer.allocate(64 * 1024);
      for (long end = channel.size(); end > 0; end -= block.limit()) {
        block.clear().limit((int) Math.min(block.capacity(), end));
        long from = end - block.limit();
        while (block.hasRemaining() && channel.read(block, from + block.position()) > 0) {}
        for (int i = block.position() - 1; i >= 0; i--) {
          if (block.get(i) == '\n') {
            return from + i + 1;
          }
        }
      }
    }
    return 0;
  }

  /// A new name in a folder is on the disk when the folder is; not every system can do that.
  private static void forceFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException _) {
        // Then the system writes the name when it likes.
      }
    }
  }

  /// Bytes of a torn line that were cut off when it was opened.
  long tornBytes() {
    return tornBytes;
  }

  /// Adds a line; it may not be on the disk before [#sync()].
  ///
  /// @param line with its line end
  /// @throws IOException if it is not in the file now
  void append(byte[] line) throws IOException {
    AuditStore current = opened();
    if (isTorn) {
      current.truncate(size);
      isTorn = false;
    }
    if (size > 0 && size + line.length > spec.sizeBytes()) {
      rotate(current);
      current = opened();
    }
    ByteBuffer bytes = ByteBuffer.wrap(line);
    isTorn = true;
    try {
      while (bytes.hasRemaining()) {
        current.write(bytes);
      }
    } catch (IOException failure) {
      current.truncate(size);
      isTorn = false;
      throw failure;
    }
    isTorn = false;
    size += line.length;
  }

  private AuditStore opened() throws IOException {
    AuditStore current = store;
    if (current == null) {
      current = opener.open(spec.file());
      store = current;
      size = current.size();
      forceFolder(spec.file());
    }
    return current;
  }

  /// Begins the next file; the oldest one goes.
  private void rotate(AuditStore full) throws IOException {
    full.force();
    store = null;
    full.close();
    Path file = spec.file();
    if (spec.keep() == 0) {
      Files.deleteIfExists(file);
    } else {
      Files.deleteIfExists(older(spec.keep()));
      for (int i = spec.keep() - 1; i >= 1; i--) {
        if (Files.exists(older(i))) {
          Files.move(older(i), older(i + 1), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      Files.move(file, older(1), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path older(int number) {
    return spec.file().resolveSibling(spec.file().getFileName() + "." + number);
  }

  /// Returns when every line is on the disk.
  void sync() throws IOException {
    if (store != null) {
      store.force();
    }
  }

  /// Closes it.
  void close() throws IOException {
    if (store != null) {
      store.close();
    }
  }
}
