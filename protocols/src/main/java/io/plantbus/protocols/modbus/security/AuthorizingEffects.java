package io.plantbus.protocols.modbus.security;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.ServerEffects;
import org.jspecify.annotations.Nullable;

/// Stands between a session and what executes its requests, and has the session refuse with
/// exception 01 what the client may not ask for (Modbus/TCP Security), diagnostics that the session
/// answers by itself included. Belongs to the session's thread.
///
/// ```
///  session ─allows?─▶ table ─ yes ─▶ executor's own opinion
///     │                └ no ─▶ exception 01
///     └─requested, intercepts, send, close ─▶ executor
/// ```
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

  /// Requests refused so far.
  public long denials() {
    return denials;
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    executor.send(bytes, offset, length);
  }

  @Override
  public boolean allows(UnitId unit, Request request) {
    if (table.allows(role, unit, request)) {
      return executor.allows(unit, request);
    }
    denials++;
    observer.denied(role, unit, request, denials);
    return false;
  }

  @Override
  public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
    executor.requested(ticket, unit, request, nowNanos);
  }

  @Override
  public boolean intercepts(long ticket, UnitId unit, Response response, long nowNanos) {
    return executor.intercepts(ticket, unit, response, nowNanos);
  }

  @Override
  public void close() {
    executor.close();
  }
}
