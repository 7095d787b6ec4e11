package io.plantbus.simulators.bench;

import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.serial.SimulatedRs485;

/// A simulated pair and the simulation that runs it.
///
/// @param wire the pair, named after its line
public record SimulatedPair(BusSimulation simulation, SimulatedRs485 wire) {}
