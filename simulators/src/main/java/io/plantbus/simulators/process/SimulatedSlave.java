package io.plantbus.simulators.process;

import io.plantbus.devices.TagValue;
import org.jspecify.annotations.Nullable;

/// A simulated slave as the process sees it: by resources, whatever bus it is on. Safe for use by
/// any thread.
public interface SimulatedSlave {
  /// Unique in its bench.
  String name();

  /// Sets what a master reads there.
  ///
  /// @param resource a name of the slave's profile
  /// @return whether the slave can hold that value; if not it keeps the old one
  /// @throws IllegalArgumentException if there is no such resource
  boolean set(String resource, TagValue value);

  /// What stands there now, such as what a master wrote; null if that is no usable value.
  ///
  /// @param resource a name of the slave's profile
  /// @throws IllegalArgumentException if there is no such resource
  @Nullable TagValue get(String resource);

  /// Forgets what was written since it was made, as a device without power does: it holds what it
  /// held at first. One without memory does nothing.
  default void restart() {}
}
