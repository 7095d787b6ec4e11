package io.plantbus.app.wiring;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.master.MasterPorts;
import io.plantbus.master.plant.DeviceSpec;
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

  /// Whether the bench has a line for one of the plant.
  public boolean has(LineSpec line) {
    return BenchMatch.of(bench.bench(), line) != null;
  }

  /// Whether a slave stands behind a device on a line of the plant.
  public boolean has(LineSpec line, DeviceSpec device) {
    return switch (BenchMatch.of(bench.bench(), line)) {
      case null -> false;
      case BenchLine.Serial serial -> answers(serial.units(), device);
      case BenchLine.Tcp tcp -> answers(tcp.units(), device);
      case BenchLine.Udp udp -> answers(udp.units(), device);
      case BenchLine.I2c i2c ->
          device.address() instanceof DeviceSpec.Address.I2c(var address)
              && i2c.targets().stream().anyMatch(target -> target.address().equals(address));
    };
  }

  private static boolean answers(List<BenchLine.Unit> units, DeviceSpec device) {
    return device.address() instanceof DeviceSpec.Address.Modbus(var address)
        && units.stream().anyMatch(unit -> unit.unit().equals(address));
  }

  /// The bench's line of that name, or its only one of that kind.
  private <T extends BenchLine> T find(LineSpec line, Class<T> kind) {
    T found = BenchMatch.of(bench.bench(), line, kind);
    if (found == null) {
      throw new IllegalArgumentException(
          "the bench has no %s line '%s'".formatted(kind.getSimpleName(), line.name()));
    }
    return found;
  }
}
