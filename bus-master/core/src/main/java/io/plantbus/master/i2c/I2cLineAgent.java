package io.plantbus.master.i2c;

import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.master.account.LineAccount;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.BackOff;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineAgent;
import io.plantbus.master.line.LineBoard;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.write.WriteQueue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Owns one I2C bus: opens it, gives its devices turns, and opens it again when it is lost. A step
/// takes one turn at most, so that each turn is taken with a fresh time.
public final class I2cLineAgent implements LineAgent {
  private final LineSpec line;
  private final I2cOpener opener;
  private final LineBoard board;
  private final WriteQueue writes;
  private final I2cTurns turns;
  private final BackOff pauses;
  private @Nullable I2cBus bus;
  private long retryAtNanos = Long.MIN_VALUE;
  private long lastNanos;

  /// @param line an I2C line
  /// @param devices those on it
  /// @param drivers makes a driver for each
  /// @param opener how the bus is opened; used on the agent's thread
  /// @param image where its values go
  /// @param clock of the agent's runner, for the wall-clock time of samples
  public I2cLineAgent(
      LineSpec line,
      List<DeviceSpec> devices,
      I2cDrivers drivers,
      I2cOpener opener,
      LiveImage image,
      NanoClock clock) {
    this.line = line;
    this.opener = opener;
    this.writes = new WriteQueue(line.name());
    this.pauses = new BackOff(line.reconnectMinNanos(), line.reconnectMaxNanos());
    List<I2cDevice> members = new ArrayList<>();
    for (DeviceSpec spec : devices) {
      members.add(new I2cDevice(spec, drivers.driver(spec)));
    }
    this.board =
        new LineBoard(
            line.name(),
            members.stream().map(member -> member.health).toList(),
            LineAccount.of(line, devices));
    this.turns = new I2cTurns(members, board, writes, image, clock);
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public long step(long nowNanos) {
    lastNanos = nowNanos;
    board.busy(false, nowNanos);
    turns.settle(nowNanos);
    boolean more = false;
    try {
      more = work(nowNanos);
    } catch (PortException failure) {
      lost(failure.getMessage(), nowNanos);
    }
    long expiry = writes.expire(nowNanos);
    board.publish(0, writes.size(), nowNanos);
    if (more) {
      return nowNanos;
    }
    long next = bus == null ? retryAtNanos : turns.nextNanos(nowNanos);
    return Math.min(Math.min(next, expiry), board.publishAtNanos());
  }

  private boolean work(long nowNanos) throws PortException {
    I2cBus current = bus;
    if (current == null) {
      if (nowNanos < retryAtNanos) {
        return false;
      }
      current = opener.open();
      bus = current;
      board.connected(current.name());
      turns.lineUp(nowNanos);
    }
    boolean turned = turns.turn(current, nowNanos);
    if (turned) {
      pauses.reset();
      board.busy(true, nowNanos);
    }
    return turned;
  }

  private void lost(String why, long nowNanos) {
    close();
    retryAtNanos = nowNanos + pauses.next();
    board.disconnected(why);
    turns.lineDown(why);
  }

  private void close() {
    if (bus != null) {
      bus.close();
      bus = null;
    }
  }

  @Override
  public void failed(RuntimeException failure) {
    board.failed(failure);
    writes.close(board.trouble());
    turns.lineDown(board.trouble());
    board.publish(0, 0, lastNanos);
  }

  @Override
  public void stopped() {
    close();
    turns.abort("line " + line.name() + " is stopped");
    writes.close("line " + line.name() + " is stopped");
  }

  @Override
  public LineReport report() {
    return board.report();
  }

  @Override
  public List<DeviceReport> devices() {
    return board.devices();
  }

  @Override
  public WriteQueue writes() {
    return writes;
  }
}
