package io.plantbus.master.poll;

import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.Request;
import java.util.List;

/// One request that reads tags of one device, again and again.
///
/// @param request what is sent
/// @param periodNanos how often
/// @param priority which goes first when several are due
/// @param tags those that its answer holds, by address; never empty
public record PlannedRead(
    Request.Read request, long periodNanos, Priority priority, List<TagSpec> tags) {
  public PlannedRead {
    tags = List.copyOf(tags);
    if (tags.isEmpty()) {
      throw new IllegalArgumentException("a read without tags is of no use");
    }
  }
}
