package io.plantbus.simulators.bench;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.I2cAddress;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.encoding.EncodeOutcome;
import io.plantbus.simulators.chip.Ads1115Chip;
import io.plantbus.simulators.chip.Chip;
import io.plantbus.simulators.chip.Mcp23017Chip;
import io.plantbus.simulators.chip.RegisterFileChip;
import io.plantbus.simulators.chip.Sht31Chip;
import io.plantbus.simulators.i2c.I2cTarget;
import io.plantbus.simulators.process.SimulatedSlave;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An I2C slave by the resources of its profile: a chip with channels, or registers.
final class ChipSlave implements SimulatedSlave {
  private final String name;
  private final DeviceProfile profile;
  private final @Nullable Chip chip;
  private final RegisterFileChip registers;

  /// @throws IllegalArgumentException if there is no simulated chip for the profile's driver
  ChipSlave(String name, I2cAddress address, DeviceProfile profile) {
    this.name = name;
    this.profile = profile;
    Map<Integer, Integer> widths = new LinkedHashMap<>();
    boolean packetErrorCode = false;
    Chip found = null;
    for (DeviceResource resource : profile.resources()) {
      switch (resource.point()) {
        case Point.I2cChannel channel -> found = found == null ? chip(channel.driver()) : found;
        case Point.I2cRegister register -> {
          widths.merge(register.register(), 2 * register.encoding().registers(), Math::max);
          packetErrorCode |= register.pec();
        }
        case Point.Modbus _ ->
            throw new IllegalArgumentException(
                "profile " + profile.name() + " is not of an I2C device");
      }
    }
    this.chip = found;
    this.registers = new RegisterFileChip(address, widths, packetErrorCode);
    for (DeviceResource resource : profile.resources()) {
      if (resource.initial() != null) {
        set(resource.name(), resource.initial());
      }
    }
  }

  private static Chip chip(String driver) {
    return switch (driver) {
      case "sht31" -> new Sht31Chip();
      case "ads1115" -> new Ads1115Chip();
      case "mcp23017" -> new Mcp23017Chip();
      default ->
          throw new IllegalArgumentException(
              "there is no simulated chip '" + driver + "'; there are sht31, ads1115, mcp23017");
    };
  }

  /// What it holds now is what it holds after a power cut.
  void keepInitial() {
    registers.keepInitial();
  }

  @Override
  public void restart() {
    registers.restart();
    if (chip != null) {
      chip.powerOn();
    }
  }

  /// What is soldered to the bus.
  I2cTarget target() {
    return chip == null ? registers : chip;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean set(String resource, TagValue value) {
    DeviceResource found = find(resource);
    return switch (found.point()) {
      case Point.I2cChannel channel -> sense(channel, value.asDouble());
      case Point.I2cRegister register -> store(register, value);
      case Point.Modbus _ -> false;
    };
  }

  private boolean sense(Point.I2cChannel channel, double value) {
    if (chip == null || !Double.isFinite(value)) {
      return false;
    }
    chip.sense(channel.channel(), (value - channel.offset()) / channel.scale());
    return true;
  }

  private boolean store(Point.I2cRegister register, TagValue value) {
    byte[] cells = registers.get(register.register());
    boolean fits = TagCodec.encode(register.encoding(), value, cells, 0) == EncodeOutcome.ENCODED;
    if (fits) {
      registers.set(register.register(), cells);
    }
    return fits;
  }

  @Override
  public @Nullable TagValue get(String resource) {
    DeviceResource found = find(resource);
    return switch (found.point()) {
      case Point.I2cChannel channel ->
          chip == null
              ? null
              : TagValue.of(chip.level(channel.channel()) * channel.scale() + channel.offset());
      case Point.I2cRegister register -> {
        byte[] cells = registers.get(register.register());
        RegisterBlock block = RegisterBlock.view(cells, 0, cells.length / 2);
        yield TagCodec.decode(register.encoding(), block, 0).value();
      }
      case Point.Modbus _ -> null;
    };
  }

  private DeviceResource find(String resource) {
    DeviceResource found = profile.resource(resource);
    if (found == null) {
      throw new IllegalArgumentException(name + " has no resource '" + resource + "'");
    }
    return found;
  }
}
