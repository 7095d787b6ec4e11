package io.plantbus.master.plant;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.hal.I2cAddress;
import io.plantbus.protocols.modbus.UnitId;
import java.util.List;
import java.util.Map;

/// One device on a line.
///
/// @param name unique in its plant
/// @param line the name of its line
/// @param address how it is addressed there
/// @param profile what kind of device it is
/// @param options options of its I2C driver; empty for Modbus
/// @param inService whether it is polled; a device out of service keeps its tags at
///   `Bad_OutOfService`
/// @param tags what is read and written, names unique in the plant
/// @param turnaroundNanos the longest that it takes from the end of a request to the start of its
///   answer, as its maker states it; 0 if that is not known
public record DeviceSpec(
    String name,
    String line,
    Address address,
    DeviceProfile profile,
    Map<String, String> options,
    boolean inService,
    List<TagSpec> tags,
    long turnaroundNanos) {
  /// A device of which the turnaround is not known.
  public DeviceSpec(
      String name,
      String line,
      Address address,
      DeviceProfile profile,
      Map<String, String> options,
      boolean inService,
      List<TagSpec> tags) {
    this(name, line, address, profile, options, inService, tags, 0);
  }

  public DeviceSpec {
    if (turnaroundNanos < 0 || turnaroundNanos > 60_000_000_000L) {
      throw new IllegalArgumentException("a turnaround must be 0..60s");
    }
    options = Map.copyOf(options);
    tags = List.copyOf(tags);
  }

  /// How a device is addressed on its line.
  public sealed interface Address {
    /// By unit id.
    record Modbus(UnitId unit) implements Address {}

    /// By I2C address.
    record I2c(I2cAddress address) implements Address {}
  }
}
