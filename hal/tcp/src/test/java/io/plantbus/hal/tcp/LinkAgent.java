package io.plantbus.hal.tcp;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamLink;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Opens a link, reads all that comes and remembers what it saw.
class LinkAgent implements Agent {
  final List<LinkState> states = new CopyOnWriteArrayList<>();
  final List<PortException> losses = new CopyOnWriteArrayList<>();
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  final CountDownLatch open = new CountDownLatch(1);
  final CountDownLatch lost = new CountDownLatch(1);
  final CountDownLatch stopped = new CountDownLatch(1);
  private final LinkOpener opener;
  private final byte[] buffer = new byte[512];
  private volatile @Nullable AgentHandle handle;
  private volatile @Nullable Link link;

  LinkAgent(LinkOpener opener) {
    this.opener = opener;
  }

  LinkAgent startOn(AgentRunner runner) {
    AgentHandle started = runner.start(this);
    handle = started;
    started.wake();
    return this;
  }

  AgentHandle handle() {
    return Objects.requireNonNull(handle);
  }

  StreamLink link() {
    return (StreamLink) Objects.requireNonNull(link);
  }

  @Override
  public String name() {
    return "link";
  }

  @Override
  public final long step(long nowNanos) {
    AgentHandle mine = handle;
    if (mine == null) {
      return NEVER;
    }
    try {
      Link current = link;
      if (current == null) {
        current = opener.open();
        link = current;
        current.onActivity(mine::wake);
      }
      LinkState state = current.state();
      if (states.isEmpty() || states.getLast() != state) {
        states.add(state);
      }
      if (state == LinkState.OPEN) {
        open.countDown();
      }
      return drive(current, nowNanos);
    } catch (PortException loss) {
      losses.add(loss);
      lost.countDown();
      return NEVER;
    }
  }

  /// Reads one buffer full, and asks for another step if there may be more.
  long drive(Link current, long nowNanos) throws PortException {
    int count = current.read(buffer, 0, buffer.length);
    received.write(buffer, 0, count);
    afterRead();
    return count > 0 ? nowNanos : NEVER;
  }

  void afterRead() {}

  @Override
  public void stopped() {
    Link current = link;
    if (current != null) {
      current.close();
    }
    stopped.countDown();
  }
}
