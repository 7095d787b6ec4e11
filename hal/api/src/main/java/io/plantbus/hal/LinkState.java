package io.plantbus.hal;

/// Where a [Link] is in its life; it only moves forward.
public enum LinkState {
  /// Being established; nothing can be written yet.
  CONNECTING,
  /// Ready in both directions.
  OPEN,
  /// The hardware or the peer is gone; bytes that arrived before can still be read.
  LOST,
  /// Closed by its owner.
  CLOSED
}
