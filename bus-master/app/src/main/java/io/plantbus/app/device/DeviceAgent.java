package io.plantbus.app.device;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialLine;
import io.plantbus.master.trace.LineTap;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Owns one link and its client session for a caller that waits outside, one request at a time. It
/// opens the link with the first request, and again after it was lost.
final class DeviceAgent implements Agent, ClientEffects {
  private static final int BUFFER_BYTES = 512;

  /// A request on its way.
  record Call(
      UnitId unit, Request request, long timeoutNanos, CompletableFuture<Exchange> result) {}

  private final String name;
  private final LinkOpener opener;
  private final ClientSession session;
  private final LineTap tap;
  private final AtomicReference<@Nullable Call> slot = new AtomicReference<>();
  private final byte[] input = new byte[BUFFER_BYTES];
  private final byte[] output = new byte[BUFFER_BYTES];
  private int outputAt;
  private int outputLength;
  private @Nullable Call open;
  private @Nullable Link link;
  private @Nullable Exchange concluded;
  private boolean framingBroken;
  private long heardNanos = Long.MIN_VALUE;
  private volatile @Nullable AgentHandle handle;
  private volatile String applied = "";

  DeviceAgent(
      String name, LinkOpener opener, Function<ClientEffects, ClientSession> session, LineTap tap) {
    this.tap = tap;
    this.name = name;
    this.opener = opener;
    this.session = session.apply(this);
  }

  /// Hands a request over; any thread.
  void submit(Call call) {
    if (!slot.compareAndSet(null, call)) {
      throw new IllegalStateException("one request at a time");
    }
    AgentHandle running = handle;
    if (running != null) {
      running.wake();
    }
  }

  /// What a serial line was found to use after opening; empty before, and for other links.
  String appliedSettings() {
    return applied;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void started(AgentHandle running) {
    handle = running;
  }

  @Override
  public long step(long nowNanos) {
    try {
      Call waiting = slot.get();
      if (link == null && waiting == null) {
        return NEVER;
      }
      Link current = link == null ? connect(nowNanos) : link;
      receive(current, nowNanos);
      heardNanos = nowNanos;
      session.advance(nowNanos);
      tell();
      if (waiting != null
          && open == null
          && current.state() == LinkState.OPEN
          && session.canOffer(nowNanos)) {
        slot.set(null);
        open = waiting;
        session.offer(waiting.unit(), waiting.request(), waiting.timeoutNanos(), nowNanos);
      }
      flush(current, nowNanos);
      return session.deadline();
    } catch (PortException lost) {
      fail(lost, nowNanos);
      return NEVER;
    }
  }

  private Link connect(long nowNanos) throws PortException {
    Link opened = opener.open();
    link = opened;
    session.reset(nowNanos);
    AgentHandle running = handle;
    if (running != null) {
      opened.onActivity(running::wake);
    }
    if (opened instanceof SerialLine line) {
      applied = line.appliedSettings();
    }
    return opened;
  }

  private void receive(Link from, long nowNanos) throws PortException {
    for (int n = from.read(input, 0, input.length); n > 0; n = from.read(input, 0, input.length)) {
      heardNanos = Math.clamp(from.arrivalNanos(), heardNanos, Math.max(heardNanos, nowNanos));
      tap.received(input, 0, n, heardNanos);
      session.receive(input, 0, n, heardNanos);
    }
  }

  private void flush(Link to, long nowNanos) throws PortException {
    while (outputAt < outputLength) {
      int taken = to.write(output, outputAt, outputLength - outputAt);
      if (taken == 0) {
        return;
      }
      tap.sent(output, outputAt, taken, nowNanos);
      outputAt += taken;
    }
  }

  private void fail(PortException lost, long nowNanos) {
    tell();
    Call unanswered = open != null ? open : slot.getAndSet(null);
    open = null;
    session.reset(nowNanos);
    outputAt = 0;
    outputLength = 0;
    closeLink();
    if (unanswered != null) {
      unanswered.result().completeExceptionally(lost);
    }
  }

  private void closeLink() {
    Link closing = link;
    link = null;
    if (closing != null) {
      closing.close();
    }
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    System.arraycopy(bytes, offset, output, 0, length);
    outputAt = 0;
    outputLength = length;
  }

  @Override
  public void close() {
    framingBroken = true;
    closeLink();
  }

  @Override
  public void concluded(
      long transaction,
      UnitId unit,
      Request request,
      Outcome outcome,
      long sentNanos,
      long nowNanos) {
    concluded = new Exchange(request, Exchange.kept(outcome), nowNanos - sentNanos);
  }

  /// Tells the caller once the session is done with the bytes at hand: only then is it known
  /// whether an abort came of them.
  private void tell() {
    Exchange exchange = concluded;
    Call done = open;
    if (exchange == null) {
      return;
    }
    concluded = null;
    open = null;
    boolean garbage = framingBroken && exchange.outcome() instanceof Outcome.Aborted;
    framingBroken = false;
    if (done != null) {
      done.result()
          .complete(
              garbage
                  ? new Exchange(
                      exchange.request(),
                      new Outcome.Noise(Outcome.NoiseReason.GARBAGE),
                      exchange.roundTripNanos())
                  : exchange);
    }
  }

  @Override
  public void stopped() {
    closeLink();
    PortException closed = new PortException(PortFault.CLOSED, name + " was closed");
    for (Call call : new Call[] {open, slot.getAndSet(null)}) {
      if (call != null) {
        call.result().completeExceptionally(closed);
      }
    }
  }
}
