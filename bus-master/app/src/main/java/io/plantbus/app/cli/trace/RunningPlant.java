package io.plantbus.app.cli.trace;

import io.plantbus.app.cli.CommandFailure;
import io.plantbus.app.cli.DurationConverter;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.PlantName;
import io.plantbus.app.control.ControlClient;
import io.plantbus.app.control.ControlException;
import io.plantbus.app.control.ControlFolder;
import io.plantbus.app.run.StopSignal;
import io.plantbus.app.trace.LineWatcher;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Options that name a running plant and one of its lines, and the way to listen to it.
final class RunningPlant {
  @Parameters(
      arity = "0..1",
      paramLabel = "PLANT",
      description = "Name of a running plant, or its file; not needed if only one runs.")
  private String plant = "";

  @Option(names = "--line", paramLabel = "LINE", description = "Only this line (default: all).")
  private String line = "";

  @Option(
      names = "--for",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "Stop after this time (default: at Ctrl-C).")
  private @Nullable Duration span;

  @Option(
      names = "--history",
      description = "Begin with what the plant has kept of each line: by default its newest 1 MiB.")
  private boolean history;

  /// Whether how long to listen, or where to begin, was written.
  boolean isBounded() {
    return span != null || history;
  }

  /// Makes a watcher of each line.
  interface Watching {
    /// Begins, before anything is heard.
    Map<String, ? extends LineWatcher> begin(ControlClient.Running running) throws IOException;

    /// Whether nothing more is wanted.
    boolean isEnough();

    /// Ends.
    void end() throws IOException;
  }

  /// Listens until the time is over, the plant stops or the user stops it.
  ///
  /// @throws CommandFailure if no such plant runs, or nothing can be written
  void watch(Watching watching) throws InterruptedException {
    watch(watching, null);
  }

  /// The same, or takes what was kept already.
  ///
  /// @param last how far back to begin, to end as of now; null to listen from now on
  void watch(Watching watching, @Nullable Duration last) throws InterruptedException {
    StopSignal stop = StopSignal.listen();
    int code = ExitCode.PORT.code();
    try (ControlClient client =
        ControlClient.connect(ControlFolder.ofUser(), PlantName.of(plant))) {
      Map<String, ? extends LineWatcher> watchers =
          new HashMap<>(
              watching.begin(
                  last == null ? client.listen(line, history) : client.last(line, last.toNanos())));
      Thread end =
          Thread.ofPlatform().name("plantbus-end").daemon(true).start(() -> await(stop, client));
      try {
        BooleanSupplier enough = watching::isEnough;
        client.carry(watchers, enough);
        watching.end();
      } finally {
        end.interrupt();
      }
      code = ExitCode.OK.code();
    } catch (ControlException failure) {
      throw new CommandFailure(ExitCode.PORT, String.valueOf(failure.getMessage()));
    } catch (IOException failure) {
      throw new CommandFailure(ExitCode.PORT, String.valueOf(failure.getMessage()));
    } finally {
      stop.finished(code);
    }
  }

  private void await(StopSignal stop, ControlClient client) {
    try {
      stop.await(span == null ? Long.MAX_VALUE : span.toNanos());
      client.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
