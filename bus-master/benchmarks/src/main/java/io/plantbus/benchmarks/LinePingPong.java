package io.plantbus.benchmarks;

import com.sun.management.ThreadMXBean;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamPort;
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
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A TCP line at full speed: the client session on the event loop of its channel, the next request
/// offered from within the end of the last, and its bytes kept by a tap as on every line.
final class LinePingPong implements Agent, ClientEffects {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LinkOpener opener;
  private final Request request;
  private final TcpClientSession session;
  private final CountDownLatch done = new CountDownLatch(1);
  private final LineTap tap =
      new LineTap(TappedLine.stream("line", "tcp", StreamFraming.MBAP, TIMEOUT_NANOS));
  private final byte[] buffer = new byte[4096];
  private @Nullable AgentHandle handle;
  private @Nullable Link link;
  private @Nullable String failure;
  private int left;
  private long steppedNanos;
  private long startNanos;
  private long endNanos;
  private long startBytes;
  private long endBytes;

  private LinePingPong(LinkOpener opener, int count, int transactions, int window) {
    this.opener = opener;
    this.request = new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, count));
    this.left = transactions;
    this.session = new TcpClientSession(window, this);
  }

  /// @param perSecond transactions per second
  /// @param bytesAllocated by the line's thread, per transaction
  record Result(double perSecond, double bytesAllocated) {}

  static Result run(StreamPort port, int tcpPort, int count, int transactions, int window)
      throws InterruptedException {
    AgentRunner runner = port.newRunner();
    LinePingPong run =
        new LinePingPong(
            port.opener(runner, "127.0.0.1", tcpPort, TIMEOUT_NANOS), count, transactions, window);
    AgentHandle handle = runner.start(run);
    run.done.await();
    handle.stop();
    if (run.failure != null) {
      throw new IllegalStateException(run.failure);
    }
    return new Result(
        transactions * 1e9 / (run.endNanos - run.startNanos),
        (double) (run.endBytes - run.startBytes) / transactions);
  }

  @Override
  public String name() {
    return "ping-pong";
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
        return Agent.NEVER;
      }
      if (startNanos == 0) {
        startNanos = nowNanos;
        startBytes = allocatedBytes();
      }
      int length = open.read(buffer, 0, buffer.length);
      if (length > 0) {
        tap.received(buffer, 0, length, open.arrivalNanos());
        session.receive(buffer, 0, length, open.arrivalNanos());
      }
      while (left > session.inFlight() && session.canOffer(nowNanos)) {
        session.offer(UnitId.of(1), request, TIMEOUT_NANOS, nowNanos);
      }
      session.advance(nowNanos);
      return session.deadline();
    } catch (PortException lost) {
      failure = lost.getMessage();
      done.countDown();
      return Agent.NEVER;
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
      failure = lost.getMessage();
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
      failure = "a transaction ended as " + outcome;
    }
    left--;
    if (left == 0) {
      endNanos = System.nanoTime();
      endBytes = allocatedBytes();
      done.countDown();
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Override
  public void stopped() {
    if (link != null) {
      link.close();
    }
  }
}
