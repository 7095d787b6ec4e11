package io.plantbus.app.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// One open file that only grows. Owned by one thread.
interface AuditStore {
  /// Opens a file for this run alone, or makes it, readable by its owner only. Nobody may read it
  /// by another channel of this process afterwards: closing that would let others in.
  ///
  /// @throws IOException with a sentence for a person
  static AuditStore open(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      FileChannel channel =
          FileChannel.open(
              path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes);
      if (!isLocked(channel)) {
        channel.close();
        throw new IOException(path + " is written by another run already: give each its own file");
      }
      channel.position(channel.size());
      return new OnDisk(channel);
    } catch (FileSystemException failure) {
      String reason = failure.getReason();
      boolean isFile = Files.isRegularFile(path) || !Files.exists(path);
      throw new IOException(
          path
              + " cannot be written: "
              + (!isFile
                  ? "it is no file"
                  : reason == null ? "no such folder, or no permission there" : reason),
          failure);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  /// Bytes in it.
  long size() throws IOException;

  /// Adds some of these bytes at its end, or all of them.
  void write(ByteBuffer bytes) throws IOException;

  /// Cuts off what stands behind its first `size` bytes.
  void truncate(long size) throws IOException;

  /// Returns when all of it is on the disk.
  void force() throws IOException;

  /// Closes it.
  void close() throws IOException;

  /// A file on a disk.
  record OnDisk(FileChannel channel) implements AuditStore {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      channel.write(bytes);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
      channel.position(size);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
