package io.plantbus.hal;

/// Decides what serves an accepted stream link.
@FunctionalInterface
public interface StreamAcceptor {
  /// A peer has connected. Called on the thread that will step the returned agent, which owns the
  /// link from here on.
  Agent accept(StreamLink link);
}
