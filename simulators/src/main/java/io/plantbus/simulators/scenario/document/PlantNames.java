package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.simulators.scenario.AlarmKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a scenario may refer to in the plant of its master.
///
/// @param tags by name
/// @param devices by name, with whether they are in service
/// @param serialLines names of its serial lines
public record PlantNames(
    Map<String, TagFacts> tags, Map<String, Boolean> devices, List<String> serialLines) {
  /// A tag.
  ///
  /// @param resource what it holds
  /// @param isRead whether it is ever read
  /// @param isInService whether its device is
  /// @param isLatestWins whether a later write takes the place of one that waits
  /// @param isOnI2c whether it is on an I2C bus, where nothing is refused by an exception
  /// @param alarms those that it has
  public record TagFacts(
      DeviceResource resource,
      boolean isRead,
      boolean isInService,
      boolean isLatestWins,
      boolean isOnI2c,
      Set<AlarmKind> alarms) {
    public TagFacts {
      alarms = Set.copyOf(alarms);
    }
  }
}
