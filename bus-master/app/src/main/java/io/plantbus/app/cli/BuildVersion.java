package io.plantbus.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
public final class BuildVersion implements IVersionProvider {
  /// Made by picocli.
  public BuildVersion() {}

  /// The name of the program with its version, such as `plantbus 1.2.0`.
  public static String nameAndVersion() {
    Properties properties = new Properties();
    try (InputStream stream = BuildVersion.class.getResourceAsStream("version.properties")) {
      properties.load(stream);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return "plantbus " + properties.getProperty("version");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      nameAndVersion(),
      "Java %s, %s %s"
          .formatted(
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }
}
