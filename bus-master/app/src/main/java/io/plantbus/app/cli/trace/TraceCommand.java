package io.plantbus.app.cli.trace;

import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.Usage;
import io.plantbus.app.control.ControlClient;
import io.plantbus.app.trace.LineWatcher;
import io.plantbus.app.trace.TextWatcher;
import io.plantbus.app.trace.TraceSpec;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.trace.TraceLevel;
import io.plantbus.protocols.modbus.trace.TraceText;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `trace`: shows what goes over the lines of a running plant.
@Command(
    name = "trace",
    description = {
      "Shows what goes over the Modbus lines of a running plant, as long as it is asked to.",
      "The plant does not wait for it: what it is too slow for is missing, and told."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus trace --for 10s",
      "  plantbus trace --line rs485 --unit 3 --level frame",
      "  plantbus trace waterworks --line net --level byte --history"
    })
public final class TraceCommand implements Callable<Integer> {
  @Mixin private RunningPlant plant = new RunningPlant();

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "Only this unit id, 0..255 (default: all).")
  private @Nullable Integer unit;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "application",
      description = "application, frame or byte (default: ${DEFAULT-VALUE}).")
  private String level = "application";

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by picocli.
  public TraceCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    TraceSpec what =
        Usage.check(
            spec,
            () ->
                new TraceSpec(TraceLevel.of(level), "", unit == null ? TraceText.ALL_UNITS : unit));
    plant.watch(new Text(what, spec.commandLine().getOut(), spec.commandLine().getErr()));
    return ExitCode.OK.code();
  }

  /// Each line as text.
  private record Text(TraceSpec what, PrintWriter out, PrintWriter err)
      implements RunningPlant.Watching {
    @Override
    public Map<String, LineWatcher> begin(ControlClient.Running running) {
      int width = 0;
      for (TappedLine line : running.lines()) {
        width = Math.max(width, line.name().length());
      }
      err.println("plant " + running.plant() + ", process " + running.pid());
      Map<String, LineWatcher> watchers = new HashMap<>();
      for (TappedLine line : running.lines()) {
        err.println("line " + line.name() + ": " + line.endpoint());
        watchers.put(line.name(), new TextWatcher(line, what, width, out::println));
      }
      err.flush();
      return watchers;
    }

    @Override
    public boolean isEnough() {
      out.flush();
      return out.checkError();
    }

    @Override
    public void end() {
      out.flush();
    }
  }
}
