package io.plantbus.app.status;

import io.plantbus.app.apply.PlantVersion;
import io.plantbus.app.live.Ink;
import io.plantbus.app.live.ShareBar;
import io.plantbus.app.live.TableRow;
import io.plantbus.app.live.ValueText;
import io.plantbus.master.account.Cause;
import io.plantbus.master.account.Culprit;
import io.plantbus.master.account.DeviceUsage;
import io.plantbus.master.account.Latency;
import io.plantbus.master.account.LineTime;
import io.plantbus.master.account.Traffic;
import io.plantbus.master.account.Usage;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// A report as rows of a terminal.
final class StatusTable {
  private static final int INDENT = 2;
  private static final int MOST_BAR = 96;

  private final int width;
  private final boolean colour;
  private final boolean total;
  private final List<String> rows = new ArrayList<>();

  private static final List<Count> COUNTS =
      List.of(
          new Count("MISSED", Traffic::missedDeadlines),
          new Count("T-OUT", Traffic::timeouts),
          new Count("CRC", Traffic::checksumErrors),
          new Count("NOISE", traffic -> traffic.noises() - traffic.checksumErrors()),
          new Count("RETRY", Traffic::retries),
          new Count("REFUSED", Traffic::refusals),
          new Count("LATE", Traffic::lateAnswers));

  /// Something counted of each device, shown where it is not nothing.
  private record Count(String title, ToLongFunction<Traffic> of) {
    int width() {
      return title.length() + 2;
    }
  }

  /// @param width columns of a row
  /// @param colour whether it has colours
  /// @param total since the start instead of over the last minute
  StatusTable(int width, boolean colour, boolean total) {
    this.width = width;
    this.colour = colour;
    this.total = total;
  }

  /// All rows.
  List<String> rows(Snapshot snapshot) {
    add(
        row()
            .left("plant " + snapshot.plant(), Math.max(1, width - 48), Ink.BOLD)
            .right(
                "process %d, up %s, %s"
                    .formatted(
                        snapshot.pid(),
                        ValueText.clock(snapshot.upNanos()),
                        total ? "since the start" : "the last minute"),
                48,
                Ink.DIM));
    PlantVersion version = snapshot.version();
    if (version.number() > 1) {
      add(
          row()
              .rest(
                  "version %d since %s, %s%s"
                      .formatted(
                          version.number(),
                          snapshot.clock().text(version.since()),
                          version.source().shortDigest(),
                          version.user().isEmpty() ? "" : ", applied by " + version.user()),
                  Ink.DIM));
    }
    for (LineReport line : snapshot.lines()) {
      rows.add("");
      line(line, snapshot);
    }
    return rows;
  }

  private TableRow row() {
    return new TableRow(width, colour);
  }

  private void add(TableRow row) {
    rows.add(row.toString());
  }

  private Usage of(LineReport line) {
    return total ? line.usage().total() : line.usage().recent();
  }

  private Usage of(DeviceReport device) {
    return total ? device.usage().total() : device.usage().recent();
  }

  private void line(LineReport line, Snapshot snapshot) {
    Usage usage = of(line);
    String summary = summary(line, usage);
    int room = Math.max(1, width - summary.length() - 1);
    int name = Math.min(room, line.name().length() + 2);
    add(
        row()
            .left(line.name(), name, Ink.HEAD)
            .left(line.port(), room - name, Ink.DIM)
            .left("", 1, Ink.PLAIN)
            .rest(summary, Ink.PLAIN));
    if (!line.connected()) {
      String why = line.trouble().isEmpty() ? "connecting" : "not open: " + line.trouble();
      add(row().left("", INDENT, Ink.PLAIN).rest(why, Ink.BAD));
    }
    if (usage.time().totalNanos() > 0) {
      shares(usage.time());
    }
    Prediction prediction = snapshot.prediction(line, total);
    if (prediction != null) {
      if (!prediction.summary().isEmpty()) {
        wrapped("", prediction.summary(), Ink.DIM);
      }
      prediction.sentences().forEach(sentence -> wrapped("! ", sentence + ".", Ink.WARN));
    }
    for (Culprit culprit : snapshot.clock().culprits(line.usage())) {
      wrapped("! ", culprit.sentence() + ".", Ink.WARN);
    }
    devices(snapshot.devicesOn(line), usage.time());
  }

  private static String summary(LineReport line, Usage usage) {
    List<String> parts = new ArrayList<>();
    long all = Math.max(1, usage.time().totalNanos());
    parts.add(percent(usage.time().takenNanos(), all) + " taken");
    parts.add(String.format(Locale.ROOT, "%.1f tx/s", line.transactionsPerSecond()));
    if (!Double.isNaN(usage.efficiency())) {
      parts.add(String.format(Locale.ROOT, "efficiency %.0f%%", 100 * usage.efficiency()));
    }
    if (line.reconnects() > 0) {
      parts.add(line.reconnects() + (line.reconnects() == 1 ? " reconnect" : " reconnects"));
    }
    return String.join(" · ", parts);
  }

