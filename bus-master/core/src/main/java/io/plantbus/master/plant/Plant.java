package io.plantbus.master.plant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that a master runs.
///
/// @param name what the plant is called
/// @param lines names unique
/// @param devices names unique, each on one of `lines`
/// @param loops names unique, each on tags of `devices`
public record Plant(
    String name, List<LineSpec> lines, List<DeviceSpec> devices, List<LoopSpec> loops) {
  public Plant {
    lines = List.copyOf(lines);
    devices = List.copyOf(devices);
    loops = List.copyOf(loops);
  }

  /// The devices of one line, in the order of the plant.
  public List<DeviceSpec> devicesOn(LineSpec line) {
    return devices.stream().filter(device -> device.line().equals(line.name())).toList();
  }

  /// All tags, device by device.
  public List<TagSpec> tags() {
    return devices.stream().flatMap(device -> device.tags().stream()).toList();
  }

  /// The tag of that name, or null.
  public @Nullable TagSpec tag(String name) {
    for (DeviceSpec device : devices) {
      for (TagSpec tag : device.tags()) {
        if (tag.name().equals(name)) {
          return tag;
        }
      }
    }
    return null;
  }
}
