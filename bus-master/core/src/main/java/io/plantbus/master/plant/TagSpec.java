package io.plantbus.master.plant;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One value of the plant.
///
/// @param name unique in its plant, `device.resource` unless named otherwise
/// @param resource where it lies in its device
/// @param periodNanos how often it is read, 1 ms or more; 0 for never (write only)
/// @param priority which polls go first when several are due
/// @param staleAfterNanos age at which the value counts as old
/// @param safeState what is written when the master stops; null leaves the output as it is
/// @param latestWins whether a write takes the place of an older one that still waits
/// @param alarms at most one of each kind
public record TagSpec(
    String name,
    DeviceResource resource,
    long periodNanos,
    Priority priority,
    long staleAfterNanos,
    @Nullable TagValue safeState,
    boolean latestWins,
    List<AlarmSpec> alarms) {

  /// Which polls and writes go first when several wait at once.
  public enum Priority {
    /// Interlocks and trips.
    SAFETY,
    /// Values that loops work on.
    CONTROL,
    /// What people look at.
    NORMAL,
    /// Whatever time is left.
    BACKGROUND
  }

  /// A tag without alarms.
  public TagSpec(
      String name,
      DeviceResource resource,
      long periodNanos,
      Priority priority,
      long staleAfterNanos,
      @Nullable TagValue safeState,
      boolean latestWins) {
    this(name, resource, periodNanos, priority, staleAfterNanos, safeState, latestWins, List.of());
  }

  /// A tag of which every write is sent.
  public TagSpec(
      String name,
      DeviceResource resource,
      long periodNanos,
      Priority priority,
      long staleAfterNanos,
      @Nullable TagValue safeState) {
    this(name, resource, periodNanos, priority, staleAfterNanos, safeState, false);
  }

  public TagSpec {
    alarms = List.copyOf(alarms);
    if (periodNanos != 0 && periodNanos < 1_000_000) {
      throw new IllegalArgumentException("a period must be at least 1ms");
    }
    if (staleAfterNanos < periodNanos) {
      throw new IllegalArgumentException("a value cannot count as old before it is read again");
    }
  }
}
