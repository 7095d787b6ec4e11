package io.plantbus.simulators.datagram;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.simulators.BusSimulation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A network for datagrams in virtual time, as UDP would carry them. Belongs to the thread of the
/// simulation, whose agents may own its links.
///
/// Hosts are names: `localhost`, dotted addresses and those that somebody has listened on are
/// known, others do not resolve. Who sends to a port on which nobody listens learns of that. Faults
/// are per listening port.
public final class SimulatedDatagramPort implements DatagramPort {
  private static final int FIRST_FREE_PORT = 49_152;

  private final BusSimulation simulation;
  private final String name;
  private final SplittableRandom random;
  private final TreeMap<Integer, SimulatedDatagramListener> listeners = new TreeMap<>();
  private final Set<DatagramEnd> clients = new LinkedHashSet<>();
  private final Set<String> hosts = new HashSet<>();
  private final Set<Integer> swallowing = new HashSet<>();
  private DatagramConditions conditions = DatagramConditions.LOCAL;
  private int opened;
  private boolean closed;

  /// What becomes of a datagram at its destination.
  @FunctionalInterface
  interface Destination {
    void arrive(byte[] datagram, long nowNanos);
  }

  /// @param name what the network is called in transcripts
  public SimulatedDatagramPort(BusSimulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
    this.random = simulation.random("datagram/" + name);
  }

  /// Changes how datagrams are carried from now on.
  public void setConditions(DatagramConditions newConditions) {
    conditions = newConditions;
  }

  /// Lets every datagram to and from a port vanish on its way, or no longer.
  public void setBlackHole(int port, boolean swallows) {
    boolean changed = swallows ? swallowing.add(port) : swallowing.remove(port);
    if (changed) {
      note("port" + port, swallows ? "black hole" : "reachable");
    }
  }

  @Override
  public AgentRunner newRunner() {
    return simulation;
  }

  @Override
  public LinkOpener opener(AgentRunner runner, String host, int port) {
    return () -> {
      requireOpen();
      DatagramEnd end =
          new DatagramEnd(
              "client" + ++opened,
              host + ":" + port,
              (from, datagram) ->
                  carry(
                      port,
                      from.name() + "→" + port,
                      datagram,
                      (bytes, _) -> deliver(from, host, port, bytes)));
      clients.add(end);
      end.onFinished(() -> clients.remove(end));
      simulation.after(0, () -> resolve(end, host));
      return end;
    };
  }

  private void resolve(DatagramEnd end, String host) {
    if (host.equals("localhost") || host.matches("[0-9.]+") || hosts.contains(host)) {
      end.open();
    } else {
      end.lose(PortFault.UNKNOWN_HOST, "host " + host + " is unknown: check the name");
    }
  }

  /// {@inheritDoc}
  ///
  /// Of the settings the addresses do not count here: simulated peers have names, no addresses. An
  /// idle time of 0 means 30 s.
  @Override
  public DatagramListener listen(
      String host, int port, ListenSettings settings, DatagramAcceptor acceptor)
      throws PortException {
    requireOpen();
    int bound = port == 0 ? freePort() : port;
    if (listeners.containsKey(bound)) {
      throw new PortException(
          PortFault.BUSY, "port " + bound + " is taken: choose another or stop who listens there");
    }
    hosts.add(host);
    SimulatedDatagramListener listener =
        new SimulatedDatagramListener(this, simulation, bound, settings, acceptor);
    listeners.put(bound, listener);
    return listener;
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(listeners.values()).forEach(SimulatedDatagramListener::close);
    List.copyOf(clients).forEach(DatagramEnd::close);
  }

  void unlisten(int port) {
    listeners.remove(port);
  }

  /// Takes a datagram along, as far as the conditions let it.
  ///
  /// @param port the listening one of the two ends
  /// @param way from and to, for the transcript
  void carry(int port, String way, byte[] datagram, Destination destination) {
    simulation.transcript().bytes(simulation.nowNanos(), name, way, datagram, 0, datagram.length);
    if (strikes(conditions.lossRate())) {
      note(way, "lost");
      return;
    }
    send(port, way, datagram, destination);
    if (strikes(conditions.duplicateRate())) {
      note(way, "duplicated");
      send(port, way, datagram, destination);
    }
  }

  private void send(int port, String way, byte[] datagram, Destination destination) {
    byte[] carried = datagram;
    if (datagram.length > 1 && strikes(conditions.truncationRate())) {
      carried = Arrays.copyOf(datagram, 1 + random.nextInt(datagram.length - 1));
      note(way, "cut to " + carried.length + " bytes");
    }
    byte[] arriving = carried;
    long jitter = conditions.jitterNanos() == 0 ? 0 : random.nextLong(conditions.jitterNanos() + 1);
    simulation.after(
        conditions.latencyNanos() + jitter,
        () -> {
          if (!swallowing.contains(port)) {
            destination.arrive(arriving, simulation.nowNanos());
          }
        });
  }

  private boolean strikes(double rate) {
    return rate > 0 && random.nextDouble() < rate;
  }

  private void deliver(DatagramEnd from, String host, int port, byte[] datagram) {
    @Nullable SimulatedDatagramListener listener = listeners.get(port);
    if (listener != null) {
      listener.hear(from, datagram);
      return;
    }
    simulation.after(
        conditions.latencyNanos(),
        () ->
            from.lose(
                PortFault.REFUSED,
                host
                    + ":"
                    + port
                    + " takes no datagrams: check the port and that its server runs"));
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

  private void note(String who, String what) {
    simulation.transcript().note(simulation.nowNanos(), name, who, what);
  }
}
