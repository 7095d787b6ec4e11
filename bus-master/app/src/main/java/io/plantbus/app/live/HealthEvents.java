package io.plantbus.app.live;

import io.plantbus.master.BusMaster;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.line.LineReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells changes of health between one look at a master and the next, one line for a person each.
final class HealthEvents {
  private static final String CONNECTED = "connected";

  private final Map<String, Health> devices = new HashMap<>();
  private final Map<String, String> lines = new HashMap<>();

  /// What changed since the last call.
  List<String> changes(BusMaster master) {
    List<String> changes = new ArrayList<>();
    for (LineReport line : master.lines()) {
      String now = line.connected() ? CONNECTED : line.trouble();
      String before = lines.put(line.name(), now);
      if (!now.equals(before) && !now.isEmpty()) {
        changes.add("line " + line.name() + change(line, before));
      }
    }
    for (DeviceReport device : master.devices()) {
      Health before = devices.put(device.name(), device.health());
      if (isNews(before, device.health())) {
        changes.add(
            switch (device.health()) {
              case UP -> device.name() + " answers again";
              case DOWN -> device.name() + " is down: " + device.reason();
              case OUT_OF_SERVICE, UNKNOWN, SUSPECT -> device.name() + ": " + device.reason();
            });
      }
    }
    return changes;
  }

  private static String change(LineReport line, @Nullable String before) {
    if (line.connected()) {
      return " is connected: " + line.port();
    }
    return (CONNECTED.equals(before) ? " is lost: " : " is not open: ") + line.trouble();
  }

  private static boolean isNews(@Nullable Health before, Health now) {
    return switch (now) {
      case DOWN -> before != Health.DOWN;
      case UP -> before == Health.DOWN;
      case OUT_OF_SERVICE, UNKNOWN, SUSPECT -> false;
    };
  }
}
