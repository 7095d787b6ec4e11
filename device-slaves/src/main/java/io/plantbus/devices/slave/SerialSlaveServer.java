package io.plantbus.devices.slave;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.session.AsciiServerSession;
import io.plantbus.protocols.modbus.session.AsciiServerSettings;
import io.plantbus.protocols.modbus.session.RtuServerSession;
import io.plantbus.protocols.modbus.session.RtuServerSettings;
import io.plantbus.protocols.modbus.session.ServerCounters;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.protocols.modbus.session.ServerSession;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves any number of unit ids on one serial line, RTU or ASCII. Opens the line itself, and again
/// after it was lost, with pauses that double from 100 ms to 5 s.
public final class SerialSlaveServer implements Agent {
  private static final Logger LOGGER = LoggerFactory.getLogger(SerialSlaveServer.class);
  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;

  private final String name;
  private final LinkOpener opener;
  private final SlaveExchange exchange;
  private final ServerSession session;
  private final LineDiagnostics diagnostics;

  private @Nullable Link link;
  private @Nullable AgentHandle handle;
  private boolean broken;
  private long overruns;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long openAtNanos = Long.MIN_VALUE;

  /// A server of RTU frames.
  ///
  /// @param name of the line, for logs and the thread
  /// @param opener opens the line; called on the agent's thread
  /// @param settings of the line, which tell the silence between frames (SL 2.5.1.1)
  /// @param units who answers
  public SerialSlaveServer(
      String name, LinkOpener opener, SerialSettings settings, SlaveUnits units) {
    this(name, opener, settings, SerialFraming.RTU, units);
  }

  /// A server of either kind of frames.
  public SerialSlaveServer(
      String name,
      LinkOpener opener,
      SerialSettings settings,
      SerialFraming framing,
      SlaveUnits units) {
    this(
        name,
        opener,
        units,
        ServerServices.of(new LineDiagnostics()),
        (services, exchange) -> {
          RtuTiming timing = new RtuTiming(settings.baud(), settings.bitsPerCharacter());
          return switch (framing) {
            case RTU ->
                new RtuServerSession(
                    RtuServerSettings.of(timing, units::serves), services, exchange);
            case ASCII ->
                new AsciiServerSession(
                    AsciiServerSettings.of(timing.characterNanos(), units::serves),
                    services,
                    exchange);
          };
        });
  }

  /// A server of RTU frames.
  ///
  /// @param settings whom the session serves, and the times that it keeps
  public SerialSlaveServer(
      String name, LinkOpener opener, RtuServerSettings settings, SlaveUnits units) {
    this(name, opener, settings, ServerServices.of(new LineDiagnostics()), units);
  }

  /// @param settings whom the session serves, and the times that it keeps
  /// @param services user-defined functions that units execute, and the line's diagnostics
  public SerialSlaveServer(
      String name,
      LinkOpener opener,
      RtuServerSettings settings,
      ServerServices services,
      SlaveUnits units) {
    this(
        name,
        opener,
        units,
        services,
        (known, exchange) -> new RtuServerSession(settings, known, exchange));
  }

  /// A server of ASCII frames.
  ///
  /// @param settings whom the session serves, and the times that it keeps
  public SerialSlaveServer(
      String name, LinkOpener opener, AsciiServerSettings settings, SlaveUnits units) {
    this(name, opener, settings, ServerServices.of(new LineDiagnostics()), units);
  }

  /// @param settings whom the session serves, and the times that it keeps
  /// @param services user-defined functions that units execute, and the line's diagnostics
  public SerialSlaveServer(
      String name,
      LinkOpener opener,
      AsciiServerSettings settings,
      ServerServices services,
      SlaveUnits units) {
    this(
        name,
        opener,
        units,
        services,
        (known, exchange) -> new AsciiServerSession(settings, known, exchange));
  }

  private SerialSlaveServer(
      String name,
      LinkOpener opener,
      SlaveUnits units,
      ServerServices services,
      BiFunction<ServerServices, ServerEffects, ServerSession> sessions) {
    this.name = name;
    this.opener = opener;
    this.diagnostics = services.diagnostics();
    this.exchange = new SlaveExchange(units, true, diagnostics, new OutgoingBytes());
    this.session = sessions.apply(services, exchange);
    exchange.attach(session);
  }

  @Override
  public String name() {
    return name;
  }

  /// What was heard and said since the server was made.
  public ServerCounters counters() {
    return session.counters();
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
  }

  @Override
  public long step(long nowNanos) {
    try {
      Link open = link == null ? open(nowNanos) : link;
      if (open == null) {
        return openAtNanos;
      }
      if (open instanceof SerialLine line) {
        countOverruns(line);
      }
      return exchange.step(open, nowNanos);
    } catch (PortException lost) {
      lose(lost, nowNanos);
      return openAtNanos;
    }
  }

  /// Characters that the line lost are an event of its diagnostics (AP 6.8, sub-function 18).
  private void countOverruns(SerialLine line) {
    long lost = line.overruns() + line.errors().overruns();
    if (lost > overruns) {
      diagnostics.characterOverrun();
    }
    overruns = lost;
  }

  private @Nullable Link open(long nowNanos) throws PortException {
    if (nowNanos < openAtNanos) {
      return null;
    }
    Link opened = opener.open();
    link = opened;
    overruns = 0;
    if (handle != null) {
      opened.onActivity(handle::wake);
    }
    if (broken) {
      LOGGER.atInfo().addKeyValue("line", opened.name()).log("line is back");
    }
    broken = false;
    pauseNanos = FIRST_PAUSE_NANOS;
    return opened;
  }

  private void lose(PortException reason, long nowNanos) {
    if (!broken) {
      LOGGER
          .atWarn()
          .addKeyValue("line", name)
          .addKeyValue("fault", reason.fault())
          .addKeyValue("reason", reason.getMessage())
          .log("line lost, opening it again");
    }
    broken = true;
    release();
    openAtNanos = nowNanos + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  private void release() {
    if (link != null) {
      link.close();
      link = null;
    }
    exchange.reset();
  }

  @Override
  public void stopped() {
    release();
  }
}
