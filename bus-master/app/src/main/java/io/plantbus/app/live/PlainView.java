package io.plantbus.app.live;

import io.plantbus.app.scada.ScadaReport;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.BusMaster;
import io.plantbus.master.account.Culprit;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.plant.TagSpec;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One line per change, for pipes and log files: values at most once a second each, qualities and
/// health at once, and a line per bus every ten seconds.
public final class PlainView implements PlantView {
  private static final long VALUE_EVERY_NANOS = 1_000_000_000L;

  /// How long a tag may take to its first value before that is worth a line.
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private static final long BUSES_EVERY_NANOS = 10_000_000_000L;

  private final PrintWriter out;
  private final HealthEvents health = new HealthEvents();
  private final ScadaEvents scada = new ScadaEvents();
  private final Map<String, Shown> shown = new HashMap<>();
  private long startNanos = -1;
  private long nextBusesNanos;

  private record Shown(@Nullable TagValue value, Quality quality, long atNanos) {}

  /// @param out where the lines go; flushed after each refresh, not closed
  public PlainView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void refresh(BusMaster master, long nowNanos) {
    if (startNanos < 0) {
      startNanos = nowNanos;
      nextBusesNanos = nowNanos + BUSES_EVERY_NANOS;
    }
    String time = String.format(Locale.ROOT, "%8.2fs  ", (nowNanos - startNanos) / 1e9);
    for (String change : health.changes(master)) {
      out.println(time + "! " + change);
    }
    for (String change : scada.changes(nowNanos)) {
      out.println(time + "! " + change);
    }
    for (TagSpec tag : master.plant().tags()) {
      TagSample sample = master.image().sample(tag.name(), nowNanos);
      if (sample != null && isWorthALine(tag.name(), sample, nowNanos)) {
        shown.put(tag.name(), new Shown(sample.value(), sample.quality(), nowNanos));
        out.println(time + line(tag, sample, nowNanos));
      }
    }
    if (nowNanos >= nextBusesNanos) {
      nextBusesNanos += BUSES_EVERY_NANOS;
      buses(master, nowNanos, time);
    }
    out.flush();
  }

  private boolean isWorthALine(String tag, TagSample sample, long nowNanos) {
    Shown before = shown.get(tag);
    if (before == null) {
      boolean waiting = sample.quality() == Quality.BAD_WAITING_FOR_INITIAL_DATA;
      return !waiting || nowNanos - startNanos >= PATIENCE_NANOS;
    }
    if (before.quality() != sample.quality()) {
      return true;
    }
    return nowNanos - before.atNanos() >= VALUE_EVERY_NANOS
        && !Objects.equals(before.value(), sample.value());
  }

  private static String line(TagSpec tag, TagSample sample, long nowNanos) {
    String unit = ValueText.unit(tag.resource().unit());
    String reason = sample.reason().isEmpty() ? "" : "  (" + sample.reason() + ")";
    return String.format(
        Locale.ROOT,
        "%-32s %12s %-6s %-26s age %s%s",
        tag.name(),
        ValueText.value(sample.value()),
        unit,
        sample.quality().symbol(),
        ValueText.age(sample.ageNanos(nowNanos)),
        reason);
  }

  private void buses(BusMaster master, long nowNanos, String time) {
    for (LineReport line : master.lines()) {
      out.println(
          time
              + String.format(
                  Locale.ROOT,
                  "= %s: %s, utilisation %.1f%%, %.1f tx/s, %d transactions, %d errors, %d late, %d reconnects",
                  line.name(),
                  line.connected() ? "connected" : "lost (" + line.trouble() + ")",
                  line.utilisation() * 100,
                  line.transactionsPerSecond(),
                  line.transactions(),
                  line.errors(),
                  line.lateAnswers(),
                  line.reconnects()));
      for (Culprit culprit : WallClock.at(nowNanos).culprits(line.usage())) {
        out.println(time + "= " + culprit.sentence());
      }
    }
    ScadaReport served = scada.latest();
    if (served != null) {
      out.println(time + "= SCADA endpoint " + ScadaEvents.summary(served));
    }
  }

  @Override
  public void scada(ScadaReport report) {
    scada.take(report);
  }

  @Override
  public void note(String line) {
    out.println("! " + line);
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
