package io.plantbus.app.cli;

import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.HostAndPort;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.trace.TraceLevel;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Options that say how a device is reached; the short ones are those of mbpoll.
public final class ConnectionOptions {
  private static final String MODES = "tcp, rtu, ascii, rtu+tcp, ascii+tcp, udp or tls";

  /// `application`, `frame` or `byte`.
  static final class LevelConverter implements ITypeConverter<TraceLevel> {
    @Override
    public TraceLevel convert(String word) {
      try {
        return TraceLevel.of(word);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(String.valueOf(wrong.getMessage()));
      }
    }
  }

  @Option(
      names = {"-a", "--unit"},
      paramLabel = "UNIT",
      defaultValue = "1",
      description = "Unit id of the device, 0..255 (default: ${DEFAULT-VALUE}).")
  private int unit = 1;

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      defaultValue = "1s",
      description = "Longest wait for an answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(1);

  @Option(
      names = "--connect-timeout",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      defaultValue = "3s",
      description = "Longest wait for a connection (default: ${DEFAULT-VALUE}).")
  private Duration connectTimeout = Duration.ofSeconds(3);

  @Option(
      names = "-m",
      paramLabel = "MODE",
      description = MODES + ", where the endpoint does not say it.")
  private @Nullable String mode;

  @Option(
      names = "-p",
      paramLabel = "PORT",
      description = "TCP or UDP port (default: 502; 802 with TLS).")
  private @Nullable Integer port;

  @Option(
      names = {"-b", "--baud"},
      paramLabel = "BAUD",
      description = "Bits per second of a serial line (default: 19200).")
  private @Nullable Integer baud;

  @Option(
      names = {"-P", "--parity"},
      paramLabel = "PARITY",
      description = "none, even or odd (default: even).")
  private @Nullable String parity;

  @Option(
      names = "-d",
      paramLabel = "BITS",
      description = "Data bits, 7 or 8 (default: 8; 7 with ASCII).")
  private @Nullable Integer dataBits;

  @Option(names = "-s", paramLabel = "BITS", description = "Stop bits, 1 or 2 (default: 1).")
  private @Nullable Integer stopBits;

  @Option(
      names = "--trace",
      paramLabel = "LEVEL",
      converter = LevelConverter.class,
      description =
          "Print what goes over the line to the standard error: application, frame or byte.")
  private @Nullable TraceLevel trace;

  /// The endpoint that a text and these options name.
  ///
  /// @throws IllegalArgumentException with what to write instead
  public Endpoint endpoint(String text) {
    String kind = mode;
    if (kind == null || Endpoint.namesItsKind(text)) {
      return withOptions(Endpoint.parse(text));
    }
    if (!Endpoint.namesItsKind(kind + ":")) {
      throw new IllegalArgumentException("-m takes " + MODES + ", was '" + kind + "'");
    }
    return withOptions(Endpoint.parse(kind + ":" + text));
  }

  private Endpoint withOptions(Endpoint written) {
    return switch (written) {
      case Endpoint.Tcp(var at, var framing, var tls) ->
          new Endpoint.Tcp(withPort(at), framing, tls);
      case Endpoint.Udp(var at) -> new Endpoint.Udp(withPort(at));
      case Endpoint.Serial line -> line.withSettings(serial(line.settings()));
    };
  }

  private HostAndPort withPort(HostAndPort written) {
    return port == null ? written : new HostAndPort(written.host(), port);
  }

  private SerialSettings serial(SerialSettings written) {
    return new SerialSettings(
        baud == null ? written.baud() : baud,
        dataBits == null ? written.dataBits() : dataBits,
        parity == null ? written.parity() : parity(parity),
        stopBits == null ? written.stopBits() : stopBits,
        written.direction());
  }

  private static SerialSettings.Parity parity(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "none", "n" -> SerialSettings.Parity.NONE;
      case "even", "e" -> SerialSettings.Parity.EVEN;
      case "odd", "o" -> SerialSettings.Parity.ODD;
      default ->
          throw new IllegalArgumentException("-P takes none, even or odd, was '" + word + "'");
    };
  }

  @Nullable TraceLevel trace() {
    return trace;
  }

  /// The unit id of the device.
  ///
  /// @throws IllegalArgumentException with what to write instead
  public UnitId unit() {
    return UnitId.of(unit);
  }

  Duration timeout() {
    return timeout;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }
}
