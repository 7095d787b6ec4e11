package io.plantbus.app.wiring;

import io.plantbus.hal.PortException;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.endpoint.EndpointPorts;
import io.plantbus.simulators.i2c.SimulatedI2cBus;
import java.nio.file.Path;

/// A bench that is served on real endpoints of this machine.
public final class ServedBench implements AutoCloseable {
  private final Bench bench;
  private final EndpointPorts ports;
  private final RunningBench running;

  private ServedBench(Bench bench, EndpointPorts ports, RunningBench running) {
    this.bench = bench;
    this.ports = ports;
    this.running = running;
  }

  /// Begins to serve.
  ///
  /// @param adapters stay open as long as the bench is served
  /// @param folder where the names of serial lines without a path of their own stand
  /// @throws PortException if an endpoint cannot be opened
  public static ServedBench start(Bench bench, Adapters adapters, Path folder)
      throws PortException {
    EndpointPorts ports = EndpointPorts.open(bench, adapters, folder);
    try {
      Surroundings surroundings =
          Surroundings.realTime(adapters.clock(), bench.seed(), Transcript.silent());
      return new ServedBench(bench, ports, RunningBench.start(bench, surroundings, ports));
    } catch (PortException | RuntimeException failure) {
      ports.close();
      throw failure;
    }
  }

  /// What is served.
  public Bench bench() {
    return bench;
  }

  /// The slaves and faults, to play with them while they are served.
  public RunningBench running() {
    return running;
  }

  /// The path that a master opens for a serial line.
  public Path path(BenchLine.Serial line) {
    return ports.path(line.name());
  }

  /// The port that a TCP line listens on.
  public int port(BenchLine.Tcp line) {
    return running.tcpPort(line.name());
  }

  /// The port that a UDP line listens on.
  public int port(BenchLine.Udp line) {
    return running.udpPort(line.name());
  }

  /// The bus of an I2C line.
  public SimulatedI2cBus bus(BenchLine.I2c line) {
    return running.i2c(line.name());
  }

  @Override
  public void close() {
    running.close();
    ports.close();
  }
}
