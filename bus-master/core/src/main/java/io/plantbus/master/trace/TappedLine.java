package io.plantbus.master.trace;

import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.trace.EavesdropperSettings;
import io.plantbus.protocols.modbus.trace.LineFraming;
import java.util.concurrent.TimeUnit;

/// What a listener must know of a line.
///
/// @param name as in the plant
/// @param endpoint as a user would write it, for display
/// @param settings how to cut what is heard into frames
public record TappedLine(String name, String endpoint, EavesdropperSettings settings) {
  /// USB adapters hold bytes back for about this long before they hand them over.
  private static final long ADAPTER_GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /// The line of a plant.
  ///
  /// @throws IllegalArgumentException if it is an I2C bus
  public static TappedLine of(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Serial serial ->
          serial(
              line.name(),
              serial.device(),
              serial.framing(),
              serial.settings(),
              line.responseTimeoutNanos());
      case Transport.Tcp tcp ->
          stream(
              line.name(),
              scheme(tcp) + tcp.host() + ":" + tcp.port(),
              tcp.framing(),
              line.responseTimeoutNanos());
      case Transport.Udp(String host, int port, _) ->
          datagrams(line.name(), "udp://" + host + ":" + port, line.responseTimeoutNanos());
      case Transport.I2c _ ->
          throw new IllegalArgumentException("line " + line.name() + " is an I2C bus");
    };
  }

  private static String scheme(Transport.Tcp tcp) {
    return switch (tcp.framing()) {
      case MBAP -> tcp.tls() == null ? "tcp://" : "tls://";
      case RTU -> "rtu+tcp://";
      case ASCII -> "ascii+tcp://";
    };
  }

  /// A serial line.
  public static TappedLine serial(
      String name,
      String device,
      SerialFraming framing,
      SerialSettings serial,
      long answerTimeoutNanos) {
    RtuTiming timing = new RtuTiming(serial.baud(), serial.bitsPerCharacter());
    LineFraming heard =
        switch (framing) {
          case RTU -> LineFraming.RTU;
          case ASCII -> LineFraming.ASCII;
        };
    return of(name, device + " " + serial, heard, timing.interFrameNanos(), answerTimeoutNanos);
  }

  /// A connection.
  public static TappedLine stream(
      String name, String endpoint, StreamFraming framing, long answerTimeoutNanos) {
    LineFraming heard =
        switch (framing) {
          case MBAP -> LineFraming.MBAP_STREAM;
          case RTU -> LineFraming.RTU;
          case ASCII -> LineFraming.ASCII;
        };
    return of(name, endpoint, heard, 0, answerTimeoutNanos);
  }

  /// A peer over UDP.
  public static TappedLine datagrams(String name, String endpoint, long answerTimeoutNanos) {
    return of(name, endpoint, LineFraming.MBAP_DATAGRAM, 0, answerTimeoutNanos);
  }

  private static TappedLine of(
      String name, String endpoint, LineFraming framing, long gapNanos, long answerTimeoutNanos) {
    long gap = Math.max(gapNanos, ADAPTER_GATHERING_NANOS);
    return new TappedLine(
        name, endpoint, new EavesdropperSettings(framing, gap, answerTimeoutNanos));
  }
}
