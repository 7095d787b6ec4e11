package io.plantbus.devices.profile;

import io.plantbus.devices.document.Problems;
import io.plantbus.devices.profile.ResourceEntry.Attributes;
import io.plantbus.devices.profile.ResourceEntry.Properties;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import org.jspecify.annotations.Nullable;

/// Tells from the attributes and properties of a resource where it lies.
final class PointReader {
  private final String defaultDriver;
  private final Problems problems;

  /// @param defaultDriver of channels that name none; may be empty
  PointReader(String defaultDriver, Problems problems) {
    this.defaultDriver = defaultDriver;
    this.problems = problems;
  }

  /// The point, or null after a problem.
  @Nullable Point read(ResourceEntry entry) {
    Attributes attributes = entry.attributes();
    boolean modbus = attributes.primaryTable() != null || attributes.startingAddress() != null;
    boolean register = attributes.i2cRegister() != null;
    boolean channel = attributes.channel() != null;
    if ((modbus ? 1 : 0) + (register ? 1 : 0) + (channel ? 1 : 0) != 1) {
      problems.error(
          attributes.where(),
          modbus || register || channel
              ? "the resource lies in more than one place"
              : "it is not said where the resource lies",
          "write one of: primaryTable and startingAddress; i2cRegister; driver and channel");
      return null;
    }
    try {
      if (modbus) {
        return new ModbusPointReader(entry, problems).read();
      }
      return register ? register(entry) : channel(entry);
    } catch (IllegalArgumentException wrong) {
      problems.error(attributes.where(), String.valueOf(wrong.getMessage()), "");
      return null;
    }
  }

  private @Nullable Point register(ResourceEntry entry) {
    RegisterEncoding encoding = new EncodingReader(entry, problems).read(-1);
    Integer register = entry.attributes().i2cRegister();
    return encoding == null || register == null
        ? null
        : new Point.I2cRegister(register, encoding, Boolean.TRUE.equals(entry.attributes().pec()));
  }

  private @Nullable Point channel(ResourceEntry entry) {
    Attributes attributes = entry.attributes();
    Properties properties = entry.properties();
    String driver = attributes.driver() == null ? defaultDriver : attributes.driver();
    String channel = attributes.channel();
    if (driver.isEmpty() || channel == null) {
      problems.error(
          attributes.where(),
          "the channel has no driver",
          "write 'driver:' here or under 'plantbus'");
      return null;
    }
    return new Point.I2cChannel(driver, channel, properties.scale(), properties.offset());
  }
}
