package io.plantbus.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream stream = BuildVersion.class.getResourceAsStream("version.properties")) {
      properties.load(stream);
    }
    return new String[] {
      "plantbus " + properties.getProperty("version"),
      "Java %s, %s %s"
          .formatted(
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }
}
