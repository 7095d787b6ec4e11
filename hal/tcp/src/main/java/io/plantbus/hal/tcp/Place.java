package io.plantbus.hal.tcp;

import io.netty.util.AttributeKey;
import java.net.InetAddress;

/// One of the places of a listener, while a peer has it. Safe for use by any thread.
final class Place {
  /// Where an accepted channel keeps its place.
  static final AttributeKey<Place> KEY = AttributeKey.valueOf(Place.class, "place");

  private final InetAddress address;
  private final boolean reserved;
  private final Runnable onEvicted;
  private volatile long heardNanos;
  private volatile boolean evicted;

  /// @param onEvicted closes the link; run by any thread
  Place(InetAddress address, boolean reserved, long nowNanos, Runnable onEvicted) {
    this.address = address;
    this.reserved = reserved;
    this.heardNanos = nowNanos;
    this.onEvicted = onEvicted;
  }

  InetAddress address() {
    return address;
  }

  /// Whether the peer is one of the configured clients.
  boolean isReserved() {
    return reserved;
  }

  /// The peer sent something.
  void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  /// When the peer sent something, or was let in.
  long heardNanos() {
    return heardNanos;
  }

  /// The place goes to somebody else.
  void evict() {
    evicted = true;
    onEvicted.run();
  }

  boolean isEvicted() {
    return evicted;
  }
}
