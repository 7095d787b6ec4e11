package io.plantbus.devices.slave;

import io.plantbus.hal.Link;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerSession;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries bytes between one link and one session, and requests from the session to the units.
/// Owned by the thread that steps its server.
///
/// ```
///  link ─read─▶ session ─requested─▶ unit: its fault, its device
///  link ◀─────── outgoing ◀─answer── session ◀── at once, or when its delay is over
/// ```
///
/// While the link takes no bytes none are read, so a client that does not listen is not served.
final class SlaveExchange implements ServerEffects {
  /// More than the longest datagram that can be a request, so that a longer one is seen as such.
  private static final int CHUNK_BYTES = 512;

  private static final int CHUNKS_PER_STEP = 16;

  private final SlaveUnits units;
  private final boolean serial;
  private final LineDiagnostics diagnostics;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final Outgoing outgoing;
  private final DelayedAnswers delayed = new DelayedAnswers();
  private boolean closing;
  private long lastNanos = Long.MIN_VALUE;
  private @Nullable ServerSession session;

  /// @param serial whether unit 0 is everybody and nobody answers for units that nobody has
  /// @param diagnostics those that the session keeps
  SlaveExchange(SlaveUnits units, boolean serial, LineDiagnostics diagnostics, Outgoing outgoing) {
    this.units = units;
    this.serial = serial;
    this.diagnostics = diagnostics;
    this.outgoing = outgoing;
  }

  /// The session whose effects this is; to be set before the first step.
  void attach(ServerSession attached) {
    session = attached;
  }

  private ServerSession session() {
    ServerSession attached = session;
    if (attached == null) {
      throw new IllegalStateException("no session attached");
    }
    return attached;
  }

  /// Forgets everything that belongs to a link that is gone.
  void reset() {
    session().reset();
    outgoing.clear();
    delayed.clear();
    closing = false;
  }

  /// Does what is due.
  ///
  /// @return when the next step is wanted, or [Agent#NEVER]
  long step(Link link, long nowNanos) throws PortException {
    delayed.release(session(), later(nowNanos));
    outgoing.flush(link);
    boolean more = receive(link);
    session().advance(later(nowNanos));
    outgoing.flush(link);
    return more ? nowNanos : Math.min(session().deadline(), delayed.deadline());
  }

  private boolean receive(Link link) throws PortException {
    for (int i = 0; i < CHUNKS_PER_STEP; i++) {
      if (closing || !outgoing.isEmpty() || !session().accepts()) {
        return false;
      }
      int count = link.read(chunk, 0, CHUNK_BYTES);
      if (count == 0) {
        return false;
      }
      session().receive(chunk, 0, count, later(link.arrivalNanos()));
      outgoing.flush(link);
    }
    return true;
  }

  /// Bytes may have arrived before the step that ended last: time never goes back for a session.
  private long later(long nanos) {
    lastNanos = Math.max(lastNanos, nanos);
    return lastNanos;
  }

  /// Whether the peer broke the framing, and everything due to it was handed over.
  boolean isOver() {
    return closing && outgoing.isEmpty();
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    outgoing.add(bytes, offset, length);
  }

  @Override
  public void close() {
    closing = true;
  }

  @Override
  public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
    if (serial && unit.equals(UnitId.BROADCAST)) {
      broadcast(request, nowNanos);
      session().answer(ticket, Response.Written.INSTANCE, nowNanos);
      return;
    }
    SlaveUnit target = target(unit);
    if (target != null) {
      serve(ticket, target, () -> target.device().execute(request, nowNanos), nowNanos);
      return;
    }
    ExceptionCode absent = serial ? null : units.absent();
    answer(ticket, absent == null ? null : Response.Refusal.of(absent), 0, nowNanos);
  }

  /// A unit whose fault keeps it from executing anything must not obey what its session would do
  /// for it, such as falling silent; its fault then decides what is sent, by [#intercepts].
  @Override
  public boolean allows(UnitId unit, Request request) {
    return executes(target(unit));
  }

  @Override
  public boolean obeysBroadcast(UnitId unit) {
    return executes(units.mapped(unit.value()));
  }

  private static boolean executes(@Nullable SlaveUnit unit) {
    return unit == null
        || switch (unit.fault()) {
          case SlaveFault.None _, SlaveFault.Late _ -> true;
          case SlaveFault.Mute _, SlaveFault.Refusing _ -> false;
        };
  }

  /// What the session would answer by itself is late, refused or missing with its unit's fault too.
  @Override
  public boolean intercepts(long ticket, UnitId unit, Response response, long nowNanos) {
    SlaveUnit target = target(unit);
    if (target != null) {
      serve(ticket, target, () -> target.device().answering(response, nowNanos), nowNanos);
    }
    return target != null;
  }

  private @Nullable SlaveUnit target(UnitId unit) {
    return serial ? units.mapped(unit.value()) : units.find(unit);
  }

  private void broadcast(Request request, long nowNanos) {
    units
        .units()
        .forEach(
            (id, unit) -> {
              if (executes(unit) && !diagnostics.unit(id.value()).isListenOnly()) {
                unit.device().execute(request, nowNanos);
              }
            });
  }

  private void serve(
      long ticket, SlaveUnit unit, Supplier<@Nullable Response> work, long nowNanos) {
    long delayNanos = unit.delayNanos();
    switch (unit.fault()) {
      case SlaveFault.None _ -> answer(ticket, work.get(), delayNanos, nowNanos);
      case SlaveFault.Mute _ -> session().ignore(ticket);
      case SlaveFault.Late(long nanos) -> answer(ticket, work.get(), delayNanos + nanos, nowNanos);
      case SlaveFault.Refusing(Response.Refusal refusal) ->
          answer(ticket, refusal, delayNanos, nowNanos);
    }
  }

  private void answer(long ticket, @Nullable Response response, long delayNanos, long nowNanos) {
    if (response == null) {
      session().ignore(ticket);
    } else if (delayNanos == 0) {
      session().answer(ticket, response, nowNanos);
    } else {
      delayed.add(ticket, response, nowNanos + delayNanos);
    }
  }
}
