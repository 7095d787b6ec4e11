package io.plantbus.app.device;

import io.plantbus.hal.SerialSettings;
import java.util.Locale;

/// Where a device is reached, as users write it.
public sealed interface Endpoint {
  /// The port of Modbus TCP (MB 4.1).
  int DEFAULT_TCP_PORT = 502;

  /// Modbus TCP.
  ///
  /// @param host name or address
  /// @param port 1..65535
  record Tcp(String host, int port) implements Endpoint {
    public Tcp {
      if (host.isBlank()) {
        throw new IllegalArgumentException("the host is missing: write tcp://HOST:PORT");
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a TCP port must be 1..65535, was " + port);
      }
    }

    @Override
    public String toString() {
      return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /// Modbus RTU.
  ///
  /// @param device device file
  /// @param settings speed and character format
  record Rtu(String device, SerialSettings settings) implements Endpoint {
    public Rtu {
      if (device.isBlank()) {
        throw new IllegalArgumentException(
            "the device is missing: write rtu:/dev/ttyUSB0?baud=19200&format=8E1");
      }
    }

    @Override
    public String toString() {
      return "rtu:"
          + device
          + "?baud="
          + settings.baud()
          + "&format="
          + settings.format()
          + (settings.rs485() ? "&rs485=true" : "");
    }
  }

  /// Reads `tcp://host:port`, `host:port`, `host`, `rtu:/dev/ttyUSB0?baud=19200&format=8E1` or
  /// `/dev/ttyUSB0`; what is left out is 502 and 19200 8E1.
  ///
  /// @throws IllegalArgumentException with what to write instead
  static Endpoint parse(String text) {
    String trimmed = text.trim();
    String lower = trimmed.toLowerCase(Locale.ROOT);
    if (lower.startsWith("rtu:")) {
      return rtu(trimmed.substring(4));
    }
    if (lower.startsWith("tcp:")) {
      return tcp(trimmed.substring(4));
    }
    if (trimmed.startsWith("/")) {
      return rtu(trimmed);
    }
    if (lower.matches("[a-z][a-z0-9+]*:(//|/).*")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no endpoint: write tcp://HOST:PORT or rtu:/dev/ttyUSB0?baud=19200&format=8E1");
    }
    return tcp(trimmed);
  }

  /// Reads `host`, `host:port` or `[address]:port`, with or without leading slashes.
  ///
  /// @throws IllegalArgumentException with what to write instead
  static Tcp tcp(String text) {
    String rest = text.replaceFirst("^/+", "").replaceFirst("/$", "");
    int bracket = rest.indexOf(']');
    if (rest.startsWith("[") && bracket > 0) {
      return new Tcp(rest.substring(1, bracket), port(rest.substring(bracket + 1), text));
    }
    int colon = rest.indexOf(':');
    if (colon >= 0 && colon != rest.lastIndexOf(':')) {
      return new Tcp(rest, DEFAULT_TCP_PORT);
    }
    return colon < 0
        ? new Tcp(rest, DEFAULT_TCP_PORT)
        : new Tcp(rest.substring(0, colon), port(rest.substring(colon), text));
  }

  private static int port(String suffix, String text) {
    if (suffix.isEmpty()) {
      return DEFAULT_TCP_PORT;
    }
    if (!suffix.matches(":[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "'" + text + "' has no usable port: write HOST:PORT with a port of 1..65535");
    }
    return Integer.parseInt(suffix.substring(1));
  }

  private static Rtu rtu(String text) {
    int query = text.indexOf('?');
    String device = (query < 0 ? text : text.substring(0, query)).replaceFirst("^//+", "/");
    int baud = SerialSettings.MODBUS_DEFAULT.baud();
    String format = SerialSettings.MODBUS_DEFAULT.format();
    boolean rs485 = false;
    for (String pair : query < 0 ? new String[0] : text.substring(query + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      switch (key) {
        case "baud" -> baud = number(value);
        case "format" -> format = value;
        case "rs485" -> rs485 = Boolean.parseBoolean(value);
        default ->
            throw new IllegalArgumentException(
                "'" + key + "' is no serial setting: write baud=19200, format=8E1 or rs485=true");
      }
    }
    return new Rtu(device, SerialSettings.of(baud, format).withRs485(rs485));
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("'" + text + "' is no baud rate: write baud=19200");
    }
    return Integer.parseInt(text);
  }
}
