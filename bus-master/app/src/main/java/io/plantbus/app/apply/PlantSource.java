package io.plantbus.app.apply;

import io.plantbus.app.config.PlantFile;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A plant and the text that it was read from, which is read once.
///
/// @param file the plant file; null if the text never was one
/// @param text what it held
/// @param digest SHA-256 of the text, 64 hexadecimal digits
/// @param plant what it says, together with the profiles that it names
public record PlantSource(@Nullable Path file, String text, String digest, PlantFile plant) {
  private static final int SHORT = 12;

  /// Reads a plant file and the profiles that it names.
  ///
  /// @param environment gives the value of a variable, or null if it is not set
  public static Reading<PlantSource> read(
      Path file, Function<String, @Nullable String> environment) {
    String text;
    try {
      text = Files.size(file) > DocumentReader.LARGEST_BYTES ? null : Files.readString(file);
    } catch (IOException _) {
      text = null;
    }
    if (text == null) {
      // The reader of documents has the words for what is wrong with such a file.
      return new Reading<>(null, PlantFile.read(file, environment).problems());
    }
    Reading<PlantFile> reading = PlantFile.parse(file.toString(), text, environment);
    PlantFile plant = reading.value();
    return new Reading<>(
        plant == null ? null : of(file.toAbsolutePath(), text, plant), reading.problems());
  }

  /// A plant that never was a file.
  public static PlantSource of(String text, PlantFile plant) {
    return of(null, text, plant);
  }

  private static PlantSource of(@Nullable Path file, String text, PlantFile plant) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new PlantSource(file, text, HexFormat.of().formatHex(digest), plant);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// What its file is called; empty if there is none.
  public String name() {
    return file == null ? "" : String.valueOf(file.getFileName());
  }

  /// The first digits of its digest, enough to tell it from others.
  public String shortDigest() {
    return digest.substring(0, SHORT);
  }
}
