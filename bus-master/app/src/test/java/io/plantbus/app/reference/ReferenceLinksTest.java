package io.plantbus.app.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferenceLinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PublishedFile.DOCS)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        Path target = page.resolveSibling(link.group(1));
        if (!link.group(1).contains("://") && !leadsTo(target, link.group(2))) {
          broken.add(page + ": " + link.group());
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leadsTo(Path file, @Nullable String anchor) throws IOException {
    return Files.exists(file)
        && (anchor == null
            || Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#"))
                .map(ReferenceLinksTest::anchor)
                .anyMatch(anchor::equals));
  }

  /// The anchor of a heading, as renderers of Markdown make it.
  private static String anchor(String heading) {
    String words = heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT);
    return "#" + words.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }

  @Test
  void theIndexNamesEveryPage() throws IOException {
    Path index = PublishedFile.DOCS.resolve("README.md");
    String text = Files.readString(index);
    List<Path> missing =
        pages().stream()
            .filter(page -> !page.equals(index))
            .map(PublishedFile.DOCS::relativize)
            .filter(page -> !text.contains("](" + page + ")"))
            .toList();
    assertEquals(List.of(), missing);
  }
}
