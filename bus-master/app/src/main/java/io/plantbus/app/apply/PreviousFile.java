package io.plantbus.app.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps the text of a plant that is replaced beside its file, that of `plant.yaml` in
/// `plant.previous.yaml`. It is written anew as a whole: after a power cut there is the old one or
/// the new one.
final class PreviousFile {
  private PreviousFile() {}

  /// Where the text is kept; null if the plant never was a file.
  static @Nullable Path of(PlantSource source) {
    Path file = source.file();
    if (file == null) {
      return null;
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    return file.resolveSibling(name + ".previous.yaml");
  }

  /// Writes it.
  ///
  /// @throws IOException if it cannot be written
  static void keep(PlantSource source, Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer text = ByteBuffer.wrap(source.text().getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
