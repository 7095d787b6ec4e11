package io.plantbus.junit;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.junit.serve.FreshEndpoints;
import io.plantbus.junit.serve.HeldPorts;
import io.plantbus.junit.serve.HeldSurroundings;
import io.plantbus.junit.serve.HeldTime;
import io.plantbus.junit.serve.SinceStart;
import io.plantbus.junit.serve.TestAdapters;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchPorts;
import io.plantbus.simulators.bench.RequestWatcher;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.endpoint.EndpointPorts;
import io.plantbus.simulators.process.SimulatedSlave;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A bench from its start to its end. Closing it releases every port, terminal and file that it
/// took.
final class BenchRun implements AutoCloseable {
  private static final int LINES_KEPT = 1_000;

  private final Bench bench;
  private final Transcript transcript = Transcript.bounded(LINES_KEPT);
  private final SeenRequests seen = new SeenRequests();
  private final ArrayDeque<Runnable> closing = new ArrayDeque<>();
  private final BenchClock clock;
  private final @Nullable HeldTime held;
  private final SimulatedBench handle;

  /// Serves a bench.
  ///
  /// @param sockets stay the caller's
  /// @throws PortException if an endpoint cannot be opened; nothing is left behind then
  BenchRun(Bench described, BenchTime time, boolean keepEndpoints, NettyStreamPort sockets)
      throws PortException {
    Bench placed = keepEndpoints ? described : FreshEndpoints.fresh(described);
    SinceStart wall = SinceStart.of(NanoClock.system());
    boolean isHeld = time == BenchTime.VIRTUAL;
    bench = isHeld ? FreshEndpoints.prompt(placed) : placed;
    held = isHeld ? new HeldTime(wall.epochMicros()) : null;
    clock = held == null ? BenchClocks.of(wall) : BenchClocks.of(held);
    try {
      handle = serve(sockets, wall);
    } catch (PortException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /// What the test is given.
  SimulatedBench handle() {
    return handle;
  }

  /// Has something done when the bench is closed, before anything that was asked for earlier.
  synchronized void whenClosed(Runnable action) {
    closing.addFirst(action);
  }

  /// Closes everything, whatever fails.
  @Override
  public synchronized void close() {
    RuntimeException first = null;
    while (!closing.isEmpty()) {
      try {
        closing.removeFirst().run();
      } catch (RuntimeException failure) {
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private SimulatedBench serve(NettyStreamPort sockets, SinceStart wall) throws PortException {
    Path folder = folder();
    TestAdapters adapters = new TestAdapters(sockets);
    whenClosed(adapters::close);
    EndpointPorts endpoints = EndpointPorts.open(bench, adapters, folder);
    whenClosed(endpoints::close);
    BenchPorts ports = held == null ? endpoints : new HeldPorts(endpoints, held, wall);
    Surroundings surroundings =
        held == null
            ? Surroundings.realTime(wall, bench.seed(), transcript)
            : HeldSurroundings.of(held, bench.seed(), transcript);
    RunningBench running =
        RunningBench.start(bench, surroundings, ports, watcher(surroundings.clock()));
    whenClosed(running::close);
    return new SimulatedBench(
        bench,
        places(running, endpoints),
        slaves(running),
        new BenchFaults(running.faults(), targets(_ -> true), targets(BenchRun::isPaced), clock),
        clock,
        seen,
        transcript,
        running.process());
  }

  private Path folder() {
    try {
      Path folder = Files.createTempDirectory("plantbus-");
      whenClosed(() -> delete(folder));
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private RequestWatcher watcher(NanoClock time) {
    return (line, slave, request, response) -> {
      SeenRequest one = seen(line, slave, request, response);
      transcript.note(time.nanoTime(), line, slave, one.words());
      seen.add(one);
    };
  }

  private SeenRequest seen(
      String line, String slave, Request request, @Nullable Response response) {
    return SeenRequest.of(clock.now(), line, slave, request, response);
  }

  private SimulatedBench.Endpoints places(RunningBench running, EndpointPorts ports) {
    SimulatedBench.Endpoints places = new SimulatedBench.Endpoints();
    for (BenchLine line : bench.lines()) {
      String name = line.name();
      switch (line) {
        case BenchLine.Serial serial ->
            places
                .serial()
                .put(
                    name,
                    new SerialEndpoint(ports.path(name), serial.settings(), serial.framing()));
        case BenchLine.Tcp tcp ->
            places
                .tcp()
                .put(name, new TcpEndpoint(tcp.host(), running.tcpPort(name), tcp.tls() != null));
        case BenchLine.Udp udp ->
            places.udp().put(name, new UdpEndpoint(udp.host(), running.udpPort(name)));
        case BenchLine.I2c _ ->
            places.i2c().put(name, new I2cEndpoint(places.i2c().size() + 1, running.i2c(name)));
      }
    }
    return places;
  }

  private static boolean isPaced(BenchLine line) {
    return line instanceof BenchLine.Serial serial && serial.wire() == BenchLine.Wire.PACED;
  }

  private Set<String> targets(Predicate<BenchLine> of) {
    Set<String> names = new LinkedHashSet<>();
    for (BenchLine line : bench.lines()) {
      if (of.test(line)) {
        names.add(line.name());
        names.addAll(line.slaves());
      }
    }
    return names;
  }

  private Map<String, BenchSlave> slaves(RunningBench running) {
    Map<String, BenchSlave> slaves = new LinkedHashMap<>();
    for (BenchLine line : bench.lines()) {
      switch (line) {
        case BenchLine.Serial serial -> units(serial.units(), running, slaves);
        case BenchLine.Tcp tcp -> units(tcp.units(), running, slaves);
        case BenchLine.Udp udp -> units(udp.units(), running, slaves);
        case BenchLine.I2c i2c ->
            i2c.targets().forEach(one -> put(one.name(), one.profile(), running, slaves));
      }
    }
    return slaves;
  }

  private void units(
      List<BenchLine.Unit> units, RunningBench running, Map<String, BenchSlave> slaves) {
    for (BenchLine.Unit unit : units) {
      DeviceProfile profile =
          switch (unit.content()) {
            case BenchLine.Content.Profile(var found, _) -> found;
            case BenchLine.Content.Tables _, BenchLine.Content.Replay _ -> null;
          };
      put(unit.name(), profile, running, slaves);
    }
  }

  private void put(
      String name,
      @Nullable DeviceProfile profile,
      RunningBench running,
      Map<String, BenchSlave> slaves) {
    SimulatedSlave slave = running.slave(name);
    if (slave == null) {
      throw new IllegalStateException("the bench does not serve " + name);
    }
    slaves.put(name, new BenchSlave(slave, profile, running.tables(name), seen));
  }
}
