package io.plantbus.app.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the sockets of running plants stand: `$XDG_RUNTIME_DIR/plantbus`, `/run/plantbus`, or a
/// folder of the user among the temporary ones; for nobody else to enter.
public final class ControlFolder {
  /// A system property that names another folder.
  public static final String PROPERTY = "plantbus.control.folder";

  private static final String END = ".sock";
  private static final int MOST_NAME_CHARACTERS = 40;
  private static final int MOST_SOCKETS = 64;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final List<Path> candidates;

  ControlFolder(List<Path> candidates) {
    this.candidates = candidates;
  }

  /// The folders of this user on this machine, the best first.
  public static ControlFolder ofUser() {
    String named = System.getProperty(PROPERTY);
    return named != null
        ? new ControlFolder(List.of(Path.of(named)))
        : of(System::getenv, Path.of(System.getProperty("java.io.tmpdir")));
  }

  static ControlFolder of(UnaryOperator<@Nullable String> environment, Path temporary) {
    List<Path> candidates = new ArrayList<>();
    String runtime = environment.apply("XDG_RUNTIME_DIR");
    if (runtime != null && runtime.startsWith("/")) {
      candidates.add(Path.of(runtime, "plantbus"));
    }
    candidates.add(Path.of("/run/plantbus"));
    candidates.add(temporary.resolve("plantbus-" + userId()));
    return new ControlFolder(candidates);
  }

  /// The first folder that is there or can be made, and that nobody else can enter.
  ///
  /// @throws IOException with a sentence for a person, if there is none
  Path make() throws IOException {
    List<String> reasons = new ArrayList<>();
    for (Path each : candidates) {
      try {
        if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(each, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        if (isOurs(each)) {
          return each;
        }
        reasons.add(each + " can be entered by others");
      } catch (IOException | UnsupportedOperationException _) {
        reasons.add(each + " cannot be made");
      }
    }
    throw new IOException(String.join(", ", reasons));
  }

  private static boolean isOurs(Path folder) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(userId())
        && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY);
  }

  private static Object userId() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return -1;
    }
  }

  /// What the socket of a plant is called.
  ///
  /// @param suffix tells two of the same name apart; may be empty
  static String fileName(String plant, String suffix) {
    String plain = plant.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.]", "_");
    return plain.substring(0, Math.min(plain.length(), MOST_NAME_CHARACTERS)) + suffix + END;
  }

  /// The sockets that stand in these folders, dead ones too.
  List<Path> sockets() {
    List<Path> found = new ArrayList<>();
    for (Path each : candidates) {
      try (Stream<Path> files = Files.list(each)) {
        files
            .filter(file -> file.toString().endsWith(END))
            .sorted()
            .limit(MOST_SOCKETS)
            .forEach(found::add);
      } catch (IOException _) {
        // No such folder, or not ours: no plant of this user runs there.
      }
    }
    return found;
  }
}
