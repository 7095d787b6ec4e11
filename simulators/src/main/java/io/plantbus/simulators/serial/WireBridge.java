package io.plantbus.simulators.serial;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import org.jspecify.annotations.Nullable;

/// Makes whoever is at the other end of a link a station on a simulated pair, such as somebody's
/// master at a pseudo terminal:
///
/// ```
///  program ══ pseudo terminal ══ outer link ─▶ station ── pair ── slaves
///                                           ◀─
/// ```
///
/// Bytes from outside are sent at the pair's speed, however fast they came. What the outside does
/// not take at once is lost, as in an adapter whose program does not read. Either end is opened
/// again when it was lost.
public final class WireBridge implements Agent {
  private static final long PAUSE_NANOS = 200_000_000;

  private final String name;
  private final LinkOpener outside;
  private final LinkOpener station;
  private final byte[] inwards = new byte[512];
  private final byte[] outwards = new byte[512];
  private @Nullable Link outer;
  private @Nullable Link inner;
  private @Nullable AgentHandle handle;
  private int from;
  private int until;
  private long openAtNanos = Long.MIN_VALUE;

  /// @param outside opens the link to somebody else
  /// @param station opens a station of the pair
  public WireBridge(String name, LinkOpener outside, LinkOpener station) {
    this.name = name;
    this.outside = outside;
    this.station = station;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
  }

  @Override
  public long step(long nowNanos) {
    if (nowNanos < openAtNanos) {
      return openAtNanos;
    }
    try {
      Link out = outer == null ? open(outside) : outer;
      outer = out;
      Link in = inner == null ? open(station) : inner;
      inner = in;
      if (out.state() == LinkState.CONNECTING) {
        return NEVER;
      }
      carryIn(out, in);
      carryOut(in, out);
      return NEVER;
    } catch (PortException _) {
      release();
      openAtNanos = nowNanos + PAUSE_NANOS;
      return openAtNanos;
    }
  }

  private Link open(LinkOpener opener) throws PortException {
    Link opened = opener.open();
    if (handle != null) {
      opened.onActivity(handle::wake);
    }
    return opened;
  }

  private void carryIn(Link out, Link in) throws PortException {
    do {
      if (from == until) {
        from = 0;
        until = out.read(inwards, 0, inwards.length);
      }
      from += in.write(inwards, from, until - from);
    } while (until > 0 && from == until);
  }

  private void carryOut(Link in, Link out) throws PortException {
    for (int count = in.read(outwards, 0, outwards.length);
        count > 0;
        count = in.read(outwards, 0, outwards.length)) {
      out.write(outwards, 0, count);
    }
  }

  private void release() {
    if (outer != null) {
      outer.close();
      outer = null;
    }
    if (inner != null) {
      inner.close();
      inner = null;
    }
    from = 0;
    until = 0;
  }

  @Override
  public void stopped() {
    release();
  }
}
