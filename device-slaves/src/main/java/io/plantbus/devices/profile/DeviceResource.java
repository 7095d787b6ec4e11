package io.plantbus.devices.profile;

import io.plantbus.devices.TagValue;
import org.jspecify.annotations.Nullable;

/// One value of a device: where it lies, what it means, and what may be done with it.
///
/// @param name unique in its profile
/// @param description free text, may be empty
/// @param point where it lies
/// @param access whether it can be read, written or both
/// @param unit UCUM code, may be empty
/// @param minimum least engineering value, or null for no limit
/// @param maximum greatest engineering value, or null for no limit
/// @param initial what a simulated slave holds at first, or null for zero
public record DeviceResource(
    String name,
    String description,
    Point point,
    Access access,
    String unit,
    @Nullable Double minimum,
    @Nullable Double maximum,
    @Nullable TagValue initial) {

  /// What may be done with a value.
  public enum Access {
    /// Read only.
    READ,
    /// Write only.
    WRITE,
    /// Both.
    READ_WRITE;

    /// Whether it can be read.
    public boolean canRead() {
      return this != WRITE;
    }

    /// Whether it can be written.
    public boolean canWrite() {
      return this != READ;
    }
  }
}
