package io.plantbus.simulators.bench;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.TlsFiles;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.datagram.SimulatedDatagramPort;
import io.plantbus.simulators.fault.FaultPlan;
import io.plantbus.simulators.serial.Adapter;
import io.plantbus.simulators.serial.SimulatedRs485;
import io.plantbus.simulators.stream.SimulatedStreamPort;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Serves a bench in virtual time: each serial line is a simulated pair, all TCP endpoints are on
/// one simulated network, and all UDP endpoints on another. Nothing is secured. Belongs to the
/// thread of the simulation.
public final class VirtualPorts implements BenchPorts {
  /// The station on each pair that the bench's slaves share.
  public static final String SLAVES = "slaves";

  private final BusSimulation simulation;
  private final Adapter adapter;
  private final SimulatedStreamPort network;
  private final SimulatedDatagramPort datagrams;
  private final Map<String, SimulatedRs485> pairs = new LinkedHashMap<>();

  /// Media of their own in that simulation; slaves are handed each character as it arrives.
  public VirtualPorts(BusSimulation simulation) {
    this(simulation, Adapter.DIRECT);
  }

  /// Media of their own in that simulation.
  ///
  /// @param adapter between serial lines and their slaves: [Adapter#BURST] for long simulations
  public VirtualPorts(BusSimulation simulation, Adapter adapter) {
    this.simulation = simulation;
    this.adapter = adapter;
    this.network = new SimulatedStreamPort(simulation, "network");
    this.datagrams = new SimulatedDatagramPort(simulation, "network");
  }

  /// The pair of a serial line, on which a master may open a station of its own.
  ///
  /// @param line name of the line
  public SimulatedRs485 pair(String line) {
    return pairs.computeIfAbsent(line, name -> new SimulatedRs485(simulation, name));
  }

  @Override
  public AgentRunner serialRunner(BenchLine.Serial line) {
    return simulation;
  }

  @Override
  public SimulatedPair pair(BenchLine.Serial line) {
    return new SimulatedPair(simulation, pair(line.name()));
  }

  @Override
  public LinkOpener serial(BenchLine.Serial line) {
    return pair(line.name()).opener(SLAVES, line.settings(), adapter);
  }

  /// The network of TCP endpoints, on which a master may open connections of its own.
  public SimulatedStreamPort streams() {
    return network;
  }

  @Override
  public SimulatedStreamPort streams(@Nullable TlsFiles tls) {
    return network;
  }

  @Override
  public boolean canRefuse() {
    return true;
  }

  @Override
  public void listens(String line, int port, FaultPlan plan) {
    network.follow(port, line, plan);
  }

  @Override
  public SimulatedDatagramPort datagrams() {
    return datagrams;
  }

  @Override
  public AgentRunner processRunner() {
    return simulation;
  }
}
