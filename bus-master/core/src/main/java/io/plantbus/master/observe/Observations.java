package io.plantbus.master.observe;

import java.util.Map;

/// What is known about the devices of a plant.
///
/// @param devices by the name of the device; those of which nothing is known are left out
public record Observations(Map<String, DeviceObservations> devices) {
  /// Of a plant that never ran.
  public static final Observations NONE = new Observations(Map.of());

  public Observations {
    devices = Map.copyOf(devices);
  }

  /// What is known about one device.
  public DeviceObservations of(String device) {
    return devices.getOrDefault(device, DeviceObservations.NONE);
  }
}
