package io.plantbus.app.interop;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.ThreadRunner;

/// Joins two links: what arrives on one goes out on the other, as a cable between two ports would.
final class SerialBridge implements Agent, AutoCloseable {
  private final Link left;
  private final Link right;
  private final byte[] buffer = new byte[512];
  private final AgentHandle handle;

  private SerialBridge(Link left, Link right) {
    this.left = left;
    this.right = right;
    this.handle = new ThreadRunner(NanoClock.system(), (_, _) -> {}).start(this);
  }

  static SerialBridge between(Link left, Link right) {
    return new SerialBridge(left, right);
  }

  @Override
  public String name() {
    return "bridge";
  }

  @Override
  public void started(AgentHandle running) {
    left.onActivity(running::wake);
    right.onActivity(running::wake);
  }

  @Override
  public long step(long nowNanos) {
    try {
      pass(left, right);
      pass(right, left);
      return NEVER;
    } catch (PortException _) {
      return NEVER;
    }
  }

  private void pass(Link from, Link to) throws PortException {
    for (int n = from.read(buffer, 0, buffer.length);
        n > 0;
        n = from.read(buffer, 0, buffer.length)) {
      to.write(buffer, 0, n);
    }
  }

  @Override
  public void stopped() {}

  @Override
  public void close() {
    handle.stop();
  }
}
