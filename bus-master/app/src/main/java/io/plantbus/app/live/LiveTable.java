package io.plantbus.app.live;

import io.plantbus.app.scada.ScadaReport;
import io.plantbus.devices.Quality;
import io.plantbus.master.BusMaster;
import io.plantbus.master.account.Culprit;
import io.plantbus.master.account.LineTime;
import io.plantbus.master.account.LineUsage;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.TagSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lays a running plant out as rows of a screen: lines, then tags in one or two columns, then the
/// latest events.
final class LiveTable {
  private static final int TWO_COLUMNS_FROM = 150;
  private static final int BAR_WIDTH = 12;
  private static final int SHARES_WIDTH = 24;

  /// On a screen of so many rows there is room for one more to each line.
  private static final int SHARES_FROM = 30;

  private final boolean colour;
  private @Nullable ScadaReport scada;

  LiveTable(boolean colour) {
    this.colour = colour;
  }

  /// Takes how the SCADA endpoint does, for the screens from now on.
  void scada(ScadaReport report) {
    scada = report;
  }

  /// The whole screen.
  ///
  /// @param title what runs
  /// @param events the latest last
  /// @param width columns of the screen
  /// @param height rows of the screen
  List<String> render(
      BusMaster master, String title, List<String> events, long nowNanos, int width, int height) {
    List<String> rows = new ArrayList<>();
    rows.add(new TableRow(width, colour).rest(title, Ink.BOLD).toString());
    rows.add("");
    lines(master, rows, nowNanos, width, height);
    served(rows, width);
    rows.add("");
    loops(master, rows, width, nowNanos);
    int eventRows = Math.min(Math.max(events.size(), 1), height >= 30 ? 6 : 3);
    tags(master, rows, nowNanos, width, height - rows.size() - eventRows - 2);
    rows.add("");
    rows.add(new TableRow(width, colour).rest("EVENTS", Ink.HEAD).toString());
    for (String event : events.subList(Math.max(0, events.size() - eventRows), events.size())) {
      rows.add(new TableRow(width, colour).rest(event, Ink.PLAIN).toString());
    }
    if (events.isEmpty()) {
      rows.add(new TableRow(width, colour).rest("none so far", Ink.DIM).toString());
    }
    return rows;
  }

  private void lines(BusMaster master, List<String> rows, long nowNanos, int width, int height) {
    rows.add(
        new TableRow(width, colour)
            .left("BUS", 14, Ink.HEAD)
            .left("STATE", 12, Ink.HEAD)
            .left("UTILISATION", BAR_WIDTH + 7, Ink.HEAD)
            .right("TX/S", 9, Ink.HEAD)
            .right("TOTAL", 10, Ink.HEAD)
            .right("ERRORS", 9, Ink.HEAD)
            .right("LATE", 7, Ink.HEAD)
            .right("RECONN", 8, Ink.HEAD)
            .rest("", Ink.PLAIN)
            .toString());
    for (LineReport line : master.lines()) {
      int full = (int) Math.round(Math.clamp(line.utilisation(), 0, 1) * BAR_WIDTH);
      rows.add(
          new TableRow(width, colour)
              .left(line.name(), 14, Ink.PLAIN)
              .left(state(line), 12, line.connected() ? Ink.GOOD : Ink.BAD)
              .left("█".repeat(full), full, Ink.GOOD)
              .left("░".repeat(BAR_WIDTH - full), BAR_WIDTH - full, Ink.DIM)
              .right(String.format(Locale.ROOT, "%5.1f%% ", line.utilisation() * 100), 7, Ink.PLAIN)
              .right(String.format(Locale.ROOT, "%.1f", line.transactionsPerSecond()), 9, Ink.PLAIN)
              .right(Long.toString(line.transactions()), 10, Ink.PLAIN)
              .right(Long.toString(line.errors()), 9, line.errors() == 0 ? Ink.PLAIN : Ink.WARN)
              .right(Long.toString(line.lateAnswers()), 7, Ink.PLAIN)
              .right(Long.toString(line.reconnects()), 8, Ink.PLAIN)
              .rest("", Ink.PLAIN)
              .toString());
      if (!line.connected() && !line.trouble().isEmpty()) {
        rows.add(
            new TableRow(width, colour)
                .left("  └ ", 4, Ink.BAD)
                .rest(line.trouble(), Ink.BAD)
                .toString());
      }
      usage(line.usage(), rows, nowNanos, width, height >= SHARES_FROM);
    }
  }

  /// Where the time of the last minute went, and the worst that it went to.
  private void usage(
      LineUsage usage, List<String> rows, long nowNanos, int width, boolean withShares) {
    LineTime time = usage.recent().time();
    if (withShares && time.totalNanos() > 0) {
      TableRow row = new TableRow(width, colour).left("", 2, Ink.PLAIN);
      ShareBar.add(row, time, SHARES_WIDTH);
      rows.add(
          row.left("", 2, Ink.PLAIN)
              .rest(String.join(", ", ShareBar.words(time)), Ink.DIM)
              .toString());
    }
    List<Culprit> culprits = WallClock.at(nowNanos).culprits(usage);
    if (!culprits.isEmpty()) {
      rows.add(
          new TableRow(width, colour)
              .left("  ! ", 4, Ink.WARN)
              .rest(culprits.getFirst().sentence(), Ink.WARN)
              .toString());
    }
  }

