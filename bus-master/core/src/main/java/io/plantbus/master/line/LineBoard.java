package io.plantbus.master.line;

import io.plantbus.master.account.DeviceUsage;
import io.plantbus.master.account.LineAccount;
import io.plantbus.master.account.LineUsage;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the owner of a line notes down for others: counts while it works, and a snapshot every
/// quarter of a second or at a change. Written by the owner's thread; [#report()] and [#devices()]
/// are safe for use by any thread.
public final class LineBoard {
  private static final Logger logger = LoggerFactory.getLogger(LineBoard.class);
  private static final long PUBLISH_EVERY_NANOS = 250_000_000;
  private static final long BALANCE_EVERY_NANOS = 1_000_000_000;

  private final String name;
  private List<DeviceHealth> health;
  private final LineMeter meter = new LineMeter();
  private LineAccount account;
  private boolean connected;
  private String port = "";
  private String trouble = "";
  private long transactions;
  private long errors;
  private long refusals;
  private long openings;
  private boolean changed = true;
  private long publishAtNanos = Long.MIN_VALUE;
  private long balanceAtNanos = Long.MIN_VALUE;
  private LineUsage usage;
  private volatile LineReport report;
  private volatile List<DeviceReport> devices = List.of();

  /// @param name the line
  /// @param health of its devices, in the order of the plant
  /// @param account of its time, of the same devices in the same order
  public LineBoard(String name, List<DeviceHealth> health, LineAccount account) {
    this.name = name;
    this.health = List.copyOf(health);
    this.account = account;
    this.usage = LineUsage.none(name);
    this.report = new LineReport(name, port, false, trouble, 0, 0, 0, 0, 0, 0, 0, 0);
    snapshotDevices();
  }

  /// Other devices are on the line.
  ///
  /// @param now their health, in the order of the plant
  /// @param books of the line's time from here on, of the same devices in the same order
  public void members(List<DeviceHealth> now, LineAccount books) {
    health = List.copyOf(now);
    account = books;
    usage = LineUsage.none(name);
    changed = true;
  }

  /// The port is open.
  ///
  /// @param opened what it is, a serial port with the settings found in force
  public void connected(String opened) {
    port = opened;
    connected = true;
    trouble = "";
    openings++;
    changed = true;
    logger.atInfo().addKeyValue("line", name).addKeyValue("port", port).log("Line is open");
  }

  /// The port is not open; told once per reason.
  public void disconnected(String why) {
    boolean news = connected || !trouble.equals(why);
    connected = false;
    trouble = why;
    changed = true;
    if (news) {
      logger.atWarn().addKeyValue("line", name).addKeyValue("reason", why).log("Line is not open");
    }
  }

  /// The agent failed by a bug.
  public void failed(RuntimeException failure) {
    connected = false;
    trouble = "stopped by an internal error: " + failure;
    changed = true;
    logger.atError().addKeyValue("line", name).setCause(failure).log("Line stopped by a bug");
  }

  /// Why the line is not open; empty when it is.
  public String trouble() {
    return trouble;
  }

  /// Where the owner accounts for the time of the line.
  public LineAccount account() {
    return account;
  }

  /// Whether a transaction is under way from now on.
  public void busy(boolean busy, long nowNanos) {
    meter.busy(busy, nowNanos);
  }

  /// A transaction ended.
  ///
  /// @param failed whether it met silence, noise or an abort
  /// @param refused whether it met an exception of the device
  public void ended(boolean failed, boolean refused, long nowNanos) {
    meter.ended(nowNanos);
    transactions++;
    errors += failed ? 1 : 0;
    refusals += refused ? 1 : 0;
  }

  /// A device's health changed: publish at the next chance.
  public void changed() {
    changed = true;
  }

  /// When [#publish] is wanted next.
  public long publishAtNanos() {
    return publishAtNanos;
  }

  /// Takes a snapshot if one is due or something changed.
  public void publish(long lateAnswers, int queuedWrites, long nowNanos) {
    account.advance(connected, lateAnswers, nowNanos);
    if (!changed && nowNanos < publishAtNanos) {
      return;
    }
    changed = false;
    publishAtNanos = nowNanos + PUBLISH_EVERY_NANOS;
    if (nowNanos >= balanceAtNanos) {
      balanceAtNanos = nowNanos + BALANCE_EVERY_NANOS;
      usage = account.snapshot(nowNanos);
    }
    report =
        new LineReport(
            name,
            port,
            connected,
            trouble,
            transactions,
            errors,
            refusals,
            lateAnswers,
            Math.max(0, openings - 1),
            meter.utilisation(nowNanos),
            meter.rate(nowNanos),
            queuedWrites,
            usage);
    snapshotDevices();
  }

  private void snapshotDevices() {
    List<DeviceReport> snapshot = new ArrayList<>(health.size());
    List<DeviceUsage> usages = usage.devices();
    for (int i = 0; i < health.size(); i++) {
      snapshot.add(health.get(i).report(usages.isEmpty() ? DeviceUsage.NONE : usages.get(i)));
    }
    devices = List.copyOf(snapshot);
  }

  /// The latest snapshot of the line.
  public LineReport report() {
    return report;
  }

  /// The latest snapshot of its devices.
  public List<DeviceReport> devices() {
    return devices;
  }
}
