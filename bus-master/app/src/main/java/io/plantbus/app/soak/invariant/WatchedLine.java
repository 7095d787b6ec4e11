package io.plantbus.app.soak.invariant;

import io.plantbus.hal.LineErrors;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;

/// The master's port on a pair, with somebody who looks over its shoulder at everything that it
/// sends and that it was handed.
public final class WatchedLine implements SerialLine {
  private final SerialLine line;
  private final WireInvariants watcher;
  private final NanoClock clock;

  /// @param watcher told of everything
  public WatchedLine(SerialLine line, WireInvariants watcher, NanoClock clock) {
    this.line = line;
    this.watcher = watcher;
    this.clock = clock;
    watcher.opened(clock.nanoTime());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    int given = line.read(into, offset, length);
    if (given > 0) {
      watcher.received(into, offset, given, line.arrivalNanos());
    }
    return given;
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    int taken = line.write(from, offset, length);
    if (taken > 0) {
      watcher.sent(from, offset, taken, clock.nanoTime());
    }
    return taken;
  }

  @Override
  public void discardInput() {
    line.discardInput();
  }

  @Override
  public long arrivalNanos() {
    return line.arrivalNanos();
  }

  @Override
  public SerialSettings settings() {
    return line.settings();
  }

  @Override
  public String appliedSettings() {
    return line.appliedSettings();
  }

  @Override
  public LineErrors errors() {
    return line.errors();
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public LinkState state() {
    return line.state();
  }

  @Override
  public long overruns() {
    return line.overruns();
  }

  @Override
  public void onActivity(Runnable callback) {
    line.onActivity(callback);
  }

  @Override
  public void close() {
    line.close();
  }
}
