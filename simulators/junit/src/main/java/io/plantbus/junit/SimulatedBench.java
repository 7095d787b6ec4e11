package io.plantbus.junit;

import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.process.ProcessModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A running bench in the hands of a test: where it is reached, its slaves, its faults, its physics
/// and its time. Everything goes by the names of the bench file; a name that is not in it is
/// refused with those that are. Safe for use by any thread.
public final class SimulatedBench {
  private final Bench bench;
  private final Endpoints endpoints;
  private final Map<String, BenchSlave> slaves;
  private final BenchFaults faults;
  private final BenchClock clock;
  private final SeenRequests seen;
  private final Transcript transcript;
  private final @Nullable ProcessModel process;

  /// By name of line.
  record Endpoints(
      Map<String, TcpEndpoint> tcp,
      Map<String, UdpEndpoint> udp,
      Map<String, SerialEndpoint> serial,
      Map<String, I2cEndpoint> i2c) {
    Endpoints() {
      this(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());
    }
  }

  SimulatedBench(
      Bench bench,
      Endpoints endpoints,
      Map<String, BenchSlave> slaves,
      BenchFaults faults,
      BenchClock clock,
      SeenRequests seen,
      Transcript transcript,
      @Nullable ProcessModel process) {
    this.bench = bench;
    this.endpoints = endpoints;
    this.slaves = slaves;
    this.faults = faults;
    this.clock = clock;
    this.seen = seen;
    this.transcript = transcript;
    this.process = process;
  }

  /// What the bench file calls it.
  public String name() {
    return bench.name();
  }

  /// Of all its random numbers.
  public long seed() {
    return bench.seed();
  }

  /// Where a TCP line listens.
  public TcpEndpoint tcp(String line) {
    return find(line, endpoints.tcp, "TCP line");
  }

  /// Where a UDP line listens.
  public UdpEndpoint udp(String line) {
    return find(line, endpoints.udp, "UDP line");
  }

  /// Where a serial line is opened.
  public SerialEndpoint serial(String line) {
    return find(line, endpoints.serial, "serial line");
  }

  /// An I2C bus.
  public I2cEndpoint i2c(String line) {
    return find(line, endpoints.i2c, "I2C line");
  }

  /// The I2C buses in the order of the file.
  List<I2cEndpoint> buses() {
    return List.copyOf(endpoints.i2c.values());
  }

  /// A slave.
  public BenchSlave slave(String name) {
    return find(name, slaves, "slave");
  }

  /// The names of all slaves, in the order of the file.
  public List<String> slaves() {
    return List.copyOf(slaves.keySet());
  }

  /// A part of the process.
  ///
  /// @throws IllegalArgumentException if the bench has no process
  public BenchPart process(String part) {
    if (process == null) {
      throw Names.unknown(part, List.of(), "process with a part");
    }
    return new BenchPart(process, part);
  }

  /// What goes wrong.
  public BenchFaults faults() {
    return faults;
  }

  /// The time that physics, windows of faults and late answers go by.
  public BenchClock clock() {
    return clock;
  }

  /// The Modbus requests that reached the slaves.
  public SeenRequests requests() {
    return seen;
  }

  /// What happened last, one line each, oldest first: requests, transfers on I2C, faults that
  /// struck.
  public List<String> transcript() {
    return transcript.lines();
  }

  private static <T> T find(String name, Map<String, T> all, String kind) {
    T found = all.get(name);
    if (found == null) {
      throw Names.unknown(name, all.keySet(), kind);
    }
    return found;
  }
}
