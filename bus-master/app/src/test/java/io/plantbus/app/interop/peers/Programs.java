package io.plantbus.app.interop.peers;

import io.plantbus.app.interop.peers.Peer.Role;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The peers that are programs: what they need on this machine, and how they are made.
public final class Programs {
  /// Function codes of data access.
  public static final Set<Integer> DATA_ACCESS = Set.of(1, 2, 3, 4, 5, 6, 15, 16, 22, 23);

  /// All that the script asks for.
  public static final Set<Integer> ALL =
      Set.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 15, 16, 17, 20, 21, 22, 23, 24, 43);

  private static final Path GCC = Path.of("/usr/bin/gcc");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path MODBUS_HEADER = Path.of("/usr/include/modbus/modbus.h");
  private static final String PYMODBUS_VERSION = "3.0.0";

  private final Path folder;
  private @Nullable Path libmodbus;
  private @Nullable Path pymodbus;
  private @Nullable String pymodbusFound;

  /// @param folder where programs are compiled and unpacked
  public Programs(Path folder) {
    this.folder = folder;
  }

  /// libmodbus, through a C program that is compiled against it.
  public Peer libmodbus() {
    Set<Transport> transports = EnumSet.copyOf(Transport.RTU);
    transports.add(Transport.TCP);
    Set<Integer> served = new HashSet<>(DATA_ACCESS);
    served.add(17);
    return new ProgramPeer(
        "libmodbus",
        "3.1.6 (Debian `libmodbus-dev`)",
        new Role(transports, ALL),
        new Role(transports, served),
        Map.of(Script.SERVER_ID, Operation.ok(180, 0xFF, 'L', 'M', 'B', '3', '.', '1', '.', '6')),
        () ->
            Files.exists(GCC) && Files.exists(MODBUS_HEADER)
                ? null
                : "libmodbus cannot be used: install the packages gcc, libc6-dev, libmodbus-dev",
        () -> List.of(compiled().toString()));
  }

  /// pymodbus, through a Python program.
  public Peer pymodbus() {
    Role role = new Role(EnumSet.allOf(Transport.class), ALL);
    return new ProgramPeer(
        "pymodbus",
        "3.0.0 (Debian `python3-pymodbus`)",
        role,
        role,
        // Function 7 tells which counters are not zero; the id of function 17 ends with the status.
        Map.of(Script.EXCEPTION_STATUS, Operation.ok(0), Script.SERVER_ID, Operation.ok(42, 0xFF)),
        () ->
            foundPymodbus().startsWith(PYMODBUS_VERSION)
                ? null
                : "pymodbus %s is needed (package python3-pymodbus of Debian 12), found: %s"
                    .formatted(PYMODBUS_VERSION, foundPymodbus()),
        () -> List.of(PYTHON.toString(), script().toString()));
  }

  private synchronized String foundPymodbus() {
    String found = pymodbusFound;
    if (found == null) {
      found =
          Files.isExecutable(PYTHON)
              ? output(PYTHON.toString(), script().toString(), "version")
              : "no " + PYTHON;
      pymodbusFound = found;
    }
    return found;
  }

  private synchronized Path script() {
    Path made = pymodbus;
    if (made == null) {
      made = unpacked("pymodbus_peer.py");
      pymodbus = made;
    }
    return made;
  }

  private synchronized Path compiled() {
    Path made = libmodbus;
    if (made == null) {
      made = folder.resolve("libmodbus_peer");
      String source = unpacked("libmodbus_peer.c").toString();
      List<String> words = new ArrayList<>(List.of(GCC.toString(), "-std=gnu11", "-Wall"));
      words.addAll(List.of("-Wextra", "-Werror", "-O1", "-I/usr/include/modbus"));
      words.addAll(List.of("-o", made.toString(), source, "-lmodbus"));
      String said = output(words.toArray(String[]::new));
      if (!Files.isExecutable(made)) {
        throw new IllegalStateException("cannot compile " + source + ":\n" + said);
      }
      libmodbus = made;
    }
    return made;
  }

  private Path unpacked(String name) {
    Path file = folder.resolve(name);
    try (InputStream source = Programs.class.getResourceAsStream(name)) {
      if (source == null) {
        throw new IllegalStateException("no resource " + name);
      }
      Files.write(file, source.readAllBytes());
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Runs a program to its end; what it printed, errors included.
  public static String output(String... command) {
    try (PeerProcess process = PeerProcess.start(List.of(command))) {
      return process.rest().strip();
    } catch (IOException failure) {
      return failure.toString();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
