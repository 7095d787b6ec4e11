package io.plantbus.app.cli;

import io.plantbus.app.control.ControlClient;
import io.plantbus.app.control.ControlException;
import io.plantbus.app.control.ControlFolder;
import io.plantbus.app.control.ReportForm;
import io.plantbus.app.control.Reporter;
import io.plantbus.app.live.PlainText;
import io.plantbus.app.live.TerminalWidth;
import io.plantbus.app.run.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `status`: how a running plant is doing, and where the time of its lines goes.
@Command(
    name = "status",
    description = {
      "Tells where the time of the lines of a running plant goes, and who is to blame.",
      "Ends with 1 if a line is not open or a device is down, with 4 if no plant runs."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus status",
      "  plantbus status waterworks --watch",
      "  plantbus status --json | jq -r '.lines[].culprits[].sentence'"
    })
final class StatusCommand implements Callable<Integer> {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  @Parameters(
      arity = "0..1",
      paramLabel = "PLANT",
      description = "Name of a running plant, or its file; not needed if only one runs.")
  private String plant = "";

  @Option(
      names = "--total",
      description = "Since the start of the plant instead of over the last minute.")
  private boolean total;

  @Option(names = "--watch", description = "Again every second, until Ctrl-C.")
  private boolean watch;

  @Option(names = "--json", description = "One JSON object, with both spans.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    StopSignal stop = StopSignal.listen();
    int code = ExitCode.PORT.code();
    try (ControlClient client =
        ControlClient.connect(ControlFolder.ofUser(), PlantName.of(plant))) {
      Reporter.Report report = show(client, stop);
      code = (report.healthy() ? ExitCode.OK : ExitCode.DEVICE).code();
    } catch (ControlException failure) {
      throw new CommandFailure(ExitCode.PORT, String.valueOf(failure.getMessage()));
    } catch (IOException _) {
      throw new CommandFailure(ExitCode.PORT, "the plant has stopped");
    } finally {
      stop.finished(code);
    }
    return code;
  }

  private Reporter.Report show(ControlClient client, StopSignal stop)
      throws ControlException, IOException, InterruptedException {
    boolean terminal = TerminalWidth.isTerminal();
    ReportForm form =
        new ReportForm(
            json,
            total,
            TerminalWidth.columns(),
            terminal && System.getenv("NO_COLOR") == null,
            PlainText.isNeeded(System.out.charset()));
    Reporter.Report report = client.report(form);
    boolean inPlace = watch && terminal && !json;
    print(report, inPlace ? HOME + CLEAR_BELOW : "", inPlace);
    while (watch && !stop.await(EVERY_NANOS)) {
      report = client.report(form);
      print(report, inPlace ? HOME : json ? "" : System.lineSeparator(), inPlace);
    }
    return report;
  }

  private void print(Reporter.Report report, String before, boolean inPlace) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(before);
    for (String row : report.rows()) {
      out.println(inPlace ? row + CLEAR_LINE : row.stripTrailing());
    }
    out.print(inPlace ? CLEAR_BELOW : "");
    out.flush();
  }
}
