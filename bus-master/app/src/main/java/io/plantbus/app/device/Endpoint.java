package io.plantbus.app.device;

import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.TlsFiles;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where a device is reached, as users write it: its text reads back as the same.
public sealed interface Endpoint {
  /// The port of Modbus TCP (MB 4.1), and by custom of its relatives.
  int DEFAULT_TCP_PORT = 502;

  /// The port of Modbus/TCP Security.
  int DEFAULT_TLS_PORT = 802;

  /// How the endpoint begins, such as `rtu`, `tcp` or `tls`.
  String scheme();

  /// Where it is, without its settings and files, such as `tls://10.0.0.7:802`.
  default String place() {
    return switch (this) {
      case Tcp(var at, _, _) -> scheme() + "://" + at;
      case Udp(var at) -> scheme() + "://" + at;
      case Serial serial -> scheme() + ":" + serial.device();
    };
  }

  /// Whether unit id 0 there means every device on a serial line (SL 2.1), rather than the one that
  /// listens.
  default boolean takesBroadcasts() {
    return switch (this) {
      case Tcp tcp -> tcp.framing() != StreamFraming.MBAP;
      case Udp _ -> false;
      case Serial _ -> true;
    };
  }

  /// What a line to this endpoint runs over.
  ///
  /// @param connectTimeoutNanos longest time to establish a connection
  Transport transport(long connectTimeoutNanos);

  /// Modbus over a stream.
  ///
  /// @param at where it listens
  /// @param framing how frames stand in the stream
  /// @param tls with what it is secured, or null; only Modbus TCP is
  record Tcp(HostAndPort at, StreamFraming framing, @Nullable TlsFiles tls) implements Endpoint {
    public Tcp {
      if (tls != null && framing != StreamFraming.MBAP) {
        throw new IllegalArgumentException("TLS carries frames of Modbus TCP only");
      }
    }

    /// Modbus TCP.
    public Tcp(String host, int port) {
      this(new HostAndPort(host, port), StreamFraming.MBAP, null);
    }

    @Override
    public String scheme() {
      return switch (framing) {
        case MBAP -> tls == null ? "tcp" : "tls";
        case RTU -> "rtu+tcp";
        case ASCII -> "ascii+tcp";
      };
    }

    @Override
    public Transport transport(long connectTimeoutNanos) {
      return new Transport.Tcp(at.host(), at.port(), framing, 1, connectTimeoutNanos, tls);
    }

    @Override
    public String toString() {
      return place() + (tls == null ? "" : EndpointParser.written(tls));
    }
  }

  /// Modbus TCP in datagrams.
  ///
  /// @param at where it listens
  record Udp(HostAndPort at) implements Endpoint {
    @Override
    public String scheme() {
      return "udp";
    }

    @Override
    public Transport transport(long connectTimeoutNanos) {
      return new Transport.Udp(at.host(), at.port(), 1);
    }

    @Override
    public String toString() {
      return place();
    }
  }

  /// Modbus over a serial line.
  ///
  /// @param device device file
  /// @param framing RTU or ASCII
  /// @param settings speed, character format and direction
  /// @param echo whether the adapter hears its own frames
  /// @param driver what opens the port
  record Serial(
      String device,
      SerialFraming framing,
      SerialSettings settings,
      EchoMode echo,
      SerialDriver driver)
      implements Endpoint {
    private static final long TURNAROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    public Serial {
      if (device.isBlank()) {
        throw new IllegalArgumentException(
            "the device is missing: write rtu:/dev/ttyUSB0?baud=19200&format=8E1");
      }
    }

    /// An adapter that turns by itself and does not hear itself.
    public Serial(String device, SerialFraming framing, SerialSettings settings) {
      this(device, framing, settings, EchoMode.NONE, SerialDriver.AUTO);
    }

    /// The same line with other settings.
    public Serial withSettings(SerialSettings other) {
      return new Serial(device, framing, other, echo, driver);
    }

    @Override
    public String scheme() {
      return switch (framing) {
        case RTU -> "rtu";
        case ASCII -> "ascii";
      };
    }

    @Override
    public Transport transport(long connectTimeoutNanos) {
      return new Transport.Serial(device, framing, settings, echo, 0, TURNAROUND_NANOS, driver);
    }

    @Override
    public String toString() {
      return settings.endpoint(device).replaceFirst("^rtu", scheme())
          + (echo == EchoMode.NONE ? "" : "&echo=" + echo.name().toLowerCase(Locale.ROOT))
          + (driver == SerialDriver.AUTO
              ? ""
              : "&driver=" + driver.name().toLowerCase(Locale.ROOT));
    }
  }

  /// Reads `tcp://host:port`, `host:port`, `host`, `rtu:/dev/ttyUSB0?baud=19200&format=8E1`,
  /// `/dev/ttyUSB0`, `ascii:/dev/ttyUSB0`, `rtu+tcp://host`, `ascii+tcp://host`, `udp://host` or
  /// `tls://host?certificate=own.pem&key=own.key&trust=ca.pem`; what is left out is port 502, or
  /// 802 with TLS, and 19200 8E1, or 7E1 with ASCII.
  ///
  /// @throws IllegalArgumentException with what to write instead
  static Endpoint parse(String text) {
    return EndpointParser.parse(text.trim());
  }

  /// The endpoint of a line.
  ///
  /// @throws IllegalArgumentException if it is an I2C bus, which is none
  static Endpoint of(Transport transport) {
    return switch (transport) {
      case Transport.Serial serial ->
          new Serial(
              serial.device(), serial.framing(), serial.settings(), serial.echo(), serial.driver());
      case Transport.Tcp tcp ->
          new Tcp(new HostAndPort(tcp.host(), tcp.port()), tcp.framing(), tcp.tls());
      case Transport.Udp udp -> new Udp(new HostAndPort(udp.host(), udp.port()));
      case Transport.I2c i2c ->
          throw new IllegalArgumentException(
              i2c.device() + " is an I2C bus, which has no endpoint");
    };
  }

  /// Whether a text says by itself which kind of endpoint it is.
  static boolean namesItsKind(String text) {
    return text.contains("://") || EndpointParser.scheme(text) != null;
  }
}
