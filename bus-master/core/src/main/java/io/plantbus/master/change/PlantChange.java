package io.plantbus.master.change;

import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What turns one plant into another, and what pauses for it.
///
/// @param lines those that are opened, closed, or closed and opened again; the devices of the
///   others are not disturbed unless they change themselves
/// @param devices of all lines; one that changes is asked anew
/// @param tags of all devices
/// @param loops those that start, stop, or start anew: a loop on a tag that changes is one of them
/// @param droppedOutputs tags with a safe state that leave the plant or go to another line: the
///   output stays as it is
public record PlantChange(
    Difference lines,
    Difference devices,
    Difference tags,
    Difference loops,
    List<String> droppedOutputs) {
  public PlantChange {
    droppedOutputs = List.copyOf(droppedOutputs);
  }

  /// What is different.
  public static PlantChange between(Plant before, Plant after) {
    Difference tags = Difference.between(before.tags(), after.tags(), TagSpec::name);
    List<String> outputs =
        before.tags().stream()
            .filter(tag -> tag.safeState() != null && tags.removed().contains(tag.name()))
            .map(TagSpec::name)
            .toList();
    return new PlantChange(
        Difference.between(before.lines(), after.lines(), LineSpec::name),
        Difference.between(before.devices(), after.devices(), DeviceSpec::name),
        tags,
        loops(before, after, tags),
        outputs);
  }

  private static Difference loops(Plant before, Plant after, Difference tags) {
    Difference plain = Difference.between(before.loops(), after.loops(), LoopSpec::name);
    Set<String> touched = new HashSet<>(tags.changed());
    List<String> changed = new ArrayList<>(plain.changed());
    for (LoopSpec loop : after.loops()) {
      boolean isOnTouched =
          switch (loop) {
            case LoopSpec.Hysteresis hysteresis ->
                touched.contains(hysteresis.measured()) || touched.contains(hysteresis.output());
          };
      if (isOnTouched && !changed.contains(loop.name()) && !plain.added().contains(loop.name())) {
        changed.add(loop.name());
      }
    }
    return new Difference(plain.added(), plain.removed(), changed);
  }

  /// Whether the plants are the same.
  public boolean isEmpty() {
    return lines.isEmpty() && devices.isEmpty() && tags.isEmpty() && loops.isEmpty();
  }
}
