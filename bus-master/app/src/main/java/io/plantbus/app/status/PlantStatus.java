package io.plantbus.app.status;

import io.plantbus.app.apply.PlantVersion;
import io.plantbus.app.control.ReportForm;
import io.plantbus.app.control.Reporter;
import io.plantbus.app.live.PlainText;
import io.plantbus.app.live.WallClock;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.BusMaster;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.line.LineReport;
import java.util.List;
import java.util.function.Supplier;

/// Reports on a master, whenever it is asked.
public final class PlantStatus implements Reporter {
  private final BusMaster master;
  private final NanoClock clock;
  private final Supplier<PlantVersion> version;
  private final long startNanos;

  /// Of a master that starts now.
  ///
  /// @param clock that it runs on
  /// @param version gives what runs
  public PlantStatus(BusMaster master, NanoClock clock, Supplier<PlantVersion> version) {
    this.master = master;
    this.clock = clock;
    this.version = version;
    this.startNanos = clock.nanoTime();
  }

  @Override
  public Report report(ReportForm form) {
    List<LineReport> lines = master.lines();
    List<DeviceReport> devices = master.devices();
    long now = clock.nanoTime();
    Snapshot snapshot =
        new Snapshot(
            master.plant().name(),
            ProcessHandle.current().pid(),
            now - startNanos,
            WallClock.at(now),
            lines,
            devices,
            version.get());
    List<String> rows =
        form.json()
            ? List.of(StatusJson.of(snapshot))
            : new StatusTable(form.width(), form.colour(), form.total()).rows(snapshot);
    return new Report(
        isHealthy(lines, devices), form.ascii() ? rows.stream().map(PlainText::of).toList() : rows);
  }

  private static boolean isHealthy(List<LineReport> lines, List<DeviceReport> devices) {
    return lines.stream().allMatch(LineReport::connected)
        && devices.stream().noneMatch(device -> device.health() == Health.DOWN);
  }
}
