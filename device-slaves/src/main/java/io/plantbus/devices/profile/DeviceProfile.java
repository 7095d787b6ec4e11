package io.plantbus.devices.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kind of device: what it can be asked and told. Both the master and the simulated slave work
/// from the same profile.
///
/// @param name unique in the catalogue, such as `pump-drive`
/// @param manufacturer free text, may be empty
/// @param model free text, may be empty
/// @param version of the device's hardware or firmware, as it tells it itself; free text, may be
///   empty
/// @param description free text, may be empty
/// @param bus how such a device is reached
/// @param limits what one request may ask of it
/// @param resources its values, in the order of the file, names unique
public record DeviceProfile(
    String name,
    String manufacturer,
    String model,
    String version,
    String description,
    Bus bus,
    RequestLimits limits,
    List<DeviceResource> resources) {

  /// How a device is reached.
  public enum Bus {
    /// Modbus on any line.
    MODBUS,
    /// I2C.
    I2C
  }

  public DeviceProfile {
    resources = List.copyOf(resources);
  }

  /// A kind of device of which no version is known.
  public DeviceProfile(
      String name,
      String manufacturer,
      String model,
      String description,
      Bus bus,
      RequestLimits limits,
      List<DeviceResource> resources) {
    this(name, manufacturer, model, "", description, bus, limits, resources);
  }

  /// The resource of that name, or null.
  public @Nullable DeviceResource resource(String resourceName) {
    for (DeviceResource resource : resources) {
      if (resource.name().equals(resourceName)) {
        return resource;
      }
    }
    return null;
  }
}