  private void shares(LineTime time) {
    TableRow bar = row().left("", INDENT, Ink.PLAIN);
    ShareBar.add(bar, time, Math.clamp(width - 2 * INDENT, 1, MOST_BAR));
    add(bar);
    TableRow legend = row().left("", INDENT, Ink.PLAIN);
    int room = width - INDENT;
    for (Cause cause : Cause.values()) {
      if (time.nanos(cause) == 0) {
        continue;
      }
      String words = " " + cause.word() + " " + percent(time.nanos(cause), time.totalNanos());
      if (room < words.length() + 1) {
        add(legend);
        legend = row().left("", INDENT, Ink.PLAIN);
        room = width - INDENT;
      }
      legend
          .left(String.valueOf(ShareBar.glyph(cause)), 1, ShareBar.ink(cause))
          .left(words, words.length(), Ink.PLAIN)
          .left("", 2, Ink.PLAIN);
      room -= words.length() + 3;
    }
    add(legend);
  }

  /// Words that continue on further rows where one is too short.
  private void wrapped(String mark, String text, Ink ink) {
    int room = Math.max(10, width - INDENT - mark.length());
    String rest = text;
    String before = mark;
    while (!rest.isEmpty()) {
      int end = rest.length() <= room ? rest.length() : rest.lastIndexOf(' ', room);
      int cut = end <= 0 ? Math.min(room, rest.length()) : end;
      add(
          row()
              .left("", INDENT, Ink.PLAIN)
              .left(before, mark.length(), ink)
              .rest(rest.substring(0, cut), ink));
      rest = rest.substring(cut).strip();
      before = "";
    }
  }

  private void devices(List<DeviceReport> devices, LineTime line) {
    List<Count> counts =
        COUNTS.stream()
            .filter(
                count ->
                    devices.stream()
                        .anyMatch(device -> count.of().applyAsLong(of(device).traffic()) > 0))
            .toList();
    if (devices.isEmpty()) {
      return;
    }
    int named =
        Math.clamp(devices.stream().mapToInt(each -> label(each).length()).max().orElse(0), 8, 32);
    TableRow head =
        row()
            .left("", INDENT, Ink.PLAIN)
            .left("DEVICE", named + 2, Ink.HEAD)
            .left("HEALTH", 8, Ink.HEAD)
            .right("LINE", 7, Ink.HEAD)
            .right("LOST", 7, Ink.HEAD)
            .right("MEDIAN", 9, Ink.HEAD)
            .right("P99", 9, Ink.HEAD)
            .right("MAX", 9, Ink.HEAD);
    counts.forEach(count -> head.right(count.title(), count.width(), Ink.HEAD));
    add(head);
    for (DeviceReport device : devices) {
      device(device, counts, named, Math.max(1, line.totalNanos()));
    }
  }

  private void device(DeviceReport device, List<Count> counts, int named, long lineNanos) {
    Usage usage = of(device);
    LineTime time = usage.time();
    long lost = time.timeoutNanos() + time.retryNanos();
    Latency latency = total ? device.usage().latency() : device.usage().recentLatency();
    TableRow row =
        row()
            .left("", INDENT, Ink.PLAIN)
            .left(label(device), named, Ink.BOLD)
            .left("", 2, Ink.PLAIN)
            .left(health(device), 8, ink(device))
            .right(percent(time.takenNanos(), lineNanos), 7, Ink.PLAIN)
            .right(percent(lost, lineNanos), 7, lost == 0 ? Ink.DIM : Ink.BAD)
            .right(span(latency.count(), latency.medianNanos()), 9, Ink.PLAIN)
            .right(span(latency.count(), latency.p99Nanos()), 9, Ink.PLAIN)
            .right(span(latency.count(), latency.maxNanos()), 9, Ink.PLAIN);
    for (Count count : counts) {
      long number = count.of().applyAsLong(usage.traffic());
      row.right(Long.toString(number), count.width(), number == 0 ? Ink.DIM : Ink.WARN);
    }
    add(row);
  }

  private static String label(DeviceReport device) {
    DeviceUsage usage = device.usage();
    return usage.address().isEmpty() ? device.name() : usage.label();
  }

  private static String health(DeviceReport device) {
    return switch (device.health()) {
      case UNKNOWN -> "unknown";
      case UP -> "up";
      case SUSPECT -> "suspect";
      case DOWN -> "down";
      case OUT_OF_SERVICE -> "out";
    };
  }

  private static Ink ink(DeviceReport device) {
    return switch (device.health()) {
      case UP -> Ink.GOOD;
      case UNKNOWN, SUSPECT -> Ink.WARN;
      case DOWN -> Ink.BAD;
      case OUT_OF_SERVICE -> Ink.DIM;
    };
  }

  private static String percent(long nanos, long ofNanos) {
    return String.format(Locale.ROOT, "%.1f%%", 100.0 * nanos / ofNanos);
  }

  /// Such as `180 ms`, `6.21 ms` or `35 µs`; a dash for none.
  private static String span(long count, long nanos) {
    if (count == 0) {
      return "–";
    }
    double micros = nanos / 1e3;
    if (micros < 999.5) {
      return String.format(Locale.ROOT, "%.0f µs", micros);
    }
    double millis = micros / 1e3;
    if (millis < 999.5) {
      int decimals = millis < 9.995 ? 2 : millis < 99.95 ? 1 : 0;
      return String.format(Locale.ROOT, "%." + decimals + "f ms", millis);
    }
    return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
  }
}
