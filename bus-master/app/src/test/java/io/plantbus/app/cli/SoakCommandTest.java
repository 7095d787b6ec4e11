package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakCommandTest {
  @Test
  void aSoakTellsWhatItRanAndWhatItChecked() {
    CommandLineRun run =
        CommandLineRun.of("soak", "--seed", "28", "--hours", "0.05", "--jobs", "1");
    assertEquals(ExitCode.OK.code(), run.code(), run.err());
    assertTrue(
        run.out()
            .startsWith(
                "Soaking 32 devices on a pair at 19200 8E1 and 4 on a network: seed 28, 0.05 bus"
                    + " hours, 1 at once\n"),
        run.out());
    assertTrue(run.out().matches("(?s).*1 cases, [\\d,]+ transactions, 45 writes\n.*"), run.out());
    assertTrue(
        run.out().matches("(?s).* [\\d,]+  one driver at a time\n.*"), "checks: " + run.out());
  }

  @Test
  void aSoakTellsTheSameToAScript() {
    CommandLineRun run =
        CommandLineRun.of("soak", "--seed", "28", "--hours", "0.01", "--jobs", "1", "--json");
    assertEquals(ExitCode.OK.code(), run.code(), run.err());
    assertTrue(run.out().matches("\\{\"seed\":28,.*\"busHours\":0\\.\\d+,.*\\}\n"), run.out());
    assertTrue(run.out().contains("\"silence\":"), run.out());
  }

  @Test
  void aRepeatedCaseShowsItsLastLinesAndItsDigest() {
    CommandLineRun run = CommandLineRun.of("soak", "--repeat", "28/10s", "--lines", "3");
    assertEquals(ExitCode.OK.code(), run.code(), run.err());
    assertTrue(
        run.out().matches("(?s)(\\d+\\.\\d{9} \\S+ \\S+ > [^\n]+\n){3}\nNothing was violated.*"),
        run.out());
    assertEquals(run.out(), CommandLineRun.of("soak", "--repeat", "28/10s", "--lines", "3").out());
  }

  @ParameterizedTest
  @CsvSource({"--hours,0", "--jobs,0", "--jobs,65", "--case,5s", "--lines,-1", "--repeat,soup"})
  void whatMakesNoSenseIsRefused(String option, String value) {
    CommandLineRun run = CommandLineRun.of("soak", option, value);
    assertEquals(ExitCode.USAGE.code(), run.code());
    assertEquals("", run.out());
  }
}
