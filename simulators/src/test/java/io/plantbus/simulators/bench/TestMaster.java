package io.plantbus.simulators.bench;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.AsciiClientSession;
import io.plantbus.protocols.modbus.session.AsciiClientSettings;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.RtuClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSettings;
import io.plantbus.protocols.modbus.session.TcpClientSession;
import io.plantbus.protocols.modbus.session.UdpClientSession;
import io.plantbus.simulators.BusSimulation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks one request at a time over a link, in virtual time.
final class TestMaster implements Agent, ClientEffects {
  private static final long TIMEOUT_NANOS = 500_000_000;

  private final BusSimulation simulation;
  private final Link link;
  private final ClientSession session;
  private final AgentHandle handle;
  private @Nullable Request pending;
  private UnitId unit = UnitId.of(1);
  private @Nullable Outcome outcome;
  private long tookNanos;

  private TestMaster(
      BusSimulation simulation, Link link, Function<ClientEffects, ClientSession> session) {
    this.simulation = simulation;
    this.link = link;
    this.session = session.apply(this);
    this.handle = simulation.start(this);
    link.onActivity(handle::wake);
  }

  static TestMaster serial(BusSimulation simulation, Link link, SerialSettings settings) {
    return serial(simulation, link, settings, UserFunctions.NONE);
  }

  static TestMaster serial(
      BusSimulation simulation, Link link, SerialSettings settings, UserFunctions functions) {
    RtuTiming timing = new RtuTiming(settings.baud(), settings.bitsPerCharacter());
    return new TestMaster(
        simulation,
        link,
        effects -> new RtuClientSession(RtuClientSettings.of(timing), functions, effects));
  }

  static TestMaster ascii(BusSimulation simulation, Link link, AsciiClientSettings settings) {
    return new TestMaster(simulation, link, effects -> new AsciiClientSession(settings, effects));
  }

  static TestMaster tcp(BusSimulation simulation, Link link) {
    return new TestMaster(simulation, link, effects -> new TcpClientSession(1, effects));
  }

  static TestMaster udp(BusSimulation simulation, Link link) {
    return new TestMaster(simulation, link, effects -> new UdpClientSession(1, effects));
  }

  /// Asks and waits, in virtual time, for what becomes of it.
  Outcome ask(int unitId, Request request) {
    unit = UnitId.of(unitId);
    pending = request;
    outcome = null;
    handle.wake();
    simulation.runUntil(() -> outcome != null, simulation.nowNanos() + 10 * TIMEOUT_NANOS);
    Outcome became = outcome;
    if (became == null) {
      throw new AssertionError("the request never ended");
    }
    return became;
  }

  /// From the first byte of the last request to its end.
  long tookNanos() {
    return tookNanos;
  }

  @Override
  public String name() {
    return "test master";
  }

  @Override
  public long step(long nowNanos) {
    byte[] bytes = new byte[300];
    try {
      for (int count = link.read(bytes, 0, 300); count > 0; count = link.read(bytes, 0, 300)) {
        session.receive(bytes, 0, count, nowNanos);
      }
    } catch (PortException _) {
      session.reset(nowNanos);
      return NEVER;
    }
    session.advance(nowNanos);
    Request next = pending;
    if (next != null && link.state() == LinkState.OPEN && session.canOffer(nowNanos)) {
      pending = null;
      session.offer(unit, next, TIMEOUT_NANOS, nowNanos);
    }
    return session.deadline();
  }

  @Override
  public void stopped() {
    link.close();
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    try {
      link.write(bytes, offset, length);
    } catch (PortException lost) {
      throw new IllegalStateException(lost);
    }
  }

  @Override
  public void concluded(
      long transaction,
      UnitId asked,
      Request request,
      Outcome became,
      long sentNanos,
      long nowNanos) {
    tookNanos = nowNanos - sentNanos;
    outcome =
        became instanceof Outcome.Answered(var response)
            ? new Outcome.Answered(response.copy())
            : became;
  }
}
