package io.plantbus.devices.slave;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamLink;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.protocols.modbus.session.TcpServerSession;
import org.jspecify.annotations.Nullable;

/// One accepted connection, from its first byte to its end.
final class TcpSlaveConnection implements Agent {
  private final String name;
  private final StreamLink link;
  private final SlaveExchange exchange;
  private @Nullable AgentHandle handle;
  private boolean ended;

  TcpSlaveConnection(
      String name,
      StreamLink link,
      SlaveUnits units,
      ServerServices services,
      int window,
      long halfRequestNanos) {
    this.name = name;
    this.link = link;
    this.exchange = new SlaveExchange(units, false, services.diagnostics());
    exchange.attach(new TcpServerSession(window, halfRequestNanos, services, exchange));
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
