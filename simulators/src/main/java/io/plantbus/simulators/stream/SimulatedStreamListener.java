package io.plantbus.simulators.stream;

import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamListener;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.ServedLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A listening endpoint of a [SimulatedStreamPort].
final class SimulatedStreamListener implements StreamListener {
  /// How long the agent of a lost link has for what arrived before the end.
  private static final long LAST_READ_NANOS = 1_000_000;

  private final SimulatedStreamPort network;
  private final BusSimulation simulation;
  private final int port;
  private final int maxConnections;
  private final StreamAcceptor acceptor;
  private final Map<StreamEnd, AgentHandle> serving = new LinkedHashMap<>();
  private long refused;

  SimulatedStreamListener(
      SimulatedStreamPort network,
      BusSimulation simulation,
      int port,
      int maxConnections,
      StreamAcceptor acceptor) {
    this.network = network;
    this.simulation = simulation;
    this.port = port;
    this.maxConnections = maxConnections;
    this.acceptor = acceptor;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int connections() {
    return serving.size();
  }

  @Override
  public long refusedConnections() {
    return refused;
  }

  @Override
  public void close() {
    network.unlisten(port);
    for (StreamEnd end : List.copyOf(serving.keySet())) {
      end.close();
    }
  }

  /// A client is connected to this end.
  void accepted(StreamEnd end) {
    if (serving.size() >= maxConnections) {
      refused++;
      end.close();
      return;
    }
    serving.put(end, ServedLink.start(simulation, end, acceptor::accept));
    end.onFinished(() -> left(end));
  }

  private void left(StreamEnd end) {
    network.forget(end);
    AgentHandle handle = serving.remove(end);
    if (handle != null) {
      simulation.after(LAST_READ_NANOS, handle::stop);
    }
  }
}
