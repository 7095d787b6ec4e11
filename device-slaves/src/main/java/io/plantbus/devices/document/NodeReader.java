package io.plantbus.devices.document;

import org.jspecify.annotations.Nullable;

/// Makes values of nodes.
///
/// @param <T> the values
@FunctionalInterface
public interface NodeReader<T> {
  /// The value that a node stands for.
  ///
  /// @return null after everything that is wrong was added to `problems`
  @Nullable T read(Node node, Problems problems);
}
