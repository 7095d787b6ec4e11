package io.plantbus.master;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.framing.Crc16;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A slave on an RTU line, alone, that answers each read with no more registers than it can give at
/// once, whatever was asked.
final class ShortSlave implements Agent {
  private static final int REQUEST_BYTES = 8;
  private static final long TURNAROUND_NANOS = 3_000_000;

  private final LinkOpener opener;
  private final int most;
  private final byte[] request = new byte[256];
  private int filled;
  private long answerAtNanos = NEVER;
  private @Nullable Link link;
  private @Nullable AgentHandle handle;

  ShortSlave(LinkOpener opener, int most) {
    this.opener = opener;
    this.most = most;
  }

  @Override
  public String name() {
    return "short slave";
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
  }

  @Override
  public long step(long nowNanos) {
    try {
      Link open = link;
      if (open == null) {
        open = opener.open();
        open.onActivity(Objects.requireNonNull(handle)::wake);
        link = open;
      }
      filled += open.read(request, filled, request.length - filled);
      if (filled >= REQUEST_BYTES && answerAtNanos == NEVER) {
        answerAtNanos = nowNanos + TURNAROUND_NANOS;
      }
      if (nowNanos >= answerAtNanos) {
        answer(open);
      }
      return answerAtNanos;
    } catch (PortException lost) {
      throw new IllegalStateException(lost);
    }
  }

  private void answer(Link open) throws PortException {
    int given = Math.min(most, request[5] & 0xFF);
    byte[] frame = new byte[5 + 2 * given];
    frame[0] = request[0];
    frame[1] = request[1];
    frame[2] = (byte) (2 * given);
    Crc16.append(frame, 0, 3 + 2 * given);
    open.write(frame, 0, frame.length);
    filled = 0;
    answerAtNanos = NEVER;
  }

  @Override
  public void stopped() {
    if (link != null) {
      link.close();
    }
  }
}
