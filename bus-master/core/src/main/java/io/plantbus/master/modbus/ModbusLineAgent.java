package io.plantbus.master.modbus;

import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamLink;
import io.plantbus.master.account.LineAccount;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.DeviceHealth;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineAgent;
import io.plantbus.master.line.LineBoard;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.poll.Phases;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.master.write.WriteQueue;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Owns one Modbus line, serial or TCP: opens it, drives its session, and opens it again when it is
/// lost.
///
/// ```
///  step:  open or reopen ─▶ read ─▶ session ─▶ outcomes ─▶ image, health
///                                      ▲
///              writes, then polls ─────┘─▶ bytes ─▶ link
/// ```
public final class ModbusLineAgent implements LineAgent {
  private static final int READS_PER_STEP = 32;
  private static final long OBSERVE_EVERY_NANOS = 1_000_000_000;
  private static final int FIRST_SILENCES_TO_RECONNECT = 3;
  private static final int MOST_SILENCES_TO_RECONNECT = 96;

  private final LineSpec line;
  private final LiveImage image;
  private final LineBoard board;
  private final WriteQueue writes;
  private final ModbusTraffic traffic;
  private final ClientSession session;
  private final LineConnection connection;
  private final SendBuffer unsent = new SendBuffer();
  private final LineTap tap;
  private final byte[] received = new byte[1024];
  private final Phases phases = new Phases();
  private final AtomicReference<@Nullable List<DeviceSpec>> replacement = new AtomicReference<>();
  private @Nullable AgentHandle handle;
  private @Nullable String fault;
  private long sessionNanos = Long.MIN_VALUE;
  private long heardNanos;
  private long observeAtNanos = Long.MIN_VALUE;
  private volatile Map<String, DeviceObservations> observations = Map.of();
  private int silences;
  private int silencesToReconnect = FIRST_SILENCES_TO_RECONNECT;

  /// @param line a line of Modbus RTU or TCP
  /// @param devices those on it, each addressed by unit id
  /// @param opener how its port is opened; used on the agent's thread
  /// @param image where its values go
  /// @param observed what is known about its devices from before
  /// @param clock of the agent's runner, for the wall-clock time of samples
  public ModbusLineAgent(
      LineSpec line,
      List<DeviceSpec> devices,
      LinkOpener opener,
      LiveImage image,
      Observations observed,
      NanoClock clock) {
    this.line = line;
    this.image = image;
    this.writes = new WriteQueue(line.name());
    int window = Sessions.window(line);
    List<ModbusDevice> members = new ArrayList<>();
    List<DeviceHealth> health = new ArrayList<>();
    int share = share(devices);
    for (DeviceSpec spec : devices) {
      ModbusDevice member =
          new ModbusDevice(line, spec, share, image, phases, observed.of(spec.name()));
      members.add(member);
      health.add(member.health);
    }
    this.board = new LineBoard(line.name(), health, LineAccount.of(line, devices));
    this.traffic = new ModbusTraffic(line, window, members, board, writes, image, clock);
    this.session = Sessions.open(line.transport(), new Effects());
    this.connection = new LineConnection(line, opener, this::wake);
    this.tap = new LineTap(TappedLine.of(line), line.captureBytes());
  }

  /// The most transactions of one device under way at once: with others on the line, they must find
  /// room beside one that is silent.
  private int share(List<DeviceSpec> devices) {
    int window = Sessions.window(line);
    return devices.size() == 1 ? window : Math.max(1, window - 1);
  }

  @Override
  public boolean replace(List<DeviceSpec> devices) {
    replacement.set(List.copyOf(devices));
    return true;
  }

  private void rearrange(List<DeviceSpec> devices, long nowNanos) {
    Map<String, ModbusDevice> former = new HashMap<>();
    for (ModbusDevice device : traffic.devices()) {
      former.put(device.spec.name(), device);
    }
    int share = share(devices);
    List<ModbusDevice> members = new ArrayList<>();
    for (DeviceSpec spec : devices) {
      ModbusDevice same = former.get(spec.name());
      boolean stays = same != null && same.spec.equals(spec);
      members.add(stays ? same : successor(spec, same, share));
      members.getLast().window(share);
    }
    traffic.replace(members, connection.open() != null, nowNanos);
    for (ModbusDevice member : members) {
      member.polls().forEach(ModbusPoll::forgetAges);
    }
    board.members(
        members.stream().map(member -> member.health).toList(), LineAccount.of(line, devices));
  }

  /// What is known about a device holds as long as it is one of the same kind at the same address.
  private ModbusDevice successor(DeviceSpec spec, @Nullable ModbusDevice former, int share) {
    DeviceObservations known =
        former == null || !isSameKind(former.spec, spec)
            ? DeviceObservations.NONE
            : former.plan.observations();
    return new ModbusDevice(line, spec, share, image, phases, known);
  }

  private static boolean isSameKind(DeviceSpec before, DeviceSpec after) {
    return before.address().equals(after.address())
        && before.profile().limits().equals(after.profile().limits());
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
  }

  private void wake() {
    if (handle != null) {
      handle.wake();
    }
  }

  @Override
  public long step(long nowNanos) {
    List<DeviceSpec> others = replacement.getAndSet(null);
    if (others != null) {
      rearrange(others, nowNanos);
    }
    switch (connection.step(nowNanos)) {
      case OPENED -> opened(nowNanos);
      case LOST -> down(nowNanos);
      case NONE -> {}
    }
    Link link = connection.open();
    boolean more = false;
    if (link != null) {
      try {
        more = exchange(link, nowNanos);
      } catch (PortException failure) {
        fault = failure.getMessage();
      }
    }
    if (fault != null) {
      connection.lose(fault, nowNanos);
      down(nowNanos);
    }
    long expiry = writes.expire(nowNanos);
    publish(nowNanos);
    return more ? nowNanos : Math.min(expiry, deadline(nowNanos));
  }

