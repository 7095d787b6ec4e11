package io.plantbus.benchmarks.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Programs and libraries in C that are made when they are wanted, in a folder of their own.
public final class NativeCode {
  private final Path folder;

  /// Makes the folder; it goes when the program ends.
  public NativeCode() throws IOException {
    folder = Files.createTempDirectory("plantbus-bench");
    folder.toFile().deleteOnExit();
  }

  /// Writes a resource of a class beside the programs.
  public Path resource(Class<?> of, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream text = of.getResourceAsStream(name)) {
      if (text == null) {
        throw new IOException(name + " is not among the resources");
      }
      Files.write(file, text.readAllBytes());
    }
    file.toFile().deleteOnExit();
    return file;
  }

  /// Compiles a resource of a class.
  ///
  /// @param options for the compiler, such as `-lmodbus`
  /// @return the program or library; null if it cannot be made here, which is said
  public @Nullable Path compile(Class<?> of, String name, String... options)
      throws IOException, InterruptedException {
    Path made = folder.resolve(name.substring(0, name.lastIndexOf('.')));
    List<String> command =
        new ArrayList<>(List.of("cc", "-O2", "-o", made.toString(), resource(of, name).toString()));
    command.addAll(List.of(options));
    try {
      Process compiler =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (compiler.waitFor(60, TimeUnit.SECONDS) && compiler.exitValue() == 0) {
        made.toFile().deleteOnExit();
        return made;
      }
    } catch (IOException _) {
      System.out.println("There is no C compiler, so nothing runs beside " + name + ".");
      return null;
    }
    System.out.println(name + " cannot be compiled here and is left out.");
    return null;
  }
}
