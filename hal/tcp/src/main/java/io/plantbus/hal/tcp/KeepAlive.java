package io.plantbus.hal.tcp;

import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import java.util.Map;

/// How soon the operating system notices that the peer of an open connection is gone without having
/// said so: powered off, unplugged, or behind a router that forgot it.
///
/// ```
///  nothing to send:  last byte heard ──idle──▶ probe ──interval──▶ probe … ─▶ LOST
///  bytes on the way: sent ───────────────unacknowledged─────────────────────▶ LOST
/// ```
///
/// It is set where the transport can, which is on Linux; elsewhere connections are kept alive at
/// the pace of the operating system, often two hours.
///
/// @param idleSeconds silence before the first probe, 1..32767 s
/// @param intervalSeconds time between probes, 1..32767 s
/// @param probes unanswered probes after which the connection is lost, 1..127
/// @param unacknowledgedMillis how long sent bytes or a probe may go unacknowledged, 1 ms and up
///   (`TCP_USER_TIMEOUT`)
public record KeepAlive(
    int idleSeconds, int intervalSeconds, int probes, int unacknowledgedMillis) {
  /// A peer that is gone is noticed within a minute.
  public static final KeepAlive DEFAULT = new KeepAlive(30, 10, 3, 60_000);

  private static final int MOST_SECONDS = 32_767;

  private static final int MOST_PROBES = 127;

  public KeepAlive {
    requireWithin("idle seconds", idleSeconds, MOST_SECONDS);
    requireWithin("interval seconds", intervalSeconds, MOST_SECONDS);
    requireWithin("probes", probes, MOST_PROBES);
    requireWithin("unacknowledged milliseconds", unacknowledgedMillis, Integer.MAX_VALUE);
  }

  private static void requireWithin(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(what + " must be 1.." + most + ", was " + value);
    }
  }

  /// What to set on a channel beyond `SO_KEEPALIVE`.
  Map<ChannelOption<Integer>, Integer> options(Transport transport) {
    return switch (transport) {
      case EPOLL ->
          Map.of(
              EpollChannelOption.TCP_KEEPIDLE, idleSeconds,
              EpollChannelOption.TCP_KEEPINTVL, intervalSeconds,
              EpollChannelOption.TCP_KEEPCNT, probes,
              EpollChannelOption.TCP_USER_TIMEOUT, unacknowledgedMillis);
      case NIO -> Map.of();
    };
  }
}
