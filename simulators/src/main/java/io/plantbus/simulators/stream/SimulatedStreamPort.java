package io.plantbus.simulators.stream;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import io.plantbus.simulators.BusSimulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A network in virtual time: who listens can be connected to, as TCP would. Belongs to the thread
/// of the simulation, whose agents may own its links.
///
/// Hosts are names: `localhost`, dotted addresses and those that somebody has listened on are
/// known, others do not resolve. Faults are per listening port.
public final class SimulatedStreamPort implements StreamPort {
  private static final int FIRST_FREE_PORT = 49_152;

  private final BusSimulation simulation;
  private final String name;
  private final SplittableRandom random;
  private final TreeMap<Integer, SimulatedStreamListener> listeners = new TreeMap<>();
  private final List<StreamEnd> ends = new ArrayList<>();
  private final Set<String> hosts = new HashSet<>();
  private final Set<Integer> refusing = new HashSet<>();
  private final Set<Integer> swallowing = new HashSet<>();
  private final TreeMap<Integer, List<Runnable>> held = new TreeMap<>();
  private NetworkConditions conditions = NetworkConditions.LOCAL;
  private int clients;
  private boolean closed;

  /// @param name what the network is called in transcripts
  public SimulatedStreamPort(BusSimulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
    this.random = simulation.random("stream/" + name);
  }

  /// Changes how bytes are carried from now on.
  public void setConditions(NetworkConditions newConditions) {
    conditions = newConditions;
  }

  /// Has a port refuse new connections, or accept them again.
  public void setRefusing(int port, boolean refuses) {
    boolean changed = refuses ? refusing.add(port) : refusing.remove(port);
    note(changed, port, refuses ? "refuses connections" : "accepts connections");
  }

  /// Lets everything to and from a port vanish on the way, or, in the end, arrive after all, as the
  /// retransmissions of TCP would bring it.
  public void setBlackHole(int port, boolean swallows) {
    boolean changed = swallows ? swallowing.add(port) : swallowing.remove(port);
    note(changed, port, swallows ? "black hole" : "reachable");
    if (!swallows) {
      List<Runnable> late = held.remove(port);
      if (late != null) {
        late.forEach(delivery -> simulation.after(conditions.latencyNanos(), delivery));
      }
    }
  }

  /// Resets every connection of a port; what is on its way is lost.
  public void reset(int port) {
    note(true, port, "connections reset");
    held.remove(port);
    for (StreamEnd end : List.copyOf(ends)) {
      if (end.port() == port) {
        end.lose(PortFault.LOST, "connection " + end.name() + " was reset by the peer");
      }
    }
  }

  @Override
  public AgentRunner newRunner() {
    return simulation;
  }

  @Override
  public LinkOpener opener(AgentRunner runner, String host, int port, long connectTimeoutNanos) {
    return () -> {
      requireOpen();
      StreamEnd client =
          new StreamEnd(
              this, port, "tcp://" + host + ":" + port, host + ":" + port, LinkState.CONNECTING);
      ends.add(client);
      connect(client, host, connectTimeoutNanos);
      return client;
    };
  }

  /// {@inheritDoc}
  ///
  /// Of the settings only the number of connections counts here: simulated peers have names, no
  /// addresses.
  @Override
  public StreamListener listen(
      String host, int port, ListenSettings settings, StreamAcceptor acceptor)
      throws PortException {
    requireOpen();
    int bound = port == 0 ? freePort() : port;
    if (listeners.containsKey(bound)) {
      throw new PortException(
          PortFault.BUSY, "port " + bound + " is taken: choose another or stop who listens there");
    }
    hosts.add(host);
    SimulatedStreamListener listener =
        new SimulatedStreamListener(this, simulation, bound, settings.maxConnections(), acceptor);
    listeners.put(bound, listener);
    return listener;
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(listeners.values()).forEach(SimulatedStreamListener::close);
    List.copyOf(ends).forEach(StreamEnd::close);
    ends.clear();
  }

  void unlisten(int port) {
    listeners.remove(port);
  }

  void forget(StreamEnd end) {
    ends.remove(end);
  }

  /// Takes bytes from one end to the other: in segments, in order.
  void carry(StreamEnd from, StreamEnd to, byte[] bytes, int offset, int length) {
    simulation
        .transcript()
        .bytes(simulation.nowNanos(), name, from.name() + "→" + from.peer(), bytes, offset, length);
    int done = 0;
    while (done < length) {
      int most = conditions.segmentBytes();
      int size = most == 0 ? length : Math.min(1 + random.nextInt(most), length - done);
      byte[] segment = Arrays.copyOfRange(bytes, offset + done, offset + done + size);
      send(from, () -> to.arrive(segment, simulation.nowNanos()));
      done += size;
    }
  }

  /// One end was closed: the other learns of it after everything that was sent.
  void leave(StreamEnd from, StreamEnd to) {
    send(
        from, () -> to.lose(PortFault.LOST, "connection " + to.name() + " was closed by the peer"));
  }

  private void send(StreamEnd from, Runnable delivery) {
    long jitter = conditions.jitterNanos() == 0 ? 0 : random.nextLong(conditions.jitterNanos() + 1);
    long arrival =
        Math.max(from.clearNanos(), simulation.nowNanos() + conditions.latencyNanos() + jitter);
    from.clearAt(arrival);
    simulation.at(arrival, () -> throughHole(from.port(), delivery));
  }

  private void throughHole(int port, Runnable delivery) {
    if (swallowing.contains(port)) {
      held.computeIfAbsent(port, _ -> new ArrayList<>()).add(delivery);
    } else {
      delivery.run();
    }
  }

  private void connect(StreamEnd client, String host, long timeoutNanos) {
    int port = client.port();
    simulation.after(
        timeoutNanos,
        () -> {
          if (client.state() == LinkState.CONNECTING) {
            client.lose(
                PortFault.UNREACHABLE,
                client.peer() + " does not answer: check cable, address and firewall");
          }
        });
    simulation.after(
        2 * conditions.latencyNanos(), () -> throughHole(port, () -> answer(client, host)));
  }

  private void answer(StreamEnd client, String host) {
    if (client.state() != LinkState.CONNECTING) {
      return;
    }
    int port = client.port();
    @Nullable SimulatedStreamListener listener = listeners.get(port);
    if (!host.equals("localhost") && !host.matches("[0-9.]+") && !hosts.contains(host)) {
      client.lose(PortFault.UNKNOWN_HOST, "host " + host + " is unknown: check the name");
    } else if (listener == null || refusing.contains(port)) {
      client.lose(
          PortFault.REFUSED,
          client.peer() + " refuses the connection: check the port and that its server runs");
    } else {
      String clientName = "client" + ++clients;
      StreamEnd server =
          new StreamEnd(this, port, "tcp://" + clientName, clientName, LinkState.OPEN);
      ends.add(server);
      server.connect(client);
      client.connect(server);
      listener.accepted(server);
    }
  }

  private int freePort() {
    int port = FIRST_FREE_PORT;
    while (listeners.containsKey(port)) {
      port++;
    }
    return port;
  }

  private void requireOpen() throws PortException {
    if (closed) {
      throw new PortException(PortFault.CLOSED, name + " is closed");
    }
  }

  private void note(boolean changed, int port, String what) {
    if (changed) {
      simulation.transcript().note(simulation.nowNanos(), name, "port" + port, what);
    }
  }
}
