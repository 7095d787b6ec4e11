package io.plantbus.app.wiring;

import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.Plant;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Simulated slaves for a plant.
public final class PlantBench {
  private static final int I2C_CLOCK_HERTZ = 100_000;
  private static final String LOOPBACK = "127.0.0.1";

  private PlantBench() {}

  /// A slave for each device of the plant, holding what its profile says, without physics. Lines
  /// with TLS are simulated without it.
  public static Bench of(Plant plant) {
    List<BenchLine> lines = new ArrayList<>();
    for (LineSpec line : plant.lines()) {
      lines.add(line(line, plant.devicesOn(line)));
    }
    return Bench.of(plant.name(), 1, lines);
  }

  private static BenchLine line(LineSpec line, List<DeviceSpec> devices) {
    return switch (line.transport()) {
      case Transport.Serial serial ->
          new BenchLine.Serial(
              line.name(), "", serial.framing(), serial.settings(), units(devices));
      case Transport.Tcp tcp ->
          new BenchLine.Tcp(line.name(), LOOPBACK, 0, tcp.framing(), units(devices));
      case Transport.Udp _ -> new BenchLine.Udp(line.name(), LOOPBACK, 0, units(devices));
      case Transport.I2c _ -> new BenchLine.I2c(line.name(), I2C_CLOCK_HERTZ, targets(devices));
    };
  }

  private static List<BenchLine.Unit> units(List<DeviceSpec> devices) {
    List<BenchLine.Unit> units = new ArrayList<>();
    for (DeviceSpec device : devices) {
      if (device.address() instanceof DeviceSpec.Address.Modbus(var unit)) {
        BenchLine.Content content = new BenchLine.Content.Profile(device.profile(), Map.of());
        units.add(new BenchLine.Unit(slave(device), unit, content, 0));
      }
    }
    return units;
  }

  private static List<BenchLine.Target> targets(List<DeviceSpec> devices) {
    List<BenchLine.Target> targets = new ArrayList<>();
    for (DeviceSpec device : devices) {
      if (device.address() instanceof DeviceSpec.Address.I2c(var address)) {
        targets.add(new BenchLine.Target(slave(device), address, device.profile(), Map.of()));
      }
    }
    return targets;
  }

  /// Lines and devices of a plant may share a name, those of a bench may not.
  private static String slave(DeviceSpec device) {
    return device.line() + "/" + device.name();
  }
}
