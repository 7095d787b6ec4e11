package io.plantbus.app.interop.peers;

import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.HostAndPort;
import io.plantbus.app.device.SingleDevice;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.devices.slave.SerialSlaveServer;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.devices.slave.UdpSlaveServer;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.DatagramPort.DatagramListener;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.TlsFiles;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.hal.tcp.tls.TlsIdentity;
import io.plantbus.hal.tcp.tls.TlsSettings;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// This project as a party: the master's client behind `read` and `write`, and the slave servers.
/// What it speaks is what it is tested for.
public final class PlantbusPeer implements Peer, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final UnitId UNIT = UnitId.of(Script.UNIT);

  private final Adapters adapters = new Adapters(NanoClock.system());
  private final NettyStreamPort served = new NettyStreamPort(NanoClock.system(), (_, _) -> {});

  @Override
  public String name() {
    return "Plantbus";
  }

  @Override
  public String version() {
    return "this one";
  }

  @Override
  public @Nullable String unavailable() {
    return null;
  }

  @Override
  public Role client() {
    return new Role(EnumSet.allOf(Transport.class), Programs.ALL);
  }

  @Override
  public Role server() {
    return client();
  }

  /// No request that breaks a rule; nor, where its answer could not be told from noise, a function
  /// that was not registered.
  @Override
  public boolean can(Operation operation, Transport transport) {
    boolean registered = client().functions().contains(operation.function());
    return PlantbusWords.exists(operation) && (registered || !transport.isByteStream());
  }

  @Override
  public Server serve(Place place) throws Exception {
    SlaveUnits units = SlaveUnits.of(Map.of(UNIT, new SlaveUnit(PlantbusSlave.make())));
    return switch (place.transport()) {
      case TCP -> stream(place, adapters.streams(), StreamFraming.MBAP, units);
      case RTU_OVER_TCP -> stream(place, adapters.streams(), StreamFraming.RTU, units);
      case TLS -> secured(place, units);
      case UDP -> {
        UdpSlaveServer server = new UdpSlaveServer("interop", units);
        DatagramListener listener = served.datagrams().listen(Place.HOST, 0, 4, server::accept);
        yield new Serving(place.withPort(listener.port()), listener::close);
      }
      case RTU_9600, RTU_19200, RTU_115200 -> serial(place, SerialFraming.RTU, units);
      case ASCII_19200 -> serial(place, SerialFraming.ASCII, units);
    };
  }

  private static Server stream(
      Place place, StreamPort port, StreamFraming framing, SlaveUnits units) throws PortException {
    StreamListener listener =
        port.listen(Place.HOST, 0, 4, new TcpSlaveServer("interop", units, framing));
    return new Serving(place.withPort(listener.port()), listener::close);
  }

  private Server secured(Place place, SlaveUnits units) throws PortException {
    Path folder = place.certificates();
    TlsIdentity identity =
        TlsIdentity.load(
            folder.resolve("server.pem"), folder.resolve("server.key"), folder.resolve("ca.pem"));
    return stream(place, served.secured(TlsSettings.of(identity)), StreamFraming.MBAP, units);
  }

  private Server serial(Place place, SerialFraming framing, SlaveUnits units)
      throws InterruptedException {
    SerialSettings settings = place.transport().settings();
    LinkOpener opener = adapters.serial(place.device(), settings);
    CountDownLatch opened = new CountDownLatch(1);
    LinkOpener telling =
        () -> {
          Link link = opener.open();
          opened.countDown();
          return link;
        };
    AgentHandle handle =
        adapters
            .threads()
            .start(new SerialSlaveServer("interop", telling, settings, framing, units));
    if (!opened.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the line does not open: " + place.device());
    }
    return new Serving(place, () -> stop(handle));
  }

  private record Serving(Place place, Runnable end) implements Server {
    @Override
    public void close() {
      end.run();
    }
  }

  private static void stop(AgentHandle handle) {
    handle.stop();
    try {
      handle.awaitStopped(CONNECT_TIMEOUT.toNanos());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<String> run(Place place, List<Operation> operations) throws Exception {
    // One for each client: they run side by side, and a tap belongs to the owner of its line.
    LineTap tap =
        new LineTap(TappedLine.stream("interop", "interop", StreamFraming.MBAP, TIMEOUT_NANOS), 0);
    try (SingleDevice device = adapters.device(endpoint(place), CONNECT_TIMEOUT, tap)) {
      List<String> replies = new ArrayList<>();
      for (Operation operation : operations) {
        replies.add(reply(device, operation));
      }
      return replies;
    }
  }

  private static String reply(SingleDevice device, Operation operation)
      throws InterruptedException {
    try {
      return PlantbusWords.reply(
          device.call(UNIT, PlantbusWords.request(operation), TIMEOUT_NANOS).outcome());
    } catch (PortException lost) {
      return "fault " + lost.getMessage();
    }
  }

  private static Endpoint endpoint(Place place) {
    return switch (place.transport()) {
      case TCP -> new Endpoint.Tcp(Place.HOST, place.port());
      case RTU_OVER_TCP -> new Endpoint.Tcp(listening(place), StreamFraming.RTU, null);
      case TLS -> new Endpoint.Tcp(listening(place), StreamFraming.MBAP, files(place));
      case UDP -> new Endpoint.Udp(listening(place));
      case RTU_9600, RTU_19200, RTU_115200 -> serial(place, SerialFraming.RTU);
      case ASCII_19200 -> serial(place, SerialFraming.ASCII);
    };
  }

  private static HostAndPort listening(Place place) {
    return new HostAndPort(Place.HOST, place.port());
  }

  private static Endpoint serial(Place place, SerialFraming framing) {
    return new Endpoint.Serial(place.device(), framing, place.transport().settings());
  }

  private static TlsFiles files(Place place) {
    Path folder = place.certificates();
    return new TlsFiles(
        folder.resolve("client.pem"), folder.resolve("client.key"), folder.resolve("ca.pem"), null);
  }

  @Override
  public void close() {
    adapters.close();
    served.close();
  }
}
