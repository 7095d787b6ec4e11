package io.plantbus.hal.linux;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;

/// A symbolic link that gives a pseudo terminal a name which outlives its number.
///
/// @param path where the link stands
/// @param target the slave side that it names
record StableLink(Path path, Path target) {
  private static final Path PSEUDO_TERMINALS = Path.of("/dev/pts");

  /// Makes the link, in place of one that a killed run left behind.
  ///
  /// @throws PortException if anything else stands at `path`, or it cannot be made
  static StableLink create(Path path, Path target) throws PortException {
    Path absolute = path.toAbsolutePath();
    StableLink link = new StableLink(absolute, target);
    try {
      Files.createSymbolicLink(absolute, target);
    } catch (FileAlreadyExistsException _) {
      link.replaceStale();
    } catch (IOException failure) {
      throw link.refusal(failure);
    }
    return link;
  }

  private void replaceStale() throws PortException {
    if (!isStale()) {
      throw new PortException(
          PortFault.BUSY,
          "cannot give the pseudo terminal the name %s: %s; choose another name or remove it"
              .formatted(
                  path,
                  Files.isSymbolicLink(path)
                      ? "the link there is in use"
                      : "something else stands there"));
    }
    Path fresh = path.resolveSibling(path.getFileName() + "." + target.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, target);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw refusal(failure);
    }
  }

  /// A link to a pseudo terminal is stale if that is gone, or if its number was given out again
  /// after the link was made.
  private boolean isStale() {
    try {
      Path named = Files.readSymbolicLink(path);
      if (!named.startsWith(PSEUDO_TERMINALS)) {
        return false;
      }
      return named.equals(target)
          || !Files.exists(named)
          || changed(named).compareTo(changed(path)) > 0;
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  private static FileTime changed(Path path) throws IOException {
    return (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
  }

  private PortException refusal(IOException failure) {
    String prefix = "cannot give the pseudo terminal the name " + path + ": ";
    return switch (failure) {
      case NoSuchFileException _ ->
          new PortException(
              PortFault.MISSING, prefix + "its directory does not exist; create it", failure);
      case AccessDeniedException _ ->
          new PortException(
              PortFault.PERMISSION_DENIED,
              prefix + "its directory is not writable; choose another one",
              failure);
      case IOException _ -> new PortException(PortFault.FAILED, prefix + failure, failure);
    };
  }

  /// Removes the link if it is still this one; quietly does nothing otherwise.
  void remove() {
    try {
      if (Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(target)) {
        Files.delete(path);
      }
    } catch (IOException _) {
      // A link that stays behind dangles, and the next run replaces it.
    }
  }
}