  private void served(List<String> rows, int width) {
    ScadaReport report = scada;
    if (report != null) {
      boolean quiet = report.denials() == 0 && report.turnedAway() == 0;
      rows.add(
          new TableRow(width, colour)
              .left("SCADA", 14, Ink.HEAD)
              .rest(ScadaEvents.summary(report), quiet ? Ink.PLAIN : Ink.WARN)
              .toString());
    }
  }

  private static String state(LineReport line) {
    if (line.connected()) {
      return "connected";
    }
    return line.trouble().isEmpty() ? "connecting" : "lost";
  }

  private void loops(BusMaster master, List<String> rows, int width, long nowNanos) {
    for (LoopSpec loop : master.plant().loops()) {
      switch (loop) {
        case LoopSpec.Hysteresis level ->
            rows.add(
                new TableRow(width, colour)
                    .left("LOOP", 6, Ink.HEAD)
                    .rest(
                        "%s: %s = %s (on below %s, off above %s) → %s = %s"
                            .formatted(
                                level.name(),
                                level.measured(),
                                valueOf(master, level.measured(), nowNanos),
                                ValueText.number(level.low()),
                                ValueText.number(level.high()),
                                level.output(),
                                valueOf(master, level.output(), nowNanos)),
                        Ink.PLAIN)
                    .toString());
      }
    }
    if (!master.plant().loops().isEmpty()) {
      rows.add("");
    }
  }

  private static String valueOf(BusMaster master, String tag, long nowNanos) {
    TagSample sample = master.image().sample(tag, nowNanos);
    return sample == null ? "–" : ValueText.value(sample.value());
  }

  private void tags(BusMaster master, List<String> rows, long nowNanos, int width, int room) {
    int columns = width >= TWO_COLUMNS_FROM ? 2 : 1;
    int columnWidth = (width - 3 * (columns - 1)) / columns;
    List<String> cells = new ArrayList<>();
    for (DeviceSpec device : master.plant().devices()) {
      String shown = device.name();
      for (TagSpec tag : device.tags()) {
        cells.add(tagRow(master, shown, device, tag, nowNanos, columnWidth));
        shown = "";
      }
    }
    int perColumn = Math.max(1, Math.min(room - 1, (cells.size() + columns - 1) / columns));
    String head = tagHead(columnWidth);
    rows.add(columns == 2 ? head + "   " + head : head);
    int hidden = Math.max(0, cells.size() - perColumn * columns);
    int visibleRows = hidden > 0 && perColumn > 1 ? perColumn - 1 : perColumn;
    for (int row = 0; row < visibleRows; row++) {
      StringBuilder line = new StringBuilder(cells.get(row));
      int second = visibleRows + row;
      if (columns == 2 && second < cells.size()) {
        line.append("   ").append(cells.get(second));
      }
      rows.add(line.toString());
    }
    if (visibleRows * columns < cells.size()) {
      rows.add(
          Ink.DIM.on(
              "… " + (cells.size() - visibleRows * columns) + " more tags: make the window taller",
              colour));
    }
  }

  private String tagHead(int width) {
    return new TableRow(width, colour)
        .left("DEVICE", 16, Ink.HEAD)
        .left("TAG", 20, Ink.HEAD)
        .right("VALUE", 11, Ink.HEAD)
        .left("", 1, Ink.PLAIN)
        .left("UNIT", 6, Ink.HEAD)
        .right("AGE", 7, Ink.HEAD)
        .left("", 2, Ink.PLAIN)
        .rest("QUALITY", Ink.HEAD)
        .toString();
  }

  private String tagRow(
      BusMaster master,
      String shownDevice,
      DeviceSpec device,
      TagSpec tag,
      long nowNanos,
      int width) {
    TagSample read = master.image().sample(tag.name(), nowNanos);
    TagSample sample = read == null ? TagSample.INITIAL : read;
    Ink ink = ink(sample.quality());
    return new TableRow(width, colour)
        .left(shownDevice, 16, Ink.BOLD)
        .left(shortName(device, tag), 20, Ink.PLAIN)
        .right(ValueText.value(sample.value()), 11, sample.quality().isGood() ? Ink.BOLD : Ink.DIM)
        .left("", 1, Ink.PLAIN)
        .left(ValueText.unit(tag.resource().unit()), 6, Ink.DIM)
        .right(ValueText.age(sample.ageNanos(nowNanos)), 7, Ink.PLAIN)
        .left("", 2, Ink.PLAIN)
        .rest(sample.quality().symbol(), ink)
        .toString();
  }

  private static String shortName(DeviceSpec device, TagSpec tag) {
    return tag.name().startsWith(device.name() + ".")
        ? tag.name().substring(device.name().length() + 1)
        : tag.name();
  }

  private static Ink ink(Quality quality) {
    return quality.isGood() ? Ink.GOOD : quality.isBad() ? Ink.BAD : Ink.WARN;
  }
}
