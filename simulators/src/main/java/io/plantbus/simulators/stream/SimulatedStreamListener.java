package io.plantbus.simulators.stream;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamListener;
import io.plantbus.simulators.BusSimulation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    Waker waker = new Waker();
    end.onActivity(waker);
    Agent agent = acceptor.accept(end);
    AgentHandle handle = simulation.start(new Serving(agent, end));
    waker.handle = handle;
    serving.put(end, handle);
    end.onFinished(() -> left(end));
  }

  private void left(StreamEnd end) {
    network.forget(end);
    AgentHandle handle = serving.remove(end);
    if (handle != null) {
      simulation.after(LAST_READ_NANOS, handle::stop);
    }
  }

  /// Closes the link when its agent stops.
  private record Serving(Agent agent, StreamEnd end) implements Agent {
    @Override
    public String name() {
      return agent.name();
    }

    @Override
    public long step(long nowNanos) {
      return agent.step(nowNanos);
    }

    @Override
    public void stopped() {
      agent.stopped();
      end.close();
    }
  }

  /// Wakes the agent of a link, which is known only after the link was handed to it.
  private static final class Waker implements Runnable {
    private @Nullable AgentHandle handle;

    @Override
    public void run() {
      if (handle != null) {
        handle.wake();
      }
    }
  }
}
