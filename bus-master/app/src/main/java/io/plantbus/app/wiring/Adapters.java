package io.plantbus.app.wiring;

import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.SingleDevice;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LineDirection.Switching;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.ThreadRunner;
import io.plantbus.hal.TlsFiles;
import io.plantbus.hal.linux.LinuxI2cBus;
import io.plantbus.hal.linux.LinuxSerialPorts;
import io.plantbus.hal.linux.PseudoTerminal;
import io.plantbus.hal.linux.TerminalSettings;
import io.plantbus.hal.serial.SerialPorts;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.hal.tcp.tls.TlsSettings;
import io.plantbus.master.modbus.Sessions;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.trace.LineTap;
import io.plantbus.simulators.endpoint.EndpointAdapters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The vendors' adapters of this process, each loaded when it is first needed. Safe for use by any
/// thread.
public final class Adapters implements EndpointAdapters, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Adapters.class);

  private final NanoClock clock;
  private final ThreadRunner threads;
  private @Nullable NettyStreamPort streams;
  private @Nullable DatagramPort datagrams;
  private final Map<TlsFiles, NettyStreamPort> secured = new HashMap<>();

  /// @param clock of this machine
  public Adapters(NanoClock clock) {
    this.clock = clock;
    this.threads = new ThreadRunner(clock, Adapters::failed);
  }

  @Override
  public NanoClock clock() {
    return clock;
  }

  @Override
  public AgentRunner threads() {
    return threads;
  }

  /// Modbus TCP and everything else that is a stream.
  public StreamPort streams() {
    return netty();
  }

  /// {@inheritDoc}
  ///
  /// The files are read at once.
  @Override
  public StreamPort streams(@Nullable TlsFiles tls) throws PortException {
    return tls == null ? netty() : secured(tls);
  }

  private synchronized NettyStreamPort netty() {
    NettyStreamPort made = streams;
    if (made == null) {
      made = new NettyStreamPort(clock, Adapters::failed);
      streams = made;
    }
    return made;
  }

  /// Opens a connection, secured if there are files to secure it with; they are read when it is
  /// first opened.
  ///
  /// @param runner one of [#streams()]
  public LinkOpener stream(
      AgentRunner runner, String host, int port, long connectTimeoutNanos, @Nullable TlsFiles tls) {
    NettyStreamPort plain = netty();
    return tls == null
        ? plain.opener(runner, host, port, connectTimeoutNanos)
        : () -> secured(tls).opener(runner, host, port, connectTimeoutNanos).open();
  }

  private synchronized NettyStreamPort secured(TlsFiles files) throws PortException {
    NettyStreamPort made = secured.get(files);
    if (made == null) {
      made = netty().secured(TlsSettings.load(files));
      secured.put(files, made);
    }
    return made;
  }

  /// Sends datagrams to a peer.
  ///
  /// @param runner one of [#streams()]
  public LinkOpener datagrams(AgentRunner runner, String host, int port) {
    return datagrams().opener(runner, host, port);
  }

  /// {@inheritDoc}
  ///
  /// Its runners are those of [#streams()].
  @Override
  public synchronized DatagramPort datagrams() {
    DatagramPort made = datagrams;
    if (made == null) {
      made = netty().datagrams();
      datagrams = made;
    }
    return made;
  }

  /// Opens a serial device.
  ///
  /// @param device device file, such as `/dev/ttyUSB0`
  public LinkOpener serial(String device, SerialSettings settings) {
    return serial(device, settings, SerialDriver.AUTO);
  }

  /// Opens a serial device with a certain driver.
  public LinkOpener serial(String device, SerialSettings settings, SerialDriver driver) {
    boolean linux =
        switch (driver) {
          case AUTO ->
              settings.direction().switching() != Switching.NONE
                  && System.getProperty("os.name", "").equals("Linux");
          case JSERIALCOMM -> false;
          case LINUX -> true;
        };
    return linux
        ? new LinuxSerialPorts(clock).opener(device, settings)
        : portable(device, settings);
  }

  @Override
  public Link terminal(Path name, SerialSettings settings) throws PortException {
    return PseudoTerminal.open(name, settings, clock);
  }

  private LinkOpener portable(String device, SerialSettings settings) {
    return new SerialPorts(clock, TerminalSettings::inForce).opener(device, settings);
  }

  /// Opens an I2C bus.
  ///
  /// @param device device file, such as `/dev/i2c-1`
  public I2cOpener i2c(String device) {
    return () -> LinuxI2cBus.open(Path.of(device));
  }

  /// Where the owner of a line's link must run: serial lines and I2C on threads of their own,
  /// others on the event loop of their channel.
  public AgentRunner runner(Transport transport) {
    return switch (transport) {
      case Transport.Tcp _, Transport.Udp _ -> streams().newRunner();
      case Transport.Serial _, Transport.I2c _ -> threads;
    };
  }

  /// Opens what a Modbus line runs over.
  ///
  /// @param runner made by [#runner] for the same transport
  /// @throws IllegalArgumentException if it is an I2C bus
  public LinkOpener link(Transport transport, AgentRunner runner) {
    return switch (transport) {
      case Transport.Tcp tcp ->
          stream(runner, tcp.host(), tcp.port(), tcp.connectTimeoutNanos(), tcp.tls());
      case Transport.Udp udp -> datagrams(runner, udp.host(), udp.port());
      case Transport.Serial serial -> serial(serial.device(), serial.settings(), serial.driver());
      case Transport.I2c i2c ->
          throw new IllegalArgumentException(i2c.device() + " is an I2C bus, which has no link");
    };
  }

  /// One endpoint for a caller that waits.
  ///
  /// @param tap told what goes over its link
  public SingleDevice device(Endpoint endpoint, Duration connectTimeout, LineTap tap) {
    long nanos = connectTimeout.toNanos();
    Transport transport = endpoint.transport(nanos);
    AgentRunner runner = runner(transport);
    return new SingleDevice(
        endpoint.place(),
        runner,
        link(transport, runner),
        effects -> Sessions.open(transport, effects),
        nanos,
        tap);
  }

  private static void failed(Agent agent, Throwable failure) {
    LOG.atError().addKeyValue("agent", agent.name()).setCause(failure).log("agent failed");
  }

  @Override
  public synchronized void close() {
    NettyStreamPort made = streams;
    streams = null;
    datagrams = null;
    secured.clear();
    if (made != null) {
      made.close();
    }
  }
}
