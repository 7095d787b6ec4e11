package io.plantbus.app.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/// The files of a capture, readable by their owner only: one, or a ring of four of which the oldest
/// goes.
final class CaptureFiles {
  private static final int RING_FILES = 4;

  private final CaptureTarget target;
  private final OutputStream standardOutput;
  private final Deque<Path> files = new ArrayDeque<>();
  private int made;

  CaptureFiles(CaptureTarget target, OutputStream standardOutput) {
    this.target = target;
    this.standardOutput = standardOutput;
  }

  /// Bytes after which the next file is due; without a ring, after which the capture ends.
  long bytesPerFile() {
    return target.ringBytes() == 0 ? CaptureTarget.MOST_BYTES : target.ringBytes() / RING_FILES;
  }

  /// Makes the next file, in place of one of the same name.
  ///
  /// @throws IOException with a sentence for a person
  WritableByteChannel next() throws IOException {
    if (target.isStandardOutput()) {
      return Channels.newChannel(standardOutput);
    }
    Path file = target.ringBytes() == 0 ? target.file() : numbered(++made);
    try {
      if (files.size() == RING_FILES) {
        Files.deleteIfExists(files.removeFirst());
      }
      if (Files.isRegularFile(file)) {
        Files.delete(file);
      }
      WritableByteChannel channel =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      files.addLast(file);
      return channel;
    } catch (FileSystemException failure) {
      String reason = failure.getReason();
      throw new IOException(
          file
              + " cannot be written: "
              + (reason != null
                  ? reason
                  : Files.exists(file)
                      ? "it is no file"
                      : "no such folder, or no permission there"),
          failure);
    }
  }

  /// What the newest file is called.
  String name() {
    return files.isEmpty() ? target.file().toString() : files.getLast().toString();
  }

  private Path numbered(int number) {
    String name = String.valueOf(target.file().getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String end = dot > 0 ? name.substring(dot) : "";
    return target.file().resolveSibling(String.format(Locale.ROOT, "%s-%05d%s", stem, number, end));
  }
}
