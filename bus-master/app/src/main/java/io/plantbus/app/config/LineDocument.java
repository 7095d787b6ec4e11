package io.plantbus.app.config;

import io.plantbus.app.device.Endpoint;
import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.time.Duration;

/// A line as written.
///
/// @param spec what it means
/// @param where its mapping
record LineDocument(LineSpec spec, Node where) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// A bus transfer is bounded by its platform; this is what is allowed for a safe state.
  private static final Duration TRANSFER = Duration.ofMillis(100);

  /// A line over any transport.
  static final Type<LineDocument> TYPE =
      KeyedType.<LineDocument>of("a line")
          .or("rtu", ObjectType.of("serial line", "Modbus RTU over a serial device.", Rtu::keys))
          .or("tcp", ObjectType.of("TCP line", "One Modbus TCP connection.", Tcp::keys))
          .or("i2c", ObjectType.of("I2C line", "One I2C bus.", I2c::keys));

  /// How every kind of line is opened again.
  private record Reconnect(Key<Duration> least, Key<Duration> most) {
    private static final Type<Duration> PAUSE =
        Types.duration(Duration.ofMillis(10), Duration.ofHours(1));

    static Reconnect of(Keys keys) {
      return new Reconnect(
          keys.optional(
              "reconnect-min", PAUSE, "500ms", "First pause before a lost line is opened again."),
          keys.optional(
              "reconnect-max",
              PAUSE,
              "30s",
              "Longest such pause; it doubles from the first to this."));
    }

    LineDocument line(Fields fields, Transport transport, Duration timeout, int retries) {
      Duration first = fields.get(least);
      Duration longest = fields.get(most);
      if (longest.compareTo(first) < 0) {
        fields
            .problems()
            .error(
                fields.node(most),
                "reconnect-max is shorter than reconnect-min",
                "write a longer one");
        longest = first;
      }
      LineSpec spec =
          new LineSpec(
              fields.name(),
              transport,
              timeout.toNanos(),
              retries,
              first.toNanos(),
              longest.toNanos());
      return new LineDocument(spec, fields.node());
    }
  }

  /// What every Modbus line has.
  private record Modbus(Key<Duration> timeout, Key<Integer> retries, Reconnect reconnect) {
    static Modbus of(Keys keys) {
      return new Modbus(
          keys.optional(
              "timeout",
              Types.duration(SHORTEST, LONGEST),
              "1s",
              "Longest wait for an answer, from the end of the request."),
          keys.optional(
              "retries",
              Types.integer(0, 10),
              "1",
              "How often a read without a valid answer is sent again; writes never are."),
          Reconnect.of(keys));
    }

    LineDocument line(Fields fields, Transport transport) {
      return reconnect.line(fields, transport, fields.get(timeout), fields.get(retries));
    }
  }

  private static final class Rtu {
    private Rtu() {}

    static ObjectType.Maker<LineDocument> keys(Keys keys) {
      Key<String> device =
          keys.required("rtu", Types.text(), "Device file, such as `/dev/ttyUSB0`.");
      Key<Integer> baud =
          keys.optional("baud", Types.integer(50, 4_000_000), "19200", "Bits per second.");
      Key<String> format =
          keys.optional(
              "format",
              Types.text("[78][NEOneo][12]", "a character format", "8E1, 8N1, 8N2 or the like"),
              "8E1",
              "Data bits, parity (N, E, O) and stop bits.");
      Key<Boolean> rs485 =
          keys.optional(
              "rs485", Types.bool(), "false", "Whether the kernel switches the RS-485 driver.");
      OptionalKey<Duration> silence =
          keys.optional(
              "silence",
              Types.duration(Duration.ZERO, Duration.ofSeconds(1)),
              "Silence before each request; what the specification computes unless written.");
      Key<Duration> turnaround =
          keys.optional(
              "turnaround",
              Types.duration(Duration.ZERO, Duration.ofSeconds(10)),
              "100ms",
              "Pause after a broadcast.");
      Modbus common = Modbus.of(keys);
      return fields -> {
        Duration pause = fields.get(silence);
        SerialSettings settings =
            SerialSettings.of(fields.get(baud), fields.get(format)).withRs485(fields.get(rs485));
        return common.line(
            fields,
            new Transport.Serial(
                fields.get(device),
                SerialFraming.RTU,
                settings,
                EchoMode.NONE,
                pause == null ? 0 : pause.toNanos(),
                fields.get(turnaround).toNanos(),
                SerialDriver.AUTO));
      };
    }
  }

  private static final class Tcp {
    private Tcp() {}

    static ObjectType.Maker<LineDocument> keys(Keys keys) {
      Key<Endpoint.Tcp> peer =
          keys.required(
              "tcp",
              Types.parsed("a host and port", "HOST or HOST:PORT", Endpoint::tcp),
              "Name or address of the device or gateway; port 502 unless written.");
      Key<Integer> window =
          keys.optional(
              "window",
              Types.integer(1, 16),
              "1",
              "Requests under way at once; many devices take 1.");
      Key<Duration> connect =
          keys.optional(
              "connect-timeout",
              Types.duration(Duration.ofMillis(10), LONGEST),
              "3s",
              "Longest wait for the connection.");
      Modbus common = Modbus.of(keys);
      return fields ->
          common.line(
              fields,
              new Transport.Tcp(
                  fields.get(peer).host(),
                  fields.get(peer).port(),
                  StreamFraming.MBAP,
                  fields.get(window),
                  fields.get(connect).toNanos(),
                  null));
    }
  }

  private static final class I2c {
    private I2c() {}

    static ObjectType.Maker<LineDocument> keys(Keys keys) {
      Key<String> device = keys.required("i2c", Types.text(), "Device file, such as `/dev/i2c-1`.");
      Reconnect common = Reconnect.of(keys);
      return fields -> common.line(fields, new Transport.I2c(fields.get(device)), TRANSFER, 0);
    }
  }
}
