package io.plantbus.app.device;

import io.plantbus.hal.LineDirection;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads endpoints.
final class EndpointParser {
  private static final List<String> SCHEMES =
      List.of("tcp", "rtu", "ascii", "rtu+tcp", "ascii+tcp", "udp", "tls");
  private static final String TLS_FORM =
      "tls://HOST?certificate=own.pem&key=own.key&trust=authorities.pem";

  private EndpointParser() {}

  static Endpoint parse(String text) {
    String scheme = scheme(text);
    if (scheme == null && text.startsWith("/")) {
      return serial(SerialFraming.RTU, text);
    }
    if (scheme == null && text.matches("(?i)[a-z][a-z0-9+]*:(//|/).*")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no endpoint: write tcp://HOST:PORT or rtu:/dev/ttyUSB0?baud=19200&format=8E1;"
              + " others begin with ascii:, rtu+tcp:, ascii+tcp:, udp: or tls:");
    }
    String rest = scheme == null ? text : text.substring(scheme.length() + 1);
    return switch (scheme == null ? "tcp" : scheme) {
      case "rtu" -> serial(SerialFraming.RTU, rest);
      case "ascii" -> serial(SerialFraming.ASCII, rest);
      case "rtu+tcp" -> new Endpoint.Tcp(peer(rest), StreamFraming.RTU, null);
      case "ascii+tcp" -> new Endpoint.Tcp(peer(rest), StreamFraming.ASCII, null);
      case "udp" -> new Endpoint.Udp(peer(rest));
      case "tls" -> secured(rest);
      default -> new Endpoint.Tcp(peer(rest), StreamFraming.MBAP, null);
    };
  }

  /// The kind that a text names, in lower case; null if it names none.
  static @Nullable String scheme(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String scheme : SCHEMES) {
      if (lower.startsWith(scheme + ":")) {
        return scheme;
      }
    }
    return null;
  }

  private static HostAndPort peer(String text) {
    return HostAndPort.parse(text, Endpoint.DEFAULT_TCP_PORT);
  }

  private static Endpoint.Tcp secured(String text) {
    Map<String, String> keys = keys(text);
    HostAndPort at = HostAndPort.parse(beforeKeys(text), Endpoint.DEFAULT_TLS_PORT);
    for (String key : keys.keySet()) {
      if (!List.of("certificate", "key", "trust", "name").contains(key)) {
        throw new IllegalArgumentException(
            "'" + key + "' is no setting of TLS: write " + TLS_FORM + " and, if need be, name=");
      }
    }
    String name = keys.get("name");
    return new Endpoint.Tcp(
        at,
        StreamFraming.MBAP,
        new TlsFiles(
            file(keys, "certificate"),
            file(keys, "key"),
            file(keys, "trust"),
            name == null ? null : decoded(name)));
  }

  private static Path file(Map<String, String> keys, String key) {
    String path = keys.getOrDefault(key, "");
    if (path.isBlank()) {
      throw new IllegalArgumentException("'" + key + "' is missing: write " + TLS_FORM);
    }
    return Path.of(decoded(path));
  }

  /// The settings of TLS as they are read.
  static String written(TlsFiles tls) {
    String name = tls.expectedName();
    return "?certificate=%s&key=%s&trust=%s%s"
        .formatted(
            encoded(tls.certificateChain().toString()),
            encoded(tls.privateKey().toString()),
            encoded(tls.trustAnchors().toString()),
            name == null ? "" : "&name=" + encoded(name));
  }

  /// `&`, which would end a value, stands as `%26`, and `%` as `%25`.
  private static String encoded(String value) {
    return value.replace("%", "%25").replace("&", "%26");
  }

  private static String decoded(String value) {
    return value.replace("%26", "&").replace("%25", "%");
  }

  private static Endpoint.Serial serial(SerialFraming framing, String text) {
    int baud = SerialSettings.MODBUS_DEFAULT.baud();
    String format =
        switch (framing) {
          case RTU -> SerialSettings.MODBUS_DEFAULT.format();
          case ASCII -> "7E1";
        };
    LineDirection direction = LineDirection.NONE;
    EchoMode echo = EchoMode.NONE;
    SerialDriver driver = SerialDriver.AUTO;
    for (Map.Entry<String, String> entry : keys(text).entrySet()) {
      String value = entry.getValue();
      switch (entry.getKey()) {
        case "baud" -> baud = number(value);
        case "format" -> format = value;
        case "rs485" -> direction = direction(value);
        case "echo" -> echo = word(EchoMode.class, "echo", value);
        case "driver" -> driver = word(SerialDriver.class, "driver", value);
        default ->
            throw new IllegalArgumentException(
                "'"
                    + entry.getKey()
                    + "' is no serial setting: write baud=19200, format=8E1, rs485=kernel, echo=auto"
                    + " or driver=linux");
      }
    }
    return new Endpoint.Serial(
        beforeKeys(text).replaceFirst("^//+", "/"),
        framing,
        SerialSettings.of(baud, format).withDirection(direction),
        echo,
        driver);
  }

  private static LineDirection direction(String word) {
    return switch (word) {
      case "kernel", "true" -> LineDirection.KERNEL;
      case "rts" -> LineDirection.RTS;
      case "off", "false" -> LineDirection.NONE;
      default ->
          throw new IllegalArgumentException(
              "'"
                  + word
                  + "' is no way to turn RS-485: write rs485=off, rs485=kernel or rs485=rts");
    };
  }

  private static <E extends Enum<E>> E word(Class<E> type, String key, String word) {
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .toList();
    int index = words.indexOf(word);
    if (index < 0) {
      throw new IllegalArgumentException(
          "'%s' is no value of %s: write one of %s".formatted(word, key, String.join(", ", words)));
    }
    return type.getEnumConstants()[index];
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("'" + text + "' is no baud rate: write baud=19200");
    }
    return Integer.parseInt(text);
  }

  private static String beforeKeys(String text) {
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  private static Map<String, String> keys(String text) {
    Map<String, String> keys = new LinkedHashMap<>();
    int query = text.indexOf('?');
    for (String pair : query < 0 ? new String[0] : text.substring(query + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      keys.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
    }
    return keys;
  }
}
