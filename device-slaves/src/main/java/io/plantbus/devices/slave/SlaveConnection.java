package io.plantbus.devices.slave;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.PortException;
import org.jspecify.annotations.Nullable;

/// One accepted connection, or one peer of a datagram socket, from its first byte to its end.
final class SlaveConnection implements Agent {
  private final String name;
  private final Link link;
  private final SlaveExchange exchange;
  private @Nullable AgentHandle handle;
  private boolean ended;

  /// @param exchange with its session attached
  SlaveConnection(String name, Link link, SlaveExchange exchange) {
    this.name = name;
    this.link = link;
    this.exchange = exchange;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
    link.onActivity(newHandle::wake);
  }

  @Override
  public long step(long nowNanos) {
    if (ended) {
      return NEVER;
    }
    try {
      long next = exchange.step(link, nowNanos);
      if (!exchange.isOver()) {
        return next;
      }
    } catch (PortException _) {
      // Clients come and go: the end of a connection is nothing to tell.
    }
    end();
    return NEVER;
  }

  private void end() {
    ended = true;
    link.close();
    if (handle != null) {
      handle.stop();
    }
  }

  @Override
  public void stopped() {
    ended = true;
    link.close();
  }
}
