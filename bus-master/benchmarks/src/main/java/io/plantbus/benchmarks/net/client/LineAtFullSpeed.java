package io.plantbus.benchmarks.net.client;

import io.plantbus.benchmarks.net.Load;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.TcpClientSession;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A TCP line at full speed: the client session on the event loop of its channel, its window always
/// full, and its bytes kept by a tap as on every line.
final class LineAtFullSpeed implements Agent, ClientEffects {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LinkOpener opener;
  private final Request request;
  private final TcpClientSession session;
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  /// Small enough to have all of its memory from the beginning.
  private final LineTap tap =
      new LineTap(TappedLine.stream("line", "tcp", StreamFraming.MBAP, TIMEOUT_NANOS), 16 * 1024);

  private final byte[] buffer = new byte[4096];
  private @Nullable AgentHandle handle;
  private @Nullable Link link;
  private volatile @Nullable Meter meter;
  private volatile @Nullable String failure;
  private boolean more = true;
  private long steppedNanos;

  LineAtFullSpeed(LinkOpener opener, Load load) {
    this.opener = opener;
    this.request =
        new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, load.registers()));
    this.session = new TcpClientSession(load.window(), this);
  }

  void awaitOpen() throws InterruptedException {
    opened.await();
    throwFailure();
  }

  /// Starts, with the next step.
  void begin(Meter newMeter) {
    meter = newMeter;
  }

  void awaitEnd() throws InterruptedException {
    done.await();
    throwFailure();
  }

  private void throwFailure() {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private void fail(@Nullable String why) {
    failure = Objects.requireNonNullElse(why, "unknown");
    opened.countDown();
    done.countDown();
  }

  @Override
  public String name() {
    return "line";
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
  }

  @Override
  public long step(long nowNanos) {
    steppedNanos = nowNanos;
    try {
      Link open = link;
      if (open == null) {
        open = opener.open();
        open.onActivity(Objects.requireNonNull(handle)::wake);
        link = open;
      }
      if (open.state() == LinkState.CONNECTING) {
        return NEVER;
      }
      opened.countDown();
      int length = open.read(buffer, 0, buffer.length);
      if (length > 0) {
        tap.received(buffer, 0, length, open.arrivalNanos());
        session.receive(buffer, 0, length, open.arrivalNanos());
      }
      while (meter != null && more && session.canOffer(nowNanos)) {
        session.offer(UnitId.of(1), request, TIMEOUT_NANOS, nowNanos);
      }
      session.advance(nowNanos);
      return session.deadline();
    } catch (PortException lost) {
      fail(lost.getMessage());
      return NEVER;
    }
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    try {
      if (Objects.requireNonNull(link).write(bytes, offset, length) != length) {
        throw new IllegalStateException("the send buffer is full");
      }
      tap.sent(bytes, offset, length, steppedNanos);
    } catch (PortException lost) {
      fail(lost.getMessage());
    }
  }

  @Override
  public void concluded(
      long transaction,
      UnitId unit,
      Request asked,
      Outcome outcome,
      long sentNanos,
      long nowNanos) {
    if (!(outcome instanceof Outcome.Answered)) {
      fail("a transaction ended as " + outcome);
    }
    more = Objects.requireNonNull(meter).answered(sentNanos, System.nanoTime());
    if (!more && session.inFlight() == 0) {
      done.countDown();
    }
  }

  @Override
  public void stopped() {
    if (link != null) {
      link.close();
    }
  }
}
