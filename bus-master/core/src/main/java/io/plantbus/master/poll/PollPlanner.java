package io.plantbus.master.poll;

import io.plantbus.master.plant.TagSpec;
import java.util.List;

/// Decides which tags are read by which requests.
@FunctionalInterface
public interface PollPlanner {
  /// Plans the reads of one Modbus device.
  ///
  /// @param tags tags of the device; those that are not read (write only, period 0, not Modbus) are
  ///   passed over, as are those that no request can bring
  /// @param space where one request may reach
  /// @return every readable tag once, in a steady order
  List<PlannedRead> plan(List<TagSpec> tags, ReadableSpace space);
}
