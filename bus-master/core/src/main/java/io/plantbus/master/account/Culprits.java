package io.plantbus.master.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/// Names what a line loses its time to. Works on the last minute.
public final class Culprits {
  /// No more than this is told of a line.
  public static final int MOST = 3;

  private static final double LEAST_LOSS = 0.01;
  private static final double LEAST_SHARE_OF_SLOW = 0.1;
  private static final double LEAST_SHARE_ALONE = 0.5;
  private static final double LEAST_SHARE_OF_FRAMES = 0.5;
  private static final long LEAST_CLOSED_NANOS = 1_000_000_000;
  private static final long SLOW_ALONE_NANOS = 20_000_000;
  private static final long SLOWER_BY_NANOS = 2_000_000;
  private static final int TIMES_SLOWER = 3;

  private final LineUsage line;
  private final LongFunction<String> timeOfDay;
  private final List<Culprit> found = new ArrayList<>();

  private Culprits(LineUsage line, LongFunction<String> timeOfDay) {
    this.line = line;
    this.timeOfDay = timeOfDay;
  }

  /// The culprits of a line, by the time lost to them, the worst first; none if nothing stands out.
  ///
  /// @param timeOfDay tells a monotonic time in nanoseconds as people read it, such as `12:03:11`
  public static List<Culprit> of(LineUsage line, LongFunction<String> timeOfDay) {
    if (line.recent().time().totalNanos() == 0) {
      return List.of();
    }
    Culprits culprits = new Culprits(line, timeOfDay);
    culprits.closed();
    culprits.overload();
    culprits.silentDevices();
    for (DeviceUsage device : line.devices()) {
      culprits.unreliable(device);
      culprits.slow(device);
      culprits.refusing(device);
    }
    culprits.shortRequests();
    culprits.found.sort(Comparator.comparingDouble(Culprit::lostShare).reversed());
    return List.copyOf(culprits.found.subList(0, Math.min(MOST, culprits.found.size())));
  }

  private void closed() {
    double share = line.share(Cause.CLOSED);
    if (share >= LEAST_LOSS && line.recent().time().closedNanos() >= LEAST_CLOSED_NANOS) {
      found.add(
          new Culprit(share, line.line() + " was not open for " + percent(share) + " of the time"));
    }
  }

  private void overload() {
    double needed = share(line.recent().neededNanos());
    if (needed > 1 && line.recent().traffic().missedDeadlines() > 0) {
      found.add(
          new Culprit(
              needed - 1,
              "the polls alone need %s of %s: see `plantbus check`"
                  .formatted(percent(needed), line.line())));
    }
  }

  private void silentDevices() {
    DeviceUsage worst = null;
    double lost = 0;
    int others = -1;
    for (DeviceUsage device : line.devices()) {
      if (device.silent()
          && !hasBadChecksums(device)
          && !isLate(device)
          && failedShare(device) > 0) {
        worst = worst == null || failedShare(device) > failedShare(worst) ? device : worst;
        lost += failedShare(device);
        others++;
      }
    }
    if (worst == null || lost < LEAST_LOSS) {
      return;
    }
    String rest =
        others == 0
            ? ""
            : " and " + others + (others == 1 ? " other silent device" : " other silent devices");
    String since =
        worst.lastAnswerNanos() == DeviceUsage.NEVER
            ? ", which never answered"
            : ", silent since " + timeOfDay.apply(worst.lastAnswerNanos());
    found.add(
        new Culprit(
            lost,
            "%s of %s's time goes to time-outs of %s%s"
                .formatted(percent(lost), line.line(), worst.label(), others == 0 ? since : rest)));
  }

  /// A device that answers, and not every time or not in time.
  private void unreliable(DeviceUsage device) {
    Traffic traffic = device.recent().traffic();
    double lost = failedShare(device);
    if (hasBadChecksums(device)) {
      found.add(
          new Culprit(
              lost,
              "%d of %d answers from %s have a bad checksum: check wiring and termination"
                  .formatted(
                      traffic.checksumErrors(),
                      traffic.validAnswers() + traffic.noises(),
                      device.label())));
    } else if (lost >= LEAST_LOSS && isLate(device)) {
      found.add(
          new Culprit(
              lost,
              "%s answered %d of %d requests after their time-out: give %s a longer one"
                  .formatted(
                      device.label(), traffic.lateAnswers(), traffic.transactions(), line.line())));
    } else if (lost >= LEAST_LOSS && !device.silent()) {
      found.add(
          new Culprit(
              lost,
              "%s of %s's time goes to time-outs of %s, which left %d of %d requests without an answer"
                  .formatted(
                      percent(lost),
                      line.line(),
                      device.label(),
                      traffic.timeouts() + traffic.noises(),
                      traffic.transactions())));
    }
  }

