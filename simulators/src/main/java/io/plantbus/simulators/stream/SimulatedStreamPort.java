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
import io.plantbus.simulators.fault.FaultPlan;
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
  private final TreeMap<Integer, PortTrouble> troubles = new TreeMap<>();
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
    PortTrouble trouble = trouble(port);
    note(
        trouble.refusing != refuses, port, refuses ? "refuses connections" : "accepts connections");
    trouble.refusing = refuses;
  }

  /// Lets everything to and from a port vanish on the way, or, in the end, arrive after all, as the
  /// retransmissions of TCP would bring it.
  public void setBlackHole(int port, boolean swallows) {
    PortTrouble trouble = trouble(port);
    note(trouble.swallowing != swallows, port, swallows ? "black hole" : "reachable");
    trouble.swallowing = swallows;
    if (!swallows) {
      trouble.release().forEach(late -> simulation.after(conditions.latencyNanos(), late));
    }
  }

  /// Lets the first segment of new connections vanish, so that they time out; those that are open
  /// go on.
  public void setSwallowingConnects(int port, boolean swallows) {
    PortTrouble trouble = trouble(port);
    note(
        trouble.swallowingConnects != swallows,
        port,
        swallows ? "swallows connections" : "can be connected to");
    trouble.swallowingConnects = swallows;
  }

  /// Lets the host of a port vanish without a word, as if its power were cut, or come back.
  ///
  /// While it is gone its connections are half open: what clients write is taken until their buffer
  /// is full, nothing comes back, and new connections time out. Once it is back it resets each old
  /// connection at the next byte that it is sent.
  public void setVanished(int port, boolean vanished) {
    PortTrouble trouble = trouble(port);
    if (trouble.vanished == vanished) {
      return;
    }
    note(true, port, vanished ? "vanished" : "back");
    trouble.vanished = vanished;
    for (StreamEnd end : List.copyOf(ends)) {
      if (end.port() == port && end.isAccepted()) {
        end.vanish();
        if (!vanished) {
          end.lose(PortFault.LOST, "connection " + end.name() + " ended as its host went down");
        }
      }
    }
  }

  /// Has the server of a port read slowly, so that what clients send piles up until their buffer is
  /// full.
  ///
  /// @param bytesPerSecond 1 or more; 0 for as fast as it can
  public void setSlowReader(int port, int bytesPerSecond) {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("a reader takes 0 bytes per second or more");
    }
    trouble(port).nanosPerByte = bytesPerSecond == 0 ? 0 : 1_000_000_000L / bytesPerSecond;
    note(
        true,
        port,
        bytesPerSecond == 0 ? "reads at once" : "reads " + bytesPerSecond + " bytes per second");
  }

  /// Resets the next connection whose server has sent so many more bytes, in the middle of what it
  /// sends: those bytes still arrive.
  ///
  /// @param bytes 0 or more
  public void resetAfter(int port, int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a reset comes after 0 bytes or more, was " + bytes);
    }
    trouble(port).resetAfterBytes = bytes;
  }

  /// Has connecting to a port fail as a plan says under the name of its line: refused, or swallowed
  /// by a black hole. What befalls open connections is up to
  /// [io.plantbus.simulators.fault.LineFaults].
  public void follow(int port, String line, FaultPlan plan) {
    trouble(port).follow(line, plan);
  }

  /// Resets every connection of a port; what is on its way is lost.
  public void reset(int port) {
    note(true, port, "connections reset");
    trouble(port).release();
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
              this,
              port,
              trouble(port),
              false,
              "tcp://" + host + ":" + port,
              host + ":" + port,
              LinkState.CONNECTING);
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
    PortTrouble trouble = from.trouble();
    boolean resets = from.isAccepted() && trouble.resetAfterBytes >= 0;
    int carried = resets ? Math.min(length, trouble.resetAfterBytes) : length;
    if (!simulation.transcript().isSilent()) {
      String way = from.name() + "→" + from.peer();
      simulation.transcript().bytes(simulation.nowNanos(), name, way, bytes, offset, carried);
    }
    int done = 0;
    while (done < carried) {
      int most = conditions.segmentBytes();
      int size = most == 0 ? carried : Math.min(1 + random.nextInt(most), carried - done);
      send(
          new Delivery(
              from, to, Arrays.copyOfRange(bytes, offset + done, offset + done + size), ""));
      done += size;
    }
    if (resets) {
      trouble.resetAfterBytes -= carried;
      if (trouble.resetAfterBytes == 0) {
        trouble.resetAfterBytes = -1;
        note(true, from.port(), "connection reset");
        from.abort();
      }
    }
  }

  /// One end was closed or aborted: the other learns of it after everything that was sent.
  ///
  /// @param how what became of the connection, for the other end
  void leave(StreamEnd from, StreamEnd to, String how) {
    send(new Delivery(from, to, new byte[0], how));
  }

  private void send(Delivery delivery) {
    long jitter = conditions.jitterNanos() == 0 ? 0 : random.nextLong(conditions.jitterNanos() + 1);
    StreamEnd from = delivery.from;
    long arrival =
        Math.max(from.clearNanos(), simulation.nowNanos() + conditions.latencyNanos() + jitter);
    from.clearAt(arrival);
    simulation.at(arrival, delivery);
  }

  /// A segment on its way, or the end of the connection if it is empty.
  private final class Delivery implements Runnable {
    private final StreamEnd from;
    private final StreamEnd to;
    private final byte[] segment;
    private final String how;
    private boolean isThrough;

    Delivery(StreamEnd from, StreamEnd to, byte[] segment, String how) {
      this.from = from;
      this.to = to;
      this.segment = segment;
      this.how = how;
    }

    @Override
    public void run() {
      if (!isThrough && from.trouble().swallowing) {
        isThrough = true;
        from.trouble().deliver(this);
      } else if (from.isGone() || to.isGone()) {
        resetIfBack();
      } else if (segment.length == 0) {
        to.lose(PortFault.LOST, "connection " + to.name() + " was " + how + " by the peer");
      } else {
        to.arrive(segment, simulation.nowNanos());
      }
    }

    /// A host that was gone knows nothing of the connection.
    private void resetIfBack() {
      if (to.isAccepted() && !to.trouble().vanished && segment.length > 0) {
        simulation.after(
            conditions.latencyNanos(),
            () ->
                from.lose(PortFault.LOST, "connection " + from.name() + " was reset by the peer"));
      }
    }
  }

  private void connect(StreamEnd client, String host, long timeoutNanos) {
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
        2 * conditions.latencyNanos(), () -> client.trouble().deliver(() -> answer(client, host)));
  }

  private void answer(StreamEnd client, String host) {
    long now = simulation.nowNanos();
    PortTrouble trouble = client.trouble();
    if (client.state() != LinkState.CONNECTING || trouble.swallowsConnects(now)) {
      return;
    }
    int port = client.port();
    @Nullable SimulatedStreamListener listener = listeners.get(port);
    if (!host.equals("localhost") && !host.matches("[0-9.]+") && !hosts.contains(host)) {
      client.lose(PortFault.UNKNOWN_HOST, "host " + host + " is unknown: check the name");
    } else if (listener == null || trouble.refuses(now)) {
      client.lose(
          PortFault.REFUSED,
          client.peer() + " refuses the connection: check the port and that its server runs");
    } else {
      String clientName = "client" + ++clients;
      StreamEnd server =
          new StreamEnd(
              this, port, trouble, true, "tcp://" + clientName, clientName, LinkState.OPEN);
      ends.add(server);
      server.connect(client);
      client.connect(server);
      listener.accepted(server);
    }
  }

  /// Wakes the owner of an end that reads slowly.
  void later(long nanos, Runnable action) {
    simulation.after(nanos, action);
  }

  long nowNanos() {
    return simulation.nowNanos();
  }

  private PortTrouble trouble(int port) {
    return troubles.computeIfAbsent(port, _ -> new PortTrouble());
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
