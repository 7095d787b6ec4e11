package io.plantbus.app.cli.trace;

import io.plantbus.app.cli.BuildVersion;
import io.plantbus.app.cli.DurationConverter;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.Usage;
import io.plantbus.app.control.ControlClient;
import io.plantbus.app.trace.CaptureTarget;
import io.plantbus.app.trace.LineWatcher;
import io.plantbus.app.trace.Recording;
import io.plantbus.app.trace.TraceSpec;
import io.plantbus.master.trace.ChunkKind;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.trace.TraceLevel;
import io.plantbus.protocols.modbus.trace.TraceText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `capture`: records the lines of a running plant for Wireshark.
@Command(
    name = "capture",
    description = {
      "Records the Modbus lines of a running plant in a file for Wireshark.",
      "With --last, what the plant has kept of the time before: its newest minutes are always kept."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus capture --last 5m",
      "  plantbus capture --out plant.pcapng --for 30s",
      "  plantbus capture --line rs485 --out rs485.pcapng --ring 64MB",
      "  plantbus capture --out - | wireshark -k -i -"
    })
public final class CaptureCommand implements Callable<Integer> {
  @Mixin private RunningPlant plant = new RunningPlant();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE.pcapng",
      description = {
        "Where to; - is the standard output. Only you may read it.",
        "By default a file named after the time, in this folder."
      })
  private @Nullable Path file;

  @Option(
      names = "--last",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "What was kept of this time until now, instead of what comes.")
  private @Nullable Duration last;

  @Option(
      names = "--ring",
      paramLabel = "SIZE",
      description = "Keep the newest only, over four files, such as 64MB (default: up to 1GB).")
  private @Nullable String ring;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "Only this unit id, 0..255 (default: all).")
  private @Nullable Integer unit;

  private static final DateTimeFormatter NAME_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by picocli.
  public CaptureCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    TraceSpec what =
        Usage.check(
            spec,
            () -> {
              if (last != null && (plant.isBounded() || ring != null)) {
                throw new IllegalArgumentException(
                    "--last takes what was kept until now: leave out --for, --history and --ring");
              }
              return new TraceSpec(TraceLevel.FRAME, "", unit == null ? TraceText.ALL_UNITS : unit);
            });
    String now = NAME_TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
    CaptureTarget target =
        Usage.check(
            spec,
            () ->
                Objects.requireNonNull(
                    WatchOptions.target(
                        file == null ? Path.of("plantbus-" + now + ".pcapng") : file, ring)));
    plant.watch(new Packets(target, what.unit(), spec.commandLine().getErr()), last);
    return ExitCode.OK.code();
  }

  /// Each line as an interface of one capture.
  private static final class Packets implements RunningPlant.Watching {
    private final CaptureTarget target;
    private final int unit;
    private final PrintWriter err;
    private final Map<String, Timed> watchers = new HashMap<>();
    private @Nullable Recording recording;

    Packets(CaptureTarget target, int unit, PrintWriter err) {
      this.target = target;
      this.unit = unit;
      this.err = err;
    }

    @Override
    public Map<String, ? extends LineWatcher> begin(ControlClient.Running running)
        throws IOException {
      Recording made =
          new Recording(
              target, BuildVersion.nameAndVersion(), "plant " + running.plant(), System.out);
      for (TappedLine line : running.lines()) {
        watchers.put(line.name(), new Timed(made.watch(line, unit)));
      }
      recording = made;
      return watchers;
    }

    @Override
    public boolean isEnough() {
      return recording == null || recording.isFull();
    }

    @Override
    public void end() throws IOException {
      for (Timed each : watchers.values()) {
        each.close(each.lastNanos);
      }
      Recording made = recording;
      if (made != null) {
        err.println(
            "%s: %d packets%s%s"
                .formatted(
                    target.isStandardOutput() ? "standard output" : made.file(),
                    made.packets(),
                    made.dropped() == 0 ? "" : ", " + made.dropped() + " pieces missing",
                    made.isFull() ? "; ended, as the file is full: use --ring" : ""));
        err.flush();
      }
    }
  }

  /// A watcher that remembers what time it is on the line.
  private static final class Timed implements LineWatcher {
    private final LineWatcher watcher;
    private long lastNanos;

    Timed(LineWatcher watcher) {
      this.watcher = watcher;
    }

    @Override
    public void chunk(ChunkKind kind, long epochNanos, byte[] bytes, int offset, int length)
        throws IOException {
      lastNanos = epochNanos;
      watcher.chunk(kind, epochNanos, bytes, offset, length);
    }

    @Override
    public void missed(long chunks, long epochNanos) throws IOException {
      watcher.missed(chunks, epochNanos);
    }

    @Override
    public void advance(long epochNanos) throws IOException {
      lastNanos = Math.max(lastNanos, epochNanos);
      watcher.advance(epochNanos);
    }

    @Override
    public void close(long epochNanos) throws IOException {
      watcher.close(epochNanos);
    }
  }
}
