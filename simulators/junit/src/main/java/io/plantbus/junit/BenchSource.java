package io.plantbus.junit;

import io.plantbus.devices.document.Reading;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.document.BenchReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds and reads what a test names: files first, then resources.
///
/// @param test whose package and class path are searched
record BenchSource(Class<?> test) {
  /// Reads a bench.
  ///
  /// @param name as the test writes it
  /// @param profiles folder with profiles, as the test writes it; empty for none
  /// @throws ConfigurationMistake if there is none, or it is wrong; says what and where
  Bench read(String name, String profiles) {
    BenchReader reader =
        new BenchReader(profiles.isEmpty() ? null : folder(profiles), System::getenv);
    Path file = file(name);
    Reading<Bench> reading = file != null ? reader.read(file) : resource(name, reader);
    Bench bench = reading.value();
    if (bench == null) {
      throw new ConfigurationMistake(reading.report());
    }
    return bench;
  }

  private Path folder(String profiles) {
    Path folder = file(profiles);
    if (folder == null || !Files.isDirectory(folder)) {
      throw missing("folder of profiles", profiles);
    }
    return folder;
  }

  private Reading<Bench> resource(String name, BenchReader reader) {
    URL url = url(name);
    if (url == null) {
      throw missing("bench", name);
    }
    try (InputStream stream = url.openStream()) {
      return reader.parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new ConfigurationMistake("%s cannot be read: %s".formatted(url, failure.getMessage()));
    }
  }

  /// A file by its path, or the one behind a resource; null if there is none.
  private @Nullable Path file(String name) {
    try {
      Path path = Path.of(name);
      if (Files.exists(path)) {
        return path;
      }
      URL url = url(name);
      return url == null || !url.getProtocol().equals("file") ? null : Path.of(url.toURI());
    } catch (InvalidPathException | URISyntaxException _) {
      return null;
    }
  }

  private @Nullable URL url(String name) {
    URL near = test.getResource(name);
    return near != null || name.startsWith("/") ? near : test.getResource("/" + name);
  }

  private ConfigurationMistake missing(String kind, String name) {
    return new ConfigurationMistake(
        "there is no %s '%s': no such file in %s, and no such resource in package %s or at the root of the class path"
            .formatted(kind, name, Path.of("").toAbsolutePath(), test.getPackageName()));
  }
}
