package io.plantbus.master.poll;

import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.plant.TagSpec;
import java.util.List;

/// Decides which tags are read by which requests.
@FunctionalInterface
public interface PollPlanner {
  /// Plans the reads of one Modbus device.
  ///
  /// @param tags tags of the device; those that are not read (write only, period 0, not Modbus) are
  ///   passed over, as are those that do not fit into the limits
  /// @param limits what one request may ask for
  /// @return every readable tag once, in a steady order
  List<PlannedRead> plan(List<TagSpec> tags, RequestLimits limits);
}
