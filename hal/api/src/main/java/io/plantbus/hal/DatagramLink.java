package io.plantbus.hal;

/// Datagrams to and from one peer, such as UDP: unordered, unacknowledged, each whole or not at
/// all.
///
/// ```
///  peer ──datagram──▶ [bounded queue of datagrams] ──read()──▶ owner, one datagram at a time
///  peer ◀──datagram── ◀──────────────────────────── ─write()── owner, one datagram at a time
///
///  datagram   │ 12 bytes │      7 bytes      │ 300 bytes │
///  read(260)  │ 12       │ 7                 │ 260: cut  │
/// ```
///
/// - Each `read` hands out at most one datagram. One that is longer than asked for is cut, so a
///   reader that asks for one byte more than its longest frame sees that it is too long. Empty
///   datagrams are dropped.
/// - Each `write` sends exactly one datagram, or takes nothing (0).
/// - A queue that overflows loses the newest datagrams; their bytes are counted in `overruns`.
/// - A peer that says that nobody listens there (ICMP port unreachable) has lost what was sent, no
///   more; it makes the link LOST with `REFUSED` if it was not heard since it last said so, or
///   ever. A peer that says nothing is not noticed.
public interface DatagramLink extends Link {
  /// The peer as `address:port`.
  String peer();
}
