package io.plantbus.junit.example;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.junit.TestRun;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The project that users copy does what it says.
class ExampleProjectTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path PROJECT = ROOT.resolve("docs/examples/junit-project");

  @Test
  void itsProgramCompilesAndItsTestsPass(@TempDir Path classes) throws Exception {
    assertEquals(List.of(), compile(classes));
    copyResources(classes);
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      TestRun run = TestRun.of(loader.loadClass("com.example.level.LevelKeeperTest"));
      assertEquals(List.of(), run.failures());
      assertEquals(3, run.count());
    } finally {
      Thread.currentThread().setContextClassLoader(ours);
    }
  }

  @Test
  void itsPomNamesTheVersionsOfThisBuild() throws IOException {
    String pom = Files.readString(PROJECT.resolve("pom.xml"));
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    assertEquals(
        find("<artifactId>plantbus</artifactId>\\s*<version>([^<]+)", parent),
        find("<artifactId>plantbus-junit</artifactId>\\s*<version>([^<]+)", pom));
    assertEquals(
        find("<version.j2mod>([^<]+)", parent),
        find("<artifactId>j2mod</artifactId>\\s*<version>([^<]+)", pom));
    assertEquals(
        find("<version.junit>([^<]+)", parent),
        find("<artifactId>junit-jupiter</artifactId>\\s*<version>([^<]+)", pom));
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return requireNonNull(matcher.group(1));
  }

  private static List<String> compile(Path classes) throws IOException {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> mistakes = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(mistakes, null, null)) {
      String path =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
      List<String> options =
          List.of("-d", classes.toString(), "-cp", path, "-proc:none", "-Xlint:none");
      var _ =
          compiler
              .getTask(
                  null,
                  files,
                  mistakes,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources()))
              .call();
    }
    return mistakes.getDiagnostics().stream()
        .filter(mistake -> mistake.getKind() == Diagnostic.Kind.ERROR)
        .map(mistake -> mistake.getMessage(Locale.ROOT))
        .toList();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of("src/main/java", "src/test/java")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private static void copyResources(Path classes) throws IOException {
    Path from = PROJECT.resolve("src/test/resources");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path into = classes.resolve(from.relativize(file).toString());
        Files.createDirectories(requireNonNull(into.getParent()));
        Files.copy(file, into);
      }
    }
  }
}
