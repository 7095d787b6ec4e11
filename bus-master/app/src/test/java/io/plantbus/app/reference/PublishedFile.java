package io.plantbus.app.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file under `docs/` that is generated, or holds generated blocks between two comments:
///
/// ```
/// <!-- generated: keys -->
/// …
/// <!-- end: keys -->
/// ```
///
/// With the system property `plantbus.renew` it is written instead of compared.
public record PublishedFile(Path path) {
  /// Where the documentation lies, seen from this module.
  static final Path DOCS = Path.of("..", "..", "docs");

  private static final String RENEW =
      " is out of date; renew it with: mvn -pl bus-master/app -am test -Dtest='Reference*Test'"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dplantbus.renew=true";

  /// A page of the documentation.
  ///
  /// @param path below [#DOCS], such as `reference/commands.md`
  public static PublishedFile of(String path) {
    return new PublishedFile(DOCS.resolve(path));
  }

  String text() throws IOException {
    return Files.readString(path);
  }

  /// Requires that the whole file is this text.
  void mustBe(String text) throws IOException {
    if (Boolean.getBoolean("plantbus.renew")) {
      Files.writeString(path, text);
    }
    assertEquals(text, Files.exists(path) ? text() : "", path + RENEW);
  }

  /// Requires that a block of the file is this text.
  public void mustHold(String block, String text) throws IOException {
    String begin = "<!-- generated: " + block + " -->\n";
    String end = "<!-- end: " + block + " -->\n";
    String page = text();
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    assertTrue(from >= 0 && to > from, () -> path + " needs the lines " + begin + end);
    mustBe(page.substring(0, from + begin.length()) + text.strip() + "\n" + page.substring(to));
  }

  /// A block of code as Markdown.
  static String code(String language, String text) {
    return "```" + language + "\n" + text.strip() + "\n```\n";
  }
}
