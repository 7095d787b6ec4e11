package io.plantbus.hal;

import java.net.InetAddress;
import java.util.function.Predicate;

/// Whom a listener takes, and how many of them.
///
/// ```
///  address ─ admitted? ─ no ─▶ turned away
///                │
///               yes ─▶ one of reservedPlaces, for reserved clients
///                      else one of maxConnections
///                      else as whenFull says
///                      else, for reserved clients, that of their address's longest silent link
/// ```
///
/// The predicates are asked on the listener's thread: they must be quick and must not throw.
///
/// @param maxConnections places for everybody, 1..65536
/// @param reservedPlaces further places that only `reserved` clients get, 0..65536: no crowd of
///   others can lock those out
/// @param reserved the addresses of configured clients
/// @param admitted the addresses that are served at all
/// @param whenFull what happens to a client that finds no place
/// @param idleNanos how long a peer may send nothing before its link is closed, or 0: for ever over
///   a stream, and as long as the port thinks right over datagrams
public record ListenSettings(
    int maxConnections,
    int reservedPlaces,
    Predicate<InetAddress> reserved,
    Predicate<InetAddress> admitted,
    WhenFull whenFull,
    long idleNanos) {
  private static final int MOST_PLACES = 65_536;

  /// Settings of them are equal if all else is.
  private enum Clients implements Predicate<InetAddress> {
    NOBODY,
    EVERYBODY;

    @Override
    public boolean test(InetAddress address) {
      return this == EVERYBODY;
    }
  }

  /// What a full listener does.
  public enum WhenFull {
    /// The newcomer is turned away.
    REFUSE,
    /// The unreserved link that has been silent for longest is closed, and the newcomer gets its
    /// place; turned away if all links are of reserved clients.
    CLOSE_IDLEST
  }

  public ListenSettings {
    if (maxConnections < 1 || maxConnections > MOST_PLACES) {
      throw new IllegalArgumentException(
          "connections must be 1.." + MOST_PLACES + ", was " + maxConnections);
    }
    if (reservedPlaces < 0 || reservedPlaces > MOST_PLACES) {
      throw new IllegalArgumentException(
          "reserved places must be 0.." + MOST_PLACES + ", was " + reservedPlaces);
    }
    if (idleNanos < 0) {
      throw new IllegalArgumentException("an idle time-out must be 0 or more");
    }
  }

  /// So many from anywhere, one more is turned away, and none is closed for being idle.
  public static ListenSettings of(int maxConnections) {
    return new ListenSettings(
        maxConnections, 0, Clients.NOBODY, Clients.EVERYBODY, WhenFull.REFUSE, 0);
  }

  /// The same with places that only some clients get.
  ///
  /// @param places 0..65536
  public ListenSettings reserving(int places, Predicate<InetAddress> clients) {
    return new ListenSettings(maxConnections, places, clients, admitted, whenFull, idleNanos);
  }

  /// The same for some clients only.
  public ListenSettings admitting(Predicate<InetAddress> clients) {
    return new ListenSettings(
        maxConnections, reservedPlaces, reserved, clients, whenFull, idleNanos);
  }

  /// The same with another way to deal with a client too many.
  public ListenSettings whenFull(WhenFull policy) {
    return new ListenSettings(
        maxConnections, reservedPlaces, reserved, admitted, policy, idleNanos);
  }

  /// The same with an idle time-out.
  public ListenSettings closingIdleAfter(long nanos) {
    return new ListenSettings(maxConnections, reservedPlaces, reserved, admitted, whenFull, nanos);
  }
}