  private static boolean isLate(DeviceUsage device) {
    Traffic traffic = device.recent().traffic();
    return traffic.lateAnswers() > 1 && 2 * traffic.lateAnswers() >= traffic.timeouts();
  }

  private static boolean hasBadChecksums(DeviceUsage device) {
    Traffic traffic = device.recent().traffic();
    long failed = traffic.timeouts() + traffic.noises();
    return traffic.checksumErrors() > 1
        && 2 * traffic.checksumErrors() >= failed
        && 100 * traffic.checksumErrors() >= traffic.transactions();
  }

  private void slow(DeviceUsage device) {
    double share = line.share(device);
    long median = device.recentLatency().medianNanos();
    if (share < LEAST_SHARE_OF_SLOW || median == 0) {
      return;
    }
    List<Long> others = new ArrayList<>();
    for (DeviceUsage other : line.devices()) {
      if (!other.device().equals(device.device()) && other.recentLatency().count() > 0) {
        others.add(other.recentLatency().medianNanos());
      }
    }
    others.sort(Comparator.naturalOrder());
    long usual = others.isEmpty() ? 0 : others.get(others.size() / 2);
    boolean slow =
        others.isEmpty()
            ? median >= SLOW_ALONE_NANOS && share >= LEAST_SHARE_ALONE
            : median >= TIMES_SLOWER * usual && median - usual >= SLOWER_BY_NANOS;
    double lost = share(device.recent().time().turnaroundNanos()) * (1 - (double) usual / median);
    if (slow && lost >= LEAST_LOSS) {
      String comparison =
          switch (others.size()) {
            case 0 -> "";
            case 1 -> "; the other one after " + span(usual);
            default -> "; the others after " + span(usual);
          };
      found.add(
          new Culprit(
              lost,
              "%s takes %s of %s: it answers after %s at the median%s"
                  .formatted(
                      device.label(), percent(share), line.line(), span(median), comparison)));
    }
  }

  private void refusing(DeviceUsage device) {
    Traffic traffic = device.recent().traffic();
    if (traffic.transactions() == 0 || 10 * traffic.refusals() < traffic.transactions()) {
      return;
    }
    double lost = line.share(device) * traffic.refusals() / traffic.transactions();
    if (lost >= LEAST_LOSS) {
      found.add(
          new Culprit(
              lost,
              "%s refuses %d of %d requests: check its profile"
                  .formatted(device.label(), traffic.refusals(), traffic.transactions())));
    }
  }

  private void shortRequests() {
    Usage recent = line.recent();
    double frames = share(recent.time().overheadNanos()) + share(recent.time().silenceNanos());
    double efficiency = recent.efficiency();
    long answers = recent.traffic().answers();
    if (frames >= LEAST_SHARE_OF_FRAMES && efficiency < LEAST_SHARE_OF_FRAMES && answers > 0) {
      found.add(
          new Culprit(
              frames * (1 - efficiency),
              "frames and silence take %s of %s: its requests bring %d bytes each"
                  .formatted(
                      percent(frames), line.line(), recent.traffic().payloadBytes() / answers)));
    }
  }

  private double failedShare(DeviceUsage device) {
    LineTime time = device.recent().time();
    return share(time.timeoutNanos() + time.retryNanos());
  }

  private double share(long nanos) {
    return (double) nanos / line.recent().time().totalNanos();
  }

  /// Such as `41 %` or `0.4 %`.
  private static String percent(double share) {
    double percent = 100 * share;
    return percent < 0.95
        ? String.format(Locale.ROOT, "%.1f %%", percent)
        : Math.round(percent) + " %";
  }

  /// Such as `180 ms`, `6.2 ms` or `0.15 ms`.
  private static String span(long nanos) {
    double millis = nanos / 1e6;
    if (millis >= 9_950) {
      return Math.round(millis / 1e3) + " s";
    }
    int decimals = millis >= 9.95 ? 0 : millis >= 0.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f ms", millis);
  }
}
