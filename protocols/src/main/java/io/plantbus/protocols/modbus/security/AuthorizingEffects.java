package io.plantbus.protocols.modbus.security;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerSession;
import org.jspecify.annotations.Nullable;

/// Stands between a session and what executes its requests, and has the session refuse with
/// exception 01 what the client may not ask for (Modbus/TCP Security). Belongs to the session's
/// thread.
///
/// ```
///  session ─requested─▶ allowed? ─ yes ─▶ executor
///     ▲                    └ no
///     └──answer: exception 01 ┘
/// ```
///
/// Make it, make the session with it, then [#attach] the session.
public final class AuthorizingEffects implements ServerEffects {
  /// Told of each request that was refused, on the session's thread; must be quick.
  @FunctionalInterface
  public interface DenialObserver {
    /// A request was refused.
    ///
    /// @param role the client's, or null if it has none
    /// @param request valid until this call returns
    /// @param denials refused on this connection so far, this one included
    void denied(@Nullable Role role, UnitId unit, Request request, long denials);
  }

  private final AuthorizationTable table;
  private final @Nullable Role role;
  private final ServerEffects executor;
  private final DenialObserver observer;
  private @Nullable ServerSession session;
  private long denials;

  /// @param role the client's, or null if it has none
  public AuthorizingEffects(
      AuthorizationTable table,
      @Nullable Role role,
      ServerEffects executor,
      DenialObserver observer) {
    this.table = table;
    this.role = role;
    this.executor = executor;
    this.observer = observer;
  }

  /// Tells which session to refuse by.
  public void attach(ServerSession newSession) {
    session = newSession;
  }

  /// Requests refused so far.
  public long denials() {
    return denials;
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    executor.send(bytes, offset, length);
  }

  /// @throws IllegalStateException if no session was attached
  @Override
  public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
    if (table.allows(role, unit, request)) {
      executor.requested(ticket, unit, request, nowNanos);
      return;
    }
    ServerSession answering = session;
    if (answering == null) {
      throw new IllegalStateException("no session is attached");
    }
    denials++;
    observer.denied(role, unit, request, denials);
    answering.answer(ticket, Response.Refusal.of(ExceptionCode.ILLEGAL_FUNCTION), nowNanos);
  }

  @Override
  public void close() {
    executor.close();
  }
}
