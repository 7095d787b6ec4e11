package io.plantbus.app.interop.dissector;

import io.plantbus.app.interop.peers.PlantbusSlave;
import io.plantbus.app.interop.peers.PlantbusWords;
import io.plantbus.app.interop.peers.Programs;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.RtuClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSettings;
import io.plantbus.protocols.modbus.session.RtuServerSession;
import io.plantbus.protocols.modbus.session.RtuServerSettings;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerSession;
import io.plantbus.protocols.modbus.session.TcpClientSession;
import io.plantbus.protocols.modbus.session.TcpServerSession;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A client session and a server session of this project without a wire between them, in virtual
/// time, and every frame that either of them sent.
final class Conversation {
  private static final UnitId UNIT = UnitId.of(Script.UNIT);
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// One frame.
  ///
  /// @param request whether the client sent it
  /// @param atNanos when
  /// @param hex its bytes, two digits each
  record Frame(boolean request, long atNanos, String hex) {

    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  private final List<Frame> frames = new ArrayList<>();
  private final BankSlave slave = PlantbusSlave.make();
  private final ClientSession client;
  private final ServerSession server;
  private long nowNanos;

  private Conversation(
      Function<ClientEffects, ClientSession> client,
      Function<ServerEffects, ServerSession> server) {
    this.client = client.apply(new Client());
    this.server = server.apply(new Server());
  }

  /// Everything that is sent while the script is carried out.
  static List<Frame> overTcp() {
    return new Conversation(
            effects -> new TcpClientSession(1, effects),
            effects -> new TcpServerSession(1, TIMEOUT_NANOS, effects))
        .carryOut();
  }

  /// Everything that is sent while the script is carried out.
  static List<Frame> overRtu() {
    RtuTiming timing = new RtuTiming(19_200, 11);
    return new Conversation(
            effects -> new RtuClientSession(RtuClientSettings.of(timing), effects),
            effects -> new RtuServerSession(RtuServerSettings.of(timing, unit -> true), effects))
        .carryOut();
  }

  private void add(boolean request, byte[] bytes, int offset, int length) {
    String hex = HexFormat.of().formatHex(bytes, offset, offset + length);
    frames.add(new Frame(request, nowNanos, hex));
  }

  /// What our client asks.
  static List<Operation> operations() {
    return Script.OPERATIONS.stream()
        .filter(operation -> Programs.ALL.contains(operation.function()))
        .filter(PlantbusWords::exists)
        .toList();
  }

  private List<Frame> carryOut() {
    for (Operation operation : operations()) {
      while (!client.canOffer(nowNanos)) {
        nowNanos = client.deadline();
        client.advance(nowNanos);
      }
      client.offer(UNIT, PlantbusWords.request(operation), TIMEOUT_NANOS, nowNanos);
      byte[] request = frames.getLast().bytes();
      server.receive(request, 0, request.length, nowNanos);
      while (frames.getLast().request()) {
        nowNanos = server.deadline();
        server.advance(nowNanos);
      }
      byte[] answer = frames.getLast().bytes();
      client.receive(answer, 0, answer.length, nowNanos);
    }
    return frames;
  }

  private final class Client implements ClientEffects {
    @Override
    public void send(byte[] bytes, int offset, int length) {
      add(true, bytes, offset, length);
    }

    @Override
    public void concluded(
        long transaction,
        UnitId unit,
        Request request,
        Outcome outcome,
        long sentNanos,
        long endNanos) {}
  }

  private final class Server implements ServerEffects {
    @Override
    public void send(byte[] bytes, int offset, int length) {
      add(false, bytes, offset, length);
    }

    @Override
    public void requested(long ticket, UnitId unit, Request request, long atNanos) {
      Response response = slave.execute(request, atNanos);
      server.answer(ticket, response, atNanos);
    }

    @Override
    public void close() {
      throw new IllegalStateException("the client broke the framing");
    }
  }
}
