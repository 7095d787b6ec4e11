package io.plantbus.app.wiring;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.master.MasterPorts;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;

/// A plant's lines in virtual time, joined to the lines of the same name of a bench. Everything
/// belongs to the thread of the simulation.
///
/// @param media on which the bench is served
public record VirtualPlantPorts(BusSimulation simulation, VirtualPorts media, RunningBench bench)
    implements MasterPorts {
  @Override
  public AgentRunner runner(LineSpec line) {
    return line.transport() instanceof Transport.Tcp ? media.streams().newRunner() : simulation;
  }

  @Override
  public LinkOpener linkOpener(LineSpec line, AgentRunner runner) {
    return switch (line.transport()) {
      case Transport.Serial serial -> media.pair(line.name()).opener("master", serial.settings());
      case Transport.Tcp tcp ->
          media
              .streams()
              .opener(runner, tcp.host(), bench.tcpPort(line.name()), tcp.connectTimeoutNanos());
      case Transport.Udp udp ->
          media.datagrams().opener(runner, udp.host(), bench.udpPort(line.name()));
      case Transport.I2c _ -> throw new IllegalArgumentException(line.name() + " is an I2C bus");
    };
  }

  @Override
  public I2cOpener i2cOpener(LineSpec line) {
    return bench.i2c(line.name());
  }

  @Override
  public AgentRunner loopRunner() {
    return simulation;
  }
}
