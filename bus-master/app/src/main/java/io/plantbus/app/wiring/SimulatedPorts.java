package io.plantbus.app.wiring;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.master.MasterPorts;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.simulators.bench.BenchLine;
import java.util.List;

/// The lines of a plant with simulated slaves behind them: serial lines over pseudo terminals and
/// TCP and UDP lines over loopback, all through the adapters that hardware is reached with, I2C
/// lines on a simulated bus. Nothing is secured. A bench line is found by the name of the plant's
/// line, or by its kind where there is one of that kind only.
public final class SimulatedPorts implements MasterPorts {
  private static final String LOOPBACK = "127.0.0.1";

  private final Adapters adapters;
  private final ServedBench bench;

  /// @param adapters stay open as long as the master runs
  /// @param bench served as long as the master runs
  public SimulatedPorts(Adapters adapters, ServedBench bench) {
    this.adapters = adapters;
    this.bench = bench;
  }

  @Override
  public AgentRunner runner(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Tcp _, Transport.Udp _ -> adapters.streams().newRunner();
      case Transport.Serial _, Transport.I2c _ -> adapters.threads();
    };
  }

  @Override
  public LinkOpener linkOpener(LineSpec line, AgentRunner runner) {
    return switch (line.transport()) {
      case Transport.Tcp tcp ->
          adapters
              .streams()
              .opener(
                  runner,
                  LOOPBACK,
                  bench.port(find(line, BenchLine.Tcp.class)),
                  tcp.connectTimeoutNanos());
      case Transport.Serial serial ->
          adapters.serial(
              bench.path(find(line, BenchLine.Serial.class)).toString(), serial.settings());
      case Transport.Udp _ ->
          adapters.datagrams(runner, LOOPBACK, bench.port(find(line, BenchLine.Udp.class)));
      case Transport.I2c _ ->
          throw new IllegalArgumentException("line " + line.name() + " is an I2C bus");
    };
  }

  @Override
  public I2cOpener i2cOpener(LineSpec line) {
    return bench.bus(find(line, BenchLine.I2c.class));
  }

  @Override
  public AgentRunner loopRunner() {
    return adapters.threads();
  }

  /// The bench's line of that name, or its only one of that kind.
  private <T extends BenchLine> T find(LineSpec line, Class<T> kind) {
    List<T> fitting =
        bench.bench().lines().stream().filter(kind::isInstance).map(kind::cast).toList();
    for (T each : fitting) {
      if (each.name().equals(line.name())) {
        return each;
      }
    }
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    throw new IllegalArgumentException(
        "the bench has no %s line '%s'".formatted(kind.getSimpleName(), line.name()));
  }
}
