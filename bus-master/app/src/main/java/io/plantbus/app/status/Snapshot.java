package io.plantbus.app.status;

import io.plantbus.app.apply.PlantVersion;
import io.plantbus.app.live.WallClock;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a report is made of.
///
/// @param plant its name
/// @param pid the process that runs it
/// @param upNanos how long it runs
/// @param clock when the snapshot was taken
/// @param lines in the order of the plant
/// @param devices in the order of the plant
/// @param version what runs, and since when
record Snapshot(
    String plant,
    long pid,
    long upNanos,
    WallClock clock,
    List<LineReport> lines,
    List<DeviceReport> devices,
    PlantVersion version) {
  /// The devices on one line.
  List<DeviceReport> devicesOn(LineReport line) {
    return devices.stream().filter(device -> device.line().equals(line.name())).toList();
  }

  /// What was proven of a line beside what was measured; null if nothing was.
  ///
  /// @param total since the start instead of over the last minute
  @Nullable Prediction prediction(LineReport line, boolean total) {
    return Prediction.of(version.proof(), line, devicesOn(line), total);
  }
}
