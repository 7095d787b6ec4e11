package io.plantbus.app.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.app.cli.PlantbusCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceOfCommandsTest {
  private static final PublishedFile PAGE = PublishedFile.of("reference/commands.md");
  private static final List<String> LAYOUT = List.of("picocli.usage.width", "picocli.ansi");

  @BeforeEach
  void layOutAsInAFile() {
    System.setProperty(LAYOUT.getFirst(), "100");
    System.setProperty(LAYOUT.getLast(), "false");
  }

  @AfterEach
  void layOutAsBefore() {
    LAYOUT.forEach(System::clearProperty);
  }

  private static String help(String... arguments) {
    StringWriter text = new StringWriter();
    assertEquals(
        0, PlantbusCommand.execute(new PrintWriter(text), new PrintWriter(text), arguments));
    return text.toString().stripTrailing();
  }

  /// The help without the list of exit codes, which the page has once.
  private static String usage(String... arguments) {
    return help(arguments)
        .replaceFirst("(?s)\nExit codes:\n( .*?\n)*( .*$)?", "")
        .lines()
        .map(String::stripTrailing)
        .reduce("", (above, line) -> above + line + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "check",
        "read",
        "write",
        "poll",
        "identify",
        "diagnose",
        "call",
        "apply",
        "status",
        "trace",
        "capture",
        "twin",
        "replay",
        "simulate",
        "soak",
        "demo"
      })
  void theUsageOfEachCommandIsListed(String command) throws IOException {
    PAGE.mustHold(command, PublishedFile.code("text", usage(command, "--help")));
  }

  @Test
  void theCommandsAreListed() throws IOException {
    PAGE.mustHold("plantbus", PublishedFile.code("text", usage("--help")));
  }

  @Test
  void theExitCodesAreListed() throws IOException {
    StringBuilder table = new StringBuilder("| Code | Meaning |\n|---|---|\n");
    Matcher code = Pattern.compile("(?m)^ +(\\d+) +(.+)$").matcher(exitCodes());
    while (code.find()) {
      table.append("| %s | %s |\n".formatted(code.group(1), code.group(2).strip()));
    }
    PAGE.mustHold("exit-codes", table.toString());
  }

  private static String exitCodes() {
    String all = help("read", "--help");
    return all.substring(all.indexOf("Exit codes:"));
  }

  @Test
  void everyCommandHasAnEntry() throws IOException {
    String page = PAGE.text();
    Matcher command =
        Pattern.compile("(?m)^  ([a-z]+)  ").matcher(help("--help").split("Commands:", 2)[1]);
    int count = 0;
    while (command.find()) {
      count++;
      assertEquals(true, page.contains("generated: " + command.group(1) + " -->"), command.group());
    }
    assertEquals(17, count);
  }
}
