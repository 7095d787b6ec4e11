package io.plantbus.simulators.datagram;

import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.DatagramPort.DatagramAcceptor;
import io.plantbus.hal.DatagramPort.DatagramListener;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.ListenSettings.WhenFull;
import io.plantbus.hal.PortFault;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.ServedLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A bound socket of a [SimulatedDatagramPort], and a link for each peer that was heard.
final class SimulatedDatagramListener implements DatagramListener {
  private static final long DEFAULT_IDLE_NANOS = 30_000_000_000L;

  /// How long the agent of a lost link has for what arrived before the end.
  private static final long LAST_READ_NANOS = 1_000_000;

  private final SimulatedDatagramPort network;
  private final BusSimulation simulation;
  private final int port;
  private final ListenSettings settings;
  private final long idleNanos;
  private final DatagramAcceptor acceptor;

  /// By their end, who was silent for longest first.
  private final Map<DatagramEnd, Peer> peers = new LinkedHashMap<>();

  private long refused;
  private boolean closed;

  private record Peer(DatagramEnd link, AgentHandle handle, long heardNanos) {}

  SimulatedDatagramListener(
      SimulatedDatagramPort network,
      BusSimulation simulation,
      int port,
      ListenSettings settings,
      DatagramAcceptor acceptor) {
    this.network = network;
    this.simulation = simulation;
    this.port = port;
    this.settings = settings;
    this.idleNanos = settings.idleNanos() == 0 ? DEFAULT_IDLE_NANOS : settings.idleNanos();
    this.acceptor = acceptor;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int peers() {
    return peers.size();
  }

  @Override
  public long refusedDatagrams() {
    return refused;
  }

  @Override
  public void close() {
    closed = true;
    network.unlisten(port);
    for (Peer peer : List.copyOf(peers.values())) {
      peer.link.close();
    }
  }

  /// A datagram arrived from the end of a peer.
  void hear(DatagramEnd from, byte[] datagram) {
    Peer known = peers.remove(from);
    if (known == null && !hasPlace()) {
      refused++;
      return;
    }
    long now = simulation.nowNanos();
    Peer peer = known == null ? welcome(from, now) : new Peer(known.link, known.handle, now);
    peers.put(from, peer);
    peer.link.arrive(datagram, now);
  }

  private boolean hasPlace() {
    if (peers.size() >= settings.maxConnections() && settings.whenFull() == WhenFull.CLOSE_IDLEST) {
      end(peers.values().iterator().next(), "was closed to make room");
    }
    return peers.size() < settings.maxConnections();
  }

  private Peer welcome(DatagramEnd from, long nowNanos) {
    DatagramEnd link =
        new DatagramEnd(
            "udp://" + from.name(),
            from.name(),
            (_, datagram) -> network.carry(port, port + "→" + from.name(), datagram, from::arrive));
    link.open();
    AgentHandle handle = ServedLink.start(simulation, link, acceptor::accept);
    link.onFinished(
        () -> {
          peers.remove(from);
          simulation.after(LAST_READ_NANOS, handle::stop);
        });
    simulation.after(idleNanos, () -> endIfSilent(from));
    return new Peer(link, handle, nowNanos);
  }

  private void endIfSilent(DatagramEnd from) {
    Peer peer = peers.get(from);
    if (peer == null || closed) {
      return;
    }
    long end = peer.heardNanos + idleNanos;
    if (simulation.nowNanos() >= end) {
      end(peer, "was silent for too long");
    } else {
      simulation.at(end, () -> endIfSilent(from));
    }
  }

  private static void end(Peer peer, String why) {
    peer.link.lose(PortFault.LOST, peer.link.name() + " " + why);
  }
}
