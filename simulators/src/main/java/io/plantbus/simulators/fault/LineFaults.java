package io.plantbus.simulators.fault;

import io.plantbus.devices.slave.SlaveDevice;
import io.plantbus.devices.slave.UdpSlaveServer;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.DatagramPort.DatagramAcceptor;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.simulators.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The faults of one Modbus line, put between its slaves and the line, real or simulated:
///
/// ```
///  slave ── plug ── server ── disturbed link ── pty, TCP, simulated pair
///             └ mute, stuck      └ drop, flip, cut, late, twice, garbage
/// ```
///
/// A unit is hit by faults under its own name and under that of the line. Wrap the opener and the
/// agent of a serial server, or the acceptor of a TCP server, with the same object; a UDP server is
/// wrapped as a whole.
///
/// Windows of faults and delays of answers go by the clock of the surroundings, whatever clock the
/// servers are stepped by.
public final class LineFaults {
  /// How answers on the line begin.
  public enum Framing {
    /// Modbus RTU: one write is one answer, its first byte the unit.
    RTU,
    /// Modbus ASCII: a colon, the unit in two hexadecimal digits, and a line feed at the end.
    ASCII,
    /// Modbus TCP: a header of 7 bytes with the length, its last byte the unit (MB 3.1.3).
    MBAP
  }

  private final FaultPlan plan;
  private final Surroundings surroundings;
  private final String line;
  private final Framing framing;
  private final Map<Integer, String> units;
  private int links;
  private @Nullable PairFaults pair;
  private @Nullable AnswerDisturber latest;

  /// @param line name of the line
  /// @param units names of the units by unit id
  public LineFaults(
      FaultPlan plan,
      Surroundings surroundings,
      String line,
      Framing framing,
      Map<Integer, String> units) {
    this.plan = plan;
    this.surroundings = surroundings;
    this.line = line;
    this.framing = framing;
    this.units = Map.copyOf(units);
  }

  /// Has faults of a simulated pair work too; to be told before anything is served.
  public LineFaults on(PairFaults simulatedPair) {
    pair = simulatedPair;
    return this;
  }

  /// A slave that is pulled off the line while the plan says so: it executes nothing then.
  ///
  /// @param name of the unit
  public SlaveDevice plug(String name, SlaveDevice device) {
    NanoClock clock = surroundings.clock();
    return new SlaveDevice() {
      @Override
      public @Nullable Response execute(Request request, long nowNanos) {
        long now = clock.nanoTime();
        return isPulled(now) || isMistaken(now) ? null : device.execute(request, nowNanos);
      }

      @Override
      public @Nullable Response answering(Response response, long nowNanos) {
        long now = clock.nanoTime();
        return isPulled(now) || isMistaken(now) ? null : device.answering(response, nowNanos);
      }

      private boolean isPulled(long nowNanos) {
        return plan.strike(FaultKind.MUTE, nowNanos, name, line) != null
            || plan.strike(FaultKind.STUCK, nowNanos, name, line) != null;
      }

      private boolean isMistaken(long nowNanos) {
        AnswerDisturber disturber = latest;
        boolean isMistaken =
            pair != null && plan.strike(FaultKind.WRONG_BAUD, nowNanos, name, line) != null;
        if (isMistaken && disturber != null) {
          disturber.blurt(unitId(name));
        }
        return isMistaken;
      }
    };
  }

  /// The agent of a server on a disturbed line.
  ///
  /// @param opener of the line itself
  /// @param server makes the server's agent on the opener that it is given
  public Agent serve(LinkOpener opener, Function<LinkOpener, Agent> server) {
    List<DisturbedLink> open = new ArrayList<>();
    Agent agent =
        server.apply(
            () -> {
              DisturbedLink link = new DisturbedLink(opener.open(), disturber());
              open.clear();
              open.add(link);
              return link;
            });
    return new DisturbedAgent(agent, open, surroundings.clock());
  }

  /// The acceptor of a server on a disturbed network.
  public StreamAcceptor over(StreamAcceptor acceptor) {
    return link -> {
      DisturbedStreamLink disturbed = new DisturbedStreamLink(link, disturber());
      return new DisturbedAgent(
          acceptor.accept(disturbed), List.of(disturbed), surroundings.clock());
    };
  }

  /// The acceptor of a UDP server on a disturbed network; each datagram is one answer.
  public DatagramAcceptor overDatagrams(UdpSlaveServer server) {
    return link -> {
      DisturbedLink disturbed = new DisturbedLink(link, disturber());
      return new DisturbedAgent(server.accept(disturbed), List.of(disturbed), surroundings.clock());
    };
  }

  private int unitId(String name) {
    for (Map.Entry<Integer, String> unit : units.entrySet()) {
      if (unit.getValue().equals(name)) {
        return unit.getKey();
      }
    }
    return 0;
  }

  private synchronized AnswerDisturber disturber() {
    String component = "disturbed/" + line + "/" + links++;
    AnswerDisturber made =
        new AnswerDisturber(
            plan, line, framing, units, surroundings.clock(), surroundings.random(component), pair);
    latest = made;
    return made;
  }

  /// Steps a server and sends what waits in its links.
  private record DisturbedAgent(Agent server, List<? extends DisturbedLink> links, NanoClock clock)
      implements Agent {
    @Override
    public String name() {
      return server.name();
    }

    @Override
    public void started(AgentHandle handle) {
      server.started(handle);
    }

    @Override
    public long step(long nowNanos) {
      long next = server.step(nowNanos);
      for (DisturbedLink link : links) {
        long now = clock.nanoTime();
        long due = link.flush(now);
        next = due == NEVER ? next : Math.min(next, nowNanos + (due - now));
      }
      return next;
    }

    @Override
    public void stopped() {
      server.stopped();
    }
  }
}
