package io.plantbus.master.trace;

import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.RtuTiming;
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
      case Transport.Rtu(String device, SerialSettings serial, _, _) ->
          serial(line.name(), device, serial, line.responseTimeoutNanos());
      case Transport.Tcp(String host, int port, _, _) ->
          stream(line.name(), "tcp://" + host + ":" + port, line.responseTimeoutNanos());
      case Transport.I2c _ ->
          throw new IllegalArgumentException("line " + line.name() + " is an I2C bus");
    };
  }

  /// A serial line with RTU frames.
  public static TappedLine serial(
      String name, String device, SerialSettings serial, long answerTimeoutNanos) {
    RtuTiming timing = new RtuTiming(serial.baud(), serial.bitsPerCharacter());
    return new TappedLine(
        name,
        device + " " + serial,
        new EavesdropperSettings(
            LineFraming.RTU,
            Math.max(timing.interFrameNanos(), ADAPTER_GATHERING_NANOS),
            answerTimeoutNanos));
  }

  /// A connection with frames of Modbus TCP.
  public static TappedLine stream(String name, String endpoint, long answerTimeoutNanos) {
    return new TappedLine(
        name,
        endpoint,
        new EavesdropperSettings(
            LineFraming.MBAP_STREAM, ADAPTER_GATHERING_NANOS, answerTimeoutNanos));
  }
}
