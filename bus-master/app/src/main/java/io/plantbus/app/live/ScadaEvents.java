package io.plantbus.app.live;

import io.plantbus.app.scada.ScadaReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells whom the SCADA endpoint refused between one look at it and the next, one line for a person
/// each, and no more often than every ten seconds: a client may try for ever.
final class ScadaEvents {
  private static final long EVERY_NANOS = 10_000_000_000L;

  private @Nullable ScadaReport latest;
  private long denials;
  private long turnedAway;
  private long nextNanos = Long.MIN_VALUE;

  void take(ScadaReport report) {
    latest = report;
  }

  /// The report taken last; null if there is no endpoint.
  @Nullable ScadaReport latest() {
    return latest;
  }

  /// What changed since it was last told.
  List<String> changes(long nowNanos) {
    ScadaReport now = latest;
    if (now == null || nowNanos < nextNanos) {
      return List.of();
    }
    List<String> changes = new ArrayList<>();
    if (now.denials() > denials) {
      changes.add(
          "SCADA endpoint: %s that the client's role is not allowed; %d in all"
              .formatted(count(now.denials() - denials, "request"), now.denials()));
    }
    if (now.turnedAway() > turnedAway) {
      changes.add(
          "SCADA endpoint: %s turned away; %d in all"
              .formatted(count(now.turnedAway() - turnedAway, "connection"), now.turnedAway()));
    }
    if (!changes.isEmpty()) {
      denials = now.denials();
      turnedAway = now.turnedAway();
      nextNanos = nowNanos + EVERY_NANOS;
    }
    return changes;
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// How the endpoint does, in one row.
  static String summary(ScadaReport report) {
    return "%s, %s, %s not allowed, %s turned away"
        .formatted(
            report.name(),
            count(report.clients(), "client"),
            count(report.denials(), "request"),
            count(report.turnedAway(), "connection"));
  }
}
