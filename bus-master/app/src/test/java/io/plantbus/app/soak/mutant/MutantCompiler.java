package io.plantbus.app.soak.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles one changed source file in memory, against the classes of the test.
final class MutantCompiler {
  private final Path root;
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

  /// @param root of the repository
  MutantCompiler(Path root) {
    this.root = root;
  }

  /// The root of the repository that the working directory is in.
  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("ARCHITECTURE.md"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("the sources are not here: run this within the repository");
    }
    return at;
  }

  /// The source file of a mutant, with the defect in it.
  ///
  /// @throws IllegalArgumentException if it no longer applies
  String source(Mutant mutant) {
    try {
      return mutant.applied(Files.readString(root.resolve(mutant.file())));
    } catch (IOException missing) {
      throw new IllegalArgumentException(
          "mutant '" + mutant + "' no longer applies: there is no " + mutant.file(), missing);
    }
  }

  /// Plants a mutant.
  ///
  /// @return the classes of its file, by name
  Map<String, byte[]> compile(Mutant mutant) {
    String source = source(mutant);
    DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
    try (Memory memory = new Memory(compiler.getStandardFileManager(told, null, null))) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  memory,
                  told,
                  List.of(
                      "-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path")),
                  null,
                  List.of(new Source(mutant.file(), source)))
              .call();
      if (!compiled) {
        List<String> errors =
            told.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        throw new IllegalArgumentException(
            "mutant '" + mutant + "' does not compile: " + String.join("\n", errors));
      }
      return memory.classes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Path file, String text) {
      super(URI.create("memory:///" + file.getFileName()), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String name) {
      super(URI.create("memory:///" + name), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> outputs = new HashMap<>();

    Memory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return outputs.computeIfAbsent(name, Output::new);
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new HashMap<>();
      outputs.forEach((name, output) -> classes.put(name, output.bytes.toByteArray()));
      return classes;
    }
  }
}
