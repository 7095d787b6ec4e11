package io.plantbus.hal;

/// A reliable, ordered stream of bytes to one peer, such as a TCP connection.
///
/// ```
///  owner: open ─ CONNECTING ──────── OPEN ─ write ─ read … ─ LOST (peer closed, reset) or CLOSED (close)
///                    └─ refused, unreachable, timed out ─ LOST; read and write throw the reason
/// ```
///
/// Segment boundaries mean nothing: any split and any coalescing of what was written may be read.
public interface StreamLink extends Link {
  /// The peer as `address:port`.
  String peer();
}
