package io.plantbus.app.scada;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamLink;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.security.AuthorizationTable;
import io.plantbus.protocols.modbus.security.AuthorizingEffects;
import io.plantbus.protocols.modbus.security.Role;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.TcpServerSession;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// One connected SCADA client. Its requests are executed by the desk; answers that come from the
/// threads of the lines wait in a queue, bounded by the session's window, until the client's own
/// thread sends them.
final class ScadaClient implements Agent, ServerEffects {
  private static final long HALF_REQUEST_NANOS = 5_000_000_000L;
  private static final int READ_BYTES = 1024;
  private static final int WRITE_BYTES = 32 * 1024;

  private final StreamLink link;
  private final ScadaDesk desk;
  private final String origin;
  private final TcpServerSession session;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final byte[] incoming = new byte[READ_BYTES];
  private final byte[] outgoing = new byte[WRITE_BYTES];
  private int outgoingLength;
  private @Nullable AgentHandle handle;

  private record Answer(long ticket, Response response) {}

  /// @param link open, so that its peer has proved who it is
  /// @param security null if everybody may do everything
  ScadaClient(StreamLink link, ScadaDesk desk, @Nullable ScadaSecurity security, Denials denials) {
    this.link = link;
    this.desk = desk;
    Role role = security == null ? null : role(link);
    this.origin = "scada " + link.peer() + (role == null ? "" : " as " + role.name());
    this.session =
        new TcpServerSession(
            TcpServerSession.MAX_WINDOW,
            HALF_REQUEST_NANOS,
            security == null ? this : authorized(security.table(), role, denials));
  }

  private static @Nullable Role role(StreamLink link) {
    X509Certificate certificate = link.peerCertificate();
    return certificate == null ? null : Role.of(certificate);
  }

  private ServerEffects authorized(AuthorizationTable table, @Nullable Role role, Denials denials) {
    return new AuthorizingEffects(
        table, role, this, (denied, _, request, _) -> denials.add(link.peer(), denied, request));
  }

  @Override
  public String name() {
    return origin;
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
    link.onActivity(newHandle::wake);
  }

  @Override
  public long step(long nowNanos) {
    if (link.state() == LinkState.CLOSED) {
      return NEVER;
    }
    try {
      answerAll(nowNanos);
      receive(nowNanos);
      session.advance(nowNanos);
      flush();
    } catch (PortException _) {
      link.close();
      return NEVER;
    }
    return session.deadline();
  }

  /// Takes no more requests than the session and the way back have room for; the rest waits in the
  /// link, and so at the client.
  private void receive(long nowNanos) throws PortException {
    while (session.accepts() && outgoingLength < WRITE_BYTES / 2) {
      int length = link.read(incoming, 0, incoming.length);
      if (length == 0) {
        return;
      }
      session.receive(incoming, 0, length, nowNanos);
      answerAll(nowNanos);
    }
  }

  private void answerAll(long nowNanos) {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      session.answer(answer.ticket(), answer.response(), nowNanos);
    }
  }

  private void flush() throws PortException {
    int sent = link.write(outgoing, 0, outgoingLength);
    outgoingLength -= sent;
    System.arraycopy(outgoing, sent, outgoing, 0, outgoingLength);
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    if (length > outgoing.length - outgoingLength) {
      close();
      return;
    }
    System.arraycopy(bytes, offset, outgoing, outgoingLength, length);
    outgoingLength += length;
  }

  @Override
  public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
    desk.execute(request, origin, nowNanos, response -> reply(ticket, response));
  }

  /// Called by any thread, this client's own included: the answer goes out in the next step.
  private void reply(long ticket, Response response) {
    answers.add(new Answer(ticket, response));
    AgentHandle waker = handle;
    if (waker != null) {
      waker.wake();
    }
  }

  @Override
  public void close() {
    link.close();
  }

  @Override
  public void stopped() {
    link.close();
  }
}
