package io.plantbus.master;

import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;

/// What the parts of a plant refer to.
final class References {
  private References() {}

  /// @throws IllegalArgumentException if one is to something that there is not
  static void check(Plant plant) {
    for (DeviceSpec device : plant.devices()) {
      if (plant.lines().stream().noneMatch(line -> line.name().equals(device.line()))) {
        throw new IllegalArgumentException(
            "device " + device.name() + " is on line " + device.line() + ", which there is not");
      }
    }
    for (LoopSpec loop : plant.loops()) {
      switch (loop) {
        case LoopSpec.Hysteresis hysteresis -> {
          tag(plant, hysteresis.name(), hysteresis.measured());
          tag(plant, hysteresis.name(), hysteresis.output());
        }
      }
    }
  }

  /// The tag that a loop works on.
  ///
  /// @throws IllegalArgumentException if there is none
  static TagSpec tag(Plant plant, String loop, String name) {
    TagSpec tag = plant.tag(name);
    if (tag == null) {
      throw new IllegalArgumentException(
          "loop " + loop + " works on tag " + name + ", which there is not");
    }
    return tag;
  }
}
