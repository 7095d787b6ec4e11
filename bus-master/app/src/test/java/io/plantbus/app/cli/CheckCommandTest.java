package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String SMALL =
      """
      lines:
        rs485: {rtu: /dev/ttyNone7, baud: 19200, timeout: 100ms}
        sensors: {i2c: /dev/i2c-1}
      devices:
        pump:
          line: rs485
          unit: 1
          poll: 1s
          tags:
            level: {address: "input:0", priority: safety}
            run: {address: "coil:0", access: read-write}
      """;

  @TempDir private Path folder = Path.of("");

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("plant.yaml"), text).toString();
  }

  private static String many(int baud, int tags, String poll) {
    StringBuilder text =
        new StringBuilder("lines:\n  rs485:\n    rtu: /dev/ttyNone7\n    baud: " + baud + "\n");
    text.append(
        "devices:\n  pump:\n    line: rs485\n    unit: 1\n    poll: " + poll + "\n    tags:\n");
    for (int i = 0; i < tags; i++) {
      text.append("      t" + i + ": \"input:" + i + "\"\n");
    }
    return text.toString();
  }

  private static void mustTell(CommandLineRun run, String told) {
    assertTrue(run.out().contains(told), run.out() + run.err());
  }

  @Test
  void aPlantThatWorksIsProven() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", file(SMALL));

    assertEquals("", run.err());
    assertEquals(ExitCode.OK.code(), run.code());
    assertTrue(
        run.out().matches("(?s).* rs485 +█░+ \\d %  pump\\S+ +1\\S+ .* works\n.*"), run.out());
    assertTrue(run.out().matches("(?s).* sensors +not proven\n.*"), run.out());
    mustTell(run, "rs485: safety 2 %, normal 2 %, writes 4 %, silent devices up to 5 %");
    mustTell(run, "Assumed: up to 1 writes per second and line beside those of loops, 1 at once");
    mustTell(run, "not known, so taken as: pump 7.1ms");
  }

  @Test
  void whatIsTooMuchIsRejectedWithItsPlaceAndWhatWouldDo() throws IOException {
    String file = file(many(9600, 1500, "1s"));
    CommandLineRun run = CommandLineRun.of("check", file);

    assertEquals(ExitCode.PLAN.code(), run.code(), run.out());
    mustTell(run, "too much");
    mustTell(run, "rejected: " + file + ":4:11: lines.rs485.baud: rs485 asks for 378 %");
    mustTell(run, "it would do to raise the speed from 9600 to 57600 baud");
    mustTell(run, "it would do to make every period ");
  }

  @Test
  void aDeadlineThatCannotHoldIsToldAtItsKey() throws IOException {
    String file = file(many(9600, 100, "280ms"));
    CommandLineRun run = CommandLineRun.of("check", file);

    assertEquals(ExitCode.OK.code(), run.code(), run.out());
    CommandLineRun late = CommandLineRun.of("check", file(many(9600, 101, "250ms")));
    assertEquals(ExitCode.PLAN.code(), late.code(), late.out());
    mustTell(late, "plant.yaml:9:11: devices.pump.poll: ");
  }

  @Test
  void tenThousandTagsAt9600BaudGetAClearVerdict() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", file(many(9600, 10_000, "1s")));

    assertEquals(ExitCode.PLAN.code(), run.code());
    mustTell(run, "rs485 asks for 2516 % of the line's time: 80 requests");
    mustTell(run, "it would do to make every period ");
  }

  @Test
  void overlappingTagsAreWarnedOfWithBothNames() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "check", file(SMALL + "      real: {address: \"input:0\", type: float32}\n"));

    assertEquals(ExitCode.OK.code(), run.code(), run.out() + run.err());
    mustTell(run, "warning: ");
    mustTell(run, "pump.level (uint16 at input:0)");
    mustTell(run, "pump.real (float32 at input:0..1)");
  }

  @Test
  void everyTagIsListedOnDemand() throws IOException {
    String file = file(SMALL);
    assertFalse(CommandLineRun.of("check", file).out().contains("beside silent ones"));
    CommandLineRun run = CommandLineRun.of("check", file, "--tags");
    assertTrue(
        run.out().matches("(?s).* pump.level +safety +1s +1\\.\\d+s +1\\.\\d+s +3s\n.*"),
        run.out());
    assertTrue(run.out().matches("(?s).* pump.run +normal +1s +1\\.\\d+s .*"), run.out());
  }

  @Test
  void moreWritesAreCountedOnWhenToldSo() throws IOException {
    String file = file(SMALL);
    CommandLineRun run = CommandLineRun.of("check", file, "--writes", "40");
    assertEquals(ExitCode.PLAN.code(), run.code(), run.out());

    CommandLineRun wrong = CommandLineRun.of("check", file, "--writes", "-1");
    assertEquals(ExitCode.USAGE.code(), wrong.code());
    assertTrue(wrong.err().contains("writes per second must be 0..10000"), wrong.err());
  }

  @Test
  void aScriptGetsAllOfIt() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", file(many(9600, 1500, "1s")), "--json");

    assertEquals(ExitCode.PLAN.code(), run.code());
    assertEquals(1, run.out().lines().count());
    mustTell(run, "{\"valid\":true,\"problems\":[],");
    mustTell(run, "\"proof\":{\"works\":false,\"writesPerSecond\":1.0,\"writesAtOnce\":1,");
    mustTell(run, "{\"line\":\"rs485\",\"verdict\":\"overloaded\",");
    mustTell(run, "\"kind\":\"overloaded\",\"rejected\":true,");
    mustTell(run, "\"line\":4,\"column\":11,\"key\":\"lines.rs485.baud\",");
    mustTell(run, "\"remedies\":[{\"kind\":\"baud\",\"words\":\"raise the speed from 9600 to ");
    mustTell(run, "{\"device\":\"pump\",\"millis\":9.010417,\"source\":\"assumed\"}");
    mustTell(run, "{\"tag\":\"pump.t1499\",\"ageMillis\":null,\"ageBesideSilentMillis\":null,");
  }

  @Test
  void aPlantThatCannotKeepItsDeadlinesStillRunsAndSaysSo() throws IOException {
    String file = file(many(9600, 1500, "1s"));
    CommandLineRun run = CommandLineRun.of("run", file, "--simulate", "--for", "200ms");

    assertEquals(ExitCode.OK.code(), run.code(), run.err());
    assertEquals(
        file
            + ": line rs485 cannot keep every deadline; 'plantbus check "
            + file
            + "' tells why, and what would",
        run.err().strip());
  }
}