  private void publish(long nowNanos) {
    board.publish(session.counters().lateAnswers(), writes.size(), nowNanos);
    if (nowNanos >= observeAtNanos) {
      observeAtNanos = nowNanos + OBSERVE_EVERY_NANOS;
      observations = traffic.observations();
    }
  }

  private void opened(long nowNanos) {
    session.reset(nowNanos);
    unsent.clear();
    silences = 0;
    heardNanos = nowNanos;
    board.connected(connection.port());
    tap.opened(nowNanos);
    traffic.lineUp(nowNanos);
  }

  private void down(long nowNanos) {
    fault = null;
    tap.lost(nowNanos);
    session.reset(nowNanos);
    board.busy(false, nowNanos);
    board.disconnected(connection.trouble());
    traffic.lineDown(connection.trouble(), image);
  }

  /// Reads, lets time pass, and sends.
  ///
  /// @return whether more bytes wait to be read
  private boolean exchange(Link link, long nowNanos) throws PortException {
    boolean more = receive(link, nowNanos);
    sessionNanos = nowNanos;
    session.advance(nowNanos);
    unsent.flush(link, tap, nowNanos);
    while (fault == null && unsent.isEmpty() && session.canOffer(nowNanos)) {
      if (!traffic.sendNext(session, nowNanos)) {
        break;
      }
      unsent.flush(link, tap, nowNanos);
    }
    return more;
  }

  private boolean receive(Link link, long nowNanos) throws PortException {
    for (int reads = 0; reads < READS_PER_STEP; reads++) {
      int length = link.read(received, 0, received.length);
      if (length == 0) {
        return false;
      }
      tap.received(received, 0, length, link.arrivalNanos());
      silences = 0;
      heardNanos = nowNanos;
      traffic.heard();
      silencesToReconnect = FIRST_SILENCES_TO_RECONNECT;
      sessionNanos = Math.max(sessionNanos, Math.min(link.arrivalNanos(), nowNanos));
      session.receive(received, 0, length, sessionNanos);
    }
    return true;
  }

  private long deadline(long nowNanos) {
    long next = Math.min(connection.deadline(), board.publishAtNanos());
    if (connection.open() == null) {
      return next;
    }
    if (session.inFlight() == 0 && writes.size() == 0 && !session.canOffer(nowNanos)) {
      // Nobody has to be told that a silence is over before something is to be sent.
      return Math.min(next, Math.max(session.deadline(), traffic.nextDueNanos(nowNanos)));
    }
    next = Math.min(next, session.deadline());
    if (unsent.isEmpty() && session.canOffer(nowNanos)) {
      next = Math.min(next, traffic.nextDueNanos(nowNanos));
      next = Math.min(next, traffic.nextWriteNanos(nowNanos));
    }
    return next;
  }

  /// A connection on which nothing at all comes any more may be dead without either end knowing.
  private void heardNothing(long transaction, long nowNanos) {
    silences++;
    if (connection.open() instanceof StreamLink
        && silences >= silencesToReconnect
        && nowNanos - heardNanos >= FIRST_SILENCES_TO_RECONNECT * line.responseTimeoutNanos()
        && !traffic.asksAnother(transaction, nowNanos)) {
      fault = "nothing came from the peer after " + silences + " requests; connecting anew";
      silencesToReconnect = Math.min(2 * silencesToReconnect, MOST_SILENCES_TO_RECONNECT);
    }
  }

  private final class Effects implements ClientEffects {
    @Override
    public void send(byte[] bytes, int offset, int length) {
      unsent.add(bytes, offset, length);
    }

    @Override
    public void concluded(
        long transaction,
        UnitId unit,
        Request request,
        Outcome outcome,
        long sentNanos,
        long nowNanos) {
      switch (outcome) {
        case Outcome.Answered _, Outcome.Refused _ -> connection.answered();
        case Outcome.Silence _ -> {
          if (!traffic.isSilenceExpected(transaction)) {
            heardNothing(transaction, nowNanos);
          }
        }
        case Outcome.Noise _, Outcome.Aborted _, Outcome.Broadcast _ -> {}
      }
      traffic.concluded(transaction, request, outcome, sentNanos, nowNanos);
    }

    @Override
    public void answeredLate(UnitId unit, long nowNanos) {
      traffic.answeredLate(unit, nowNanos);
    }

    @Override
    public void close() {
      fault = "the peer sent what is no Modbus TCP";
    }
  }

  @Override
  public void failed(RuntimeException failure) {
    board.failed(failure);
    writes.close(board.trouble());
    traffic.lineDown(board.trouble(), image);
    board.publish(session.counters().lateAnswers(), 0, sessionNanos);
  }

  @Override
  public void stopped() {
    connection.close();
    session.reset(sessionNanos);
    writes.close("line " + line.name() + " is stopped");
  }

  @Override
  public LineReport report() {
    return board.report();
  }

  @Override
  public List<DeviceReport> devices() {
    return board.devices();
  }

  @Override
  public Map<String, DeviceObservations> observations() {
    return observations;
  }

  @Override
  public LineTap tap() {
    return tap;
  }

  @Override
  public WriteQueue writes() {
    return writes;
  }
}
