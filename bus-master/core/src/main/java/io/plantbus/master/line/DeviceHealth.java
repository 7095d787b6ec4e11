package io.plantbus.master.line;

import io.plantbus.master.account.DeviceUsage;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.plant.DeviceSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known about one device: whether it answers, and when a silent one is asked again.
///
/// ```
///  UNKNOWN ─ answer ─▶ UP ─ miss ─▶ SUSPECT ─ miss ─▶ DOWN ─ probe after 1 s, 2 s, 4 s … 30 s ─┐
///     └──── miss ──────────────────────┘  ▲                └────────── answer ─▶ UP           │
///                                          └─ UP at any answer          └◀──── miss ───────────┘
/// ```
///
/// Owned by the thread of its line.
public final class DeviceHealth {
  private static final Logger logger = LoggerFactory.getLogger(DeviceHealth.class);
  private static final int MISSES_UNTIL_DOWN = 2;
  private static final long PROBE_MIN_NANOS = 1_000_000_000L;
  private static final long PROBE_MAX_NANOS = 30_000_000_000L;
  private static final long BUSY_MIN_NANOS = 50_000_000L;
  private static final long BUSY_MAX_NANOS = 1_000_000_000L;

  private final String name;
  private final String line;
  private final BackOff probes = new BackOff(PROBE_MIN_NANOS, PROBE_MAX_NANOS);
  private Health health;
  private String reason;
  private int misses;
  private long probeAtNanos;
  private boolean writeTried;
  private long busyPauseNanos;
  private long busyUntilNanos = Long.MIN_VALUE;
  private long transactions;
  private long errors;
  private long lastAnswerNanos;
  private @Nullable DeviceReport snapshot;

  /// Starts as not asked yet, or out of service if the device is.
  public DeviceHealth(DeviceSpec device) {
    this.name = device.name();
    this.line = device.line();
    this.health = device.inService() ? Health.UNKNOWN : Health.OUT_OF_SERVICE;
    this.reason = device.inService() ? "not asked yet" : "out of service by configuration";
  }

  /// What the master thinks of it.
  public Health health() {
    return health;
  }

  /// Why it is not up; empty when up.
  public String reason() {
    return reason;
  }

  /// Whether it is asked by probes only.
  public boolean isDown() {
    return health == Health.DOWN;
  }

  /// Whether its last answer was valid.
  public boolean isUp() {
    return health == Health.UP;
  }

  /// When the next probe is due; of meaning only while the device is down.
  public long probeAtNanos() {
    return probeAtNanos;
  }

  /// Whether it answered after a time.
  public boolean answeredSince(long nanos) {
    return lastAnswerNanos > nanos;
  }

  /// An answer came after its request had been given up.
  ///
  /// @param turnaroundNanos how long it took
  public void answeredLate(long turnaroundNanos) {
    if (health == Health.SUSPECT || health == Health.DOWN) {
      reason =
          "answers late, after %d ms: give its line a longer timeout"
              .formatted(turnaroundNanos / 1_000_000);
    }
  }

  /// Counts a transaction that ended, whatever its outcome.
  ///
  /// @param failed whether it met silence, noise or an abort
  public void counted(boolean failed) {
    transactions++;
    errors += failed ? 1 : 0;
  }

  /// A valid answer came, a refusal included.
  ///
  /// @return whether the device was down until now
  public boolean answered(long nowNanos) {
    lastAnswerNanos = nowNanos;
    misses = 0;
    boolean recovered = isDown();
    if (health != Health.UP) {
      boolean told = health != Health.SUSPECT;
      health = Health.UP;
      reason = "";
      probes.reset();
      if (told) {
        logger.atInfo().addKeyValue("device", name).addKeyValue("line", line).log("Device is up");
      }
    }
    return recovered;
  }

  /// A poll, a probe or a write found no answer.
  ///
  /// @param why what came instead, for a person
  /// @return whether the device went down by this
  public boolean missed(long nowNanos, String why) {
    if (isDown()) {
      if (nowNanos >= probeAtNanos) {
        scheduleProbe(nowNanos);
      }
      return false;
    }
    misses++;
    reason = why;
    if (misses < MISSES_UNTIL_DOWN) {
      health = Health.SUSPECT;
      probeAtNanos = nowNanos;
      return false;
    }
    goDown(why);
    scheduleProbe(nowNanos);
    return true;
  }

  private void goDown(String why) {
    health = Health.DOWN;
    reason = why;
    logger
        .atWarn()
        .addKeyValue("device", name)
        .addKeyValue("line", line)
        .addKeyValue("reason", why)
        .log("Device is down");
  }

  private void scheduleProbe(long nowNanos) {
    probeAtNanos = nowNanos + probes.next();
    writeTried = false;
  }

  /// Whether a write may be sent now. To a device that is down one may go between two probes, so
  /// that writes that wait cost the line no more than the probes do; to one that is busy, after a
  /// pause that doubles from 50 ms to 1 s.
  public boolean mayWrite(long nowNanos) {
    return nowNanos >= writeAtNanos();
  }

  /// When a write that [#mayWrite] holds back may be sent.
  public long writeAtNanos() {
    return isDown() && writeTried ? Math.max(probeAtNanos, busyUntilNanos) : busyUntilNanos;
  }

  /// Whether it was busy at the last write.
  public boolean isBusy(long nowNanos) {
    return nowNanos < busyUntilNanos;
  }

  /// It was too busy to take a write (exception 06, AP 7).
  public void busy(long nowNanos) {
    busyPauseNanos =
        busyPauseNanos == 0 ? BUSY_MIN_NANOS : Math.min(2 * busyPauseNanos, BUSY_MAX_NANOS);
    busyUntilNanos = nowNanos + busyPauseNanos;
  }

  /// It took a write, or refused it for another reason than being busy.
  public void notBusy() {
    busyPauseNanos = 0;
    busyUntilNanos = Long.MIN_VALUE;
  }

  /// A write was sent.
  public void writeSent() {
    writeTried = true;
  }

  /// The line is open again: a device that was down is probed at once, any other starts anew.
  public void lineUp(long nowNanos) {
    writeTried = false;
    if (isDown()) {
      probeAtNanos = nowNanos;
    } else if (health != Health.OUT_OF_SERVICE) {
      health = Health.UNKNOWN;
      reason = "not asked yet";
      misses = 0;
    }
  }

  /// The line is gone; nothing is learned about a device that was down.
  public void lineDown(String why) {
    if (!isDown() && health != Health.OUT_OF_SERVICE) {
      health = Health.UNKNOWN;
      reason = why;
      misses = 0;
    }
  }

  /// A snapshot of it all; the former one while nothing changed.
  ///
  /// @param usage what the device takes of its line
  DeviceReport report(DeviceUsage usage) {
    DeviceReport former = snapshot;
    if (former == null
        || !former.usage().equals(usage)
        || former.transactions() != transactions
        || former.lastAnswerNanos() != lastAnswerNanos
        || former.health() != health
        || !former.reason().equals(reason)) {
      former =
          new DeviceReport(
              name, line, health, reason, transactions, errors, lastAnswerNanos, usage);
      snapshot = former;
    }
    return former;
  }
}
