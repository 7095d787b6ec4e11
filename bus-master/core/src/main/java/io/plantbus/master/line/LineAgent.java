package io.plantbus.master.line;

import io.plantbus.hal.Agent;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.write.WriteQueue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one owner of a line, as the master sees it. [#report()], [#devices()], [#observations()] and
/// [#writes()] are safe for use by any thread.
public interface LineAgent extends Agent {
  /// How the line is doing: the latest snapshot.
  LineReport report();

  /// How its devices are doing, in the order of the plant: the latest snapshot.
  List<DeviceReport> devices();

  /// Where writes for this line are put; wake the agent after.
  WriteQueue writes();

  /// Where its bytes can be listened to; null for lines without a tap, such as I2C buses.
  default @Nullable LineTap tap() {
    return null;
  }

  /// What was learned about its devices, by their names: the latest snapshot.
  default Map<String, DeviceObservations> observations() {
    return Map.of();
  }

  /// Takes other devices in the place of those on its line, between two transactions: one that
  /// stays as it is goes on as if nothing had happened. For any thread; wake the agent after.
  ///
  /// @param devices all of the line, in the order of the plant
  /// @return whether it can; if not, the line must be started anew
  default boolean replace(List<DeviceSpec> devices) {
    return false;
  }

  /// A step failed by a bug: say so in the reports and the samples. Called on the agent's thread,
  /// before `stopped`.
  void failed(RuntimeException failure);
}
