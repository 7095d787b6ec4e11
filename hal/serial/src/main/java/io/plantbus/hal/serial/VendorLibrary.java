package io.plantbus.hal.serial;

import com.fazecast.jSerialComm.SerialPort;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Loads jSerialComm, once per process, from a directory that nobody else can write to.
///
/// Left alone, it would load any library that somebody planted in the shared temporary directory,
/// and would empty directories that links there point to.
final class VendorLibrary {
  private static final String LIBRARY_PATH = "jSerialComm.library.path";
  private static final String APPLICATION = "fazecast.jSerialComm.appid";
  private static final long LONGEST_FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static boolean loaded;

  private VendorLibrary() {}

  /// Makes the vendor's classes usable.
  ///
  /// @param devices what the vendor must wait for before it closes everything at the end of the
  ///   process
  /// @throws PortException if there is no native library for this machine or it cannot be loaded
  static synchronized void load(OpenDevices devices) throws PortException {
    if (loaded) {
      return;
    }
    String resource = resource();
    try (SignalDispositions _ = SignalDispositions.save()) {
      if (System.getProperty(LIBRARY_PATH, "").isEmpty()) {
        loadPrivately(resource);
      } else {
        initialize();
      }
    } catch (IOException | LinkageError failure) {
      throw new PortException(
          PortFault.FAILED,
          "the serial port library cannot be loaded ("
              + failure
              + "): make sure that the cache directory ~/.cache allows programs to be run, or put "
              + resource
              + " into a directory named by -D"
              + LIBRARY_PATH,
          failure);
    }
    SerialPort.addShutdownHook(
        new Thread(() -> devices.awaitNone(LONGEST_FAREWELL_NANOS), "plantbus-serial-farewell"));
    loaded = true;
  }

  private static void loadPrivately(String resource) throws IOException {
    Path directory = privateDirectory();
    Path library = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    String application = System.getProperty(APPLICATION);
    try {
      try (InputStream content = SerialPort.class.getResourceAsStream(resource)) {
        if (content == null) {
          throw new IOException("no " + resource + " in jSerialComm");
        }
        Files.copy(content, library);
      }
      System.setProperty(LIBRARY_PATH, directory.toString());
      System.setProperty(APPLICATION, "plantbus-" + UUID.randomUUID());
      initialize();
    } finally {
      restore(LIBRARY_PATH, null);
      restore(APPLICATION, application);
      deleteWhereAllowed(library);
      deleteWhereAllowed(directory);
    }
  }

  private static void initialize() {
    SerialPort.getVersion();
  }

  private static void restore(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  /// A fresh directory of mode 0700: in the user's cache if there is one, because programs cannot
  /// be run from a temporary directory everywhere.
  private static Path privateDirectory() throws IOException {
    Path cache = Path.of(System.getProperty("user.home", ""), ".cache");
    if (Files.isDirectory(cache) && Files.isWritable(cache)) {
      return Files.createTempDirectory(cache, "plantbus-serial-");
    }
    return Files.createTempDirectory("plantbus-serial-");
  }

  private static void deleteWhereAllowed(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      path.toFile().deleteOnExit();
    }
  }

  /// The vendor ends the process where it knows no library, so this says first what there is.
  private static String resource() throws PortException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String folder =
        switch (machine) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> system.startsWith("linux") ? "armv8_64" : "aarch64";
          case "arm" -> system.startsWith("linux") ? "armv6hf" : "";
          case "ppc64le" -> system.startsWith("linux") ? "ppc64le" : "";
          default -> "";
        };
    String file =
        system.startsWith("linux")
            ? "/Linux/%s/libjSerialComm.so"
            : system.startsWith("mac")
                ? "/OSX/%s/libjSerialComm.jnilib"
                : system.startsWith("windows") ? "/Windows/%s/jSerialComm.dll" : "";
    if (folder.isEmpty() || file.isEmpty()) {
      throw new PortException(
          PortFault.FAILED,
          "serial ports are not supported on %s %s: use Modbus TCP here, or another machine"
              .formatted(system, machine));
    }
    return file.formatted(folder);
  }
}
