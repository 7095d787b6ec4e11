package io.plantbus.app.wiring;

import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SerialSlaveServer;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.devices.slave.UdpSlaveServer;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.DatagramPort.DatagramListener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.ThreadRunner;
import io.plantbus.hal.linux.PseudoTerminal;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.hal.tcp.tls.TlsIdentity;
import io.plantbus.hal.tcp.tls.TlsSettings;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Unit 17 with the holding registers 4711 and 0, over one transport of this machine.
final class ServedSlave implements AutoCloseable {
  /// The ways to reach it.
  enum Kind {
    RTU,
    ASCII,
    RTU_OVER_TCP,
    ASCII_OVER_TCP,
    UDP,
    TLS
  }

  static final int VALUE = 4711;

  final RegisterBank bank =
      BankLayout.of(
          List.of(
              new RawTable(
                  DataTable.HOLDING_REGISTERS, new AddressRange(0, 2), List.of(VALUE, 0))));
  private final NettyStreamPort streams = new NettyStreamPort(NanoClock.system(), (_, _) -> {});
  private final SlaveUnits units =
      SlaveUnits.of(Map.of(UnitId.of(17), new SlaveUnit(new BankSlave(bank))));
  private final Path folder;
  private final String endpoint;
  private final String line;
  private Runnable serial = () -> {};

  /// @param folder holds what [Certificates] makes, for TLS
  ServedSlave(Kind kind, Path folder) throws PortException {
    this.folder = folder;
    String at =
        switch (kind) {
          case RTU -> serial(SerialFraming.RTU);
          case ASCII -> serial(SerialFraming.ASCII);
          case RTU_OVER_TCP -> stream(streams, StreamFraming.RTU);
          case ASCII_OVER_TCP -> stream(streams, StreamFraming.ASCII);
          case UDP -> datagrams();
          case TLS -> stream(streams.secured(TlsSettings.of(identity())), StreamFraming.MBAP);
        };
    this.endpoint =
        switch (kind) {
          case RTU -> "rtu:" + at;
          case ASCII -> "ascii:" + at;
          case RTU_OVER_TCP -> "rtu+tcp://" + at;
          case ASCII_OVER_TCP -> "ascii+tcp://" + at;
          case UDP -> "udp://" + at;
          case TLS ->
              "tls://%s?certificate=%s&key=%s&trust=%s"
                  .formatted(at, file("client.pem"), file("client.key"), file("ca.pem"));
        };
    this.line =
        switch (kind) {
          case RTU -> "rtu: " + at;
          case ASCII -> "ascii: " + at;
          case RTU_OVER_TCP -> "rtu-over-tcp: " + at;
          case ASCII_OVER_TCP -> "ascii-over-tcp: " + at;
          case UDP -> "udp: " + at;
          case TLS -> "tls: " + at + ", certificate: client.pem, key: client.key, trust: ca.pem";
        };
  }

  private String serial(SerialFraming framing) throws PortException {
    SerialSettings settings = SerialSettings.MODBUS_DEFAULT;
    PseudoTerminal terminal = PseudoTerminal.open(settings, NanoClock.system());
    AgentHandle handle =
        new ThreadRunner(NanoClock.system(), (_, _) -> {})
            .start(new SerialSlaveServer("slave", () -> terminal, settings, framing, units));
    serial = handle::stop;
    return terminal.slavePath().toString();
  }

  private String stream(NettyStreamPort port, StreamFraming framing) throws PortException {
    StreamListener listener =
        port.listen("127.0.0.1", 0, 4, new TcpSlaveServer("slave", units, framing));
    return "127.0.0.1:" + listener.port();
  }

  private String datagrams() throws PortException {
    UdpSlaveServer server = new UdpSlaveServer("slave", units);
    DatagramListener listener = streams.datagrams().listen("127.0.0.1", 0, 4, server::accept);
    return "127.0.0.1:" + listener.port();
  }

  private TlsIdentity identity() throws PortException {
    return TlsIdentity.load(file("server.pem"), file("server.key"), file("ca.pem"));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /// As on the command line.
  String endpoint() {
    return endpoint;
  }

  /// The keys of a line in a plant file that stands in the folder.
  String line() {
    return line;
  }

  @Override
  public void close() {
    serial.run();
    streams.close();
  }
}
