package io.plantbus.app.interop;

import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.SingleDevice;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.SerialSlaveServer;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamListener;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// This project as a party: the master's client behind `read` and `write`, and the slave servers.
/// What it speaks is what it is tested for.
final class PlantbusPeer implements Peer, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// Nobody listens to it.
  private static final LineTap TAP =
      new LineTap(TappedLine.stream("interop", "interop", StreamFraming.MBAP, TIMEOUT_NANOS));

  private static final UnitId UNIT = UnitId.of(Script.UNIT);

  private final Adapters adapters = new Adapters(NanoClock.system());

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
    Set<Transport> transports = EnumSet.copyOf(Transport.RTU);
    transports.add(Transport.TCP);
    return new Role(transports, Programs.DATA_ACCESS);
  }

  @Override
  public Role server() {
    return client();
  }

  @Override
  public Server serve(Place place) throws Exception {
    SlaveUnits units = SlaveUnits.of(Map.of(UNIT, new SlaveUnit(slave())));
    return switch (place.transport()) {
      case TCP -> {
        StreamListener listener =
            adapters.streams().listen(Place.HOST, 0, 4, new TcpSlaveServer("interop", units));
        yield new Serving(place.withPort(listener.port()), listener::close);
      }
      case RTU_9600, RTU_19200, RTU_115200 -> serial(place, units);
      case ASCII_19200, RTU_OVER_TCP, UDP, TLS -> throw missing(place.transport());
    };
  }

  private Server serial(Place place, SlaveUnits units) throws InterruptedException {
    SerialSettings settings = Wire.settings(place.transport());
    LinkOpener opener = adapters.serial(place.device(), settings);
    CountDownLatch opened = new CountDownLatch(1);
    LinkOpener telling =
        () -> {
          Link link = opener.open();
          opened.countDown();
          return link;
        };
    AgentHandle handle =
        adapters.threads().start(new SerialSlaveServer("interop", telling, settings, units));
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

  static BankSlave slave() {
    return new BankSlave(
        BankLayout.of(
            List.of(
                table(DataTable.COILS, Model.BITS, Model.COIL),
                table(DataTable.DISCRETE_INPUTS, Model.BITS, Model.DISCRETE),
                table(DataTable.HOLDING_REGISTERS, Model.REGISTERS, Model.HOLDING),
                table(DataTable.INPUT_REGISTERS, Model.REGISTERS, Model.INPUT))));
  }

  private static RawTable table(DataTable table, int count, IntUnaryOperator values) {
    return new RawTable(
        table, new AddressRange(0, count), IntStream.range(0, count).map(values).boxed().toList());
  }

  @Override
  public List<String> run(Place place, List<Operation> operations) throws Exception {
    try (SingleDevice device = adapters.device(endpoint(place), CONNECT_TIMEOUT, TAP)) {
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
      case RTU_9600, RTU_19200, RTU_115200 ->
          new Endpoint.Serial(place.device(), SerialFraming.RTU, Wire.settings(place.transport()));
      case ASCII_19200, RTU_OVER_TCP, UDP, TLS -> throw missing(place.transport());
    };
  }

  private static UnsupportedOperationException missing(Transport transport) {
    return new UnsupportedOperationException("not served: " + transport);
  }

  @Override
  public void close() {
    adapters.close();
  }
}
