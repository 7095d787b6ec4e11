package io.plantbus.app.replay;

import io.plantbus.app.device.SingleDevice;
import io.plantbus.app.wiring.VirtualPlantPorts;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialDriver;
import io.plantbus.master.modbus.Sessions;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A bench in virtual time, as a peer: an hour of requests takes a second or so. Belongs to the
/// thread that makes it.
public final class VirtualBench {
  private static final long CONNECT_NANOS = 1_000_000_000L;
  private static final long TURNAROUND_NANOS = 100_000_000L;

  private final BusSimulation simulation;
  private final VirtualPlantPorts ports;
  private final Bench bench;
  private final long startNanos;

  /// Serves a bench.
  ///
  /// @throws PortException if two of its lines have one endpoint
  public VirtualBench(Bench bench) throws PortException {
    this.bench = bench;
    this.simulation = new BusSimulation(bench.seed(), Transcript.silent());
    VirtualPorts media = new VirtualPorts(simulation);
    this.ports =
        new VirtualPlantPorts(simulation, media, RunningBench.start(bench, simulation, media));
    this.startNanos = simulation.nowNanos();
  }

  /// Lets time pass until a replay has ended.
  ///
  /// @throws PortException if a line cannot be opened, or nothing happens any more
  public ReplayReport await(Replay.Running replay) throws PortException {
    if (!simulation.runUntil(replay.done()::isDone, Long.MAX_VALUE)) {
      throw new PortException(PortFault.FAILED, "the bench does not end a request");
    }
    if (replay.done().isCompletedExceptionally()
        && replay.done().exceptionNow() instanceof PortException lost) {
      throw lost;
    }
    return replay.report().get();
  }

  /// One of its lines; null if there is no such, or it is an I2C bus.
  public @Nullable ReplayPeer peer(String line) {
    for (BenchLine each : bench.lines()) {
      Transport transport = transport(each);
      if (each.name().equals(line) && transport != null) {
        return new Peer(new LineSpec(line, transport, CONNECT_NANOS, 0, 1_000_000, 1_000_000));
      }
    }
    return null;
  }

  private static @Nullable Transport transport(BenchLine line) {
    return switch (line) {
      case BenchLine.Serial serial ->
          new Transport.Serial(
              serial.name(),
              serial.framing(),
              serial.settings(),
              EchoMode.NONE,
              0,
              TURNAROUND_NANOS,
              SerialDriver.AUTO);
      // The port is the one that the bench listens on, whichever is written here.
      case BenchLine.Tcp tcp ->
          new Transport.Tcp(tcp.host(), 1, tcp.framing(), 1, CONNECT_NANOS, null);
      case BenchLine.Udp udp -> new Transport.Udp(udp.host(), 1, 1);
      case BenchLine.I2c _ -> null;
    };
  }

  private final class Peer implements ReplayPeer {
    private final SingleDevice device;

    Peer(LineSpec line) {
      AgentRunner runner = ports.runner(line);
      device =
          new SingleDevice(
              line.name(),
              runner,
              ports.linkOpener(line, runner),
              effects -> Sessions.open(line.transport(), effects),
              CONNECT_NANOS,
              new LineTap(TappedLine.of(line), 0));
    }

    @Override
    public CompletableFuture<Outcome> ask(
        long dueNanos, UnitId unit, Request request, long timeoutNanos) {
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      simulation.at(
          Math.max(simulation.nowNanos(), startNanos + dueNanos),
          () -> {
            var _ =
                device
                    .begin(unit, request, timeoutNanos)
                    .whenComplete(
                        (exchange, failure) -> {
                          if (failure == null) {
                            outcome.complete(exchange.outcome());
                          } else {
                            outcome.completeExceptionally(failure);
                          }
                        });
          });
      return outcome;
    }
  }
}
