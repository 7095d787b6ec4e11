package io.plantbus.master.proof.load;

import io.plantbus.hal.LineDirection;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.proof.load.Turnaround.Source;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.session.RtuClientSettings;

/// What transactions take on a line, to the character.
///
/// ```
///  RTU  ─[request]── turnaround, T3.5 at least ──[answer]── silence ──  (SL 2.5.1.1)
/// ```
///
/// @param frameCharacters characters of a frame besides its protocol data unit
/// @param byteCharacters characters for each byte of the protocol data unit (SL 2.5.2)
/// @param characterNanos time of one on the wire; 0 on networks
/// @param byteNanos time that devices take for each byte that they give, where the wire takes none
/// @param switchNanos for turning the pair to sending and back by RTS
/// @param leastTurnaroundNanos no device answers earlier
/// @param silenceNanos after an answer, before the next request
/// @param drainNanos after a request without an answer
public record WireTimes(
    int frameCharacters,
    int byteCharacters,
    long characterNanos,
    long byteNanos,
    long switchNanos,
    long leastTurnaroundNanos,
    long silenceNanos,
    long drainNanos) {
  /// What a device is taken to need of which nothing is known.
  static final long ASSUMED_TURNAROUND_NANOS = 5_000_000;

  private static final long STREAM_BYTE_NANOS = 5_000;

  /// @throws IllegalArgumentException if it is an I2C bus
  static WireTimes of(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Serial serial -> serial(serial);
      case Transport.Tcp tcp ->
          network(
              tcp.framing() == StreamFraming.MBAP
                  ? 0
                  : RtuClientSettings.overStream().drainNanos());
      case Transport.Udp _ -> network(0);
      case Transport.I2c _ ->
          throw new IllegalArgumentException("line " + line.name() + " is no Modbus line");
    };
  }

  private static WireTimes network(long drainNanos) {
    return new WireTimes(0, 0, 0, STREAM_BYTE_NANOS, 0, 0, 0, drainNanos);
  }

  private static WireTimes serial(Transport.Serial serial) {
    RtuTiming timing =
        new RtuTiming(serial.settings().baud(), serial.settings().bitsPerCharacter());
    LineDirection direction = serial.settings().direction();
    long switchNanos =
        direction.switching() == LineDirection.Switching.NONE
            ? 0
            : 1_000L * (direction.delayBeforeMicros() + direction.delayAfterMicros());
    long silence = serial.silenceNanos();
    long drain = RtuClientSettings.of(timing).drainNanos();
    return switch (serial.framing()) {
      case RTU -> {
        long kept = silence > 0 ? silence : timing.interFrameNanos();
        yield new WireTimes(
            3,
            1,
            timing.characterNanos(),
            0,
            switchNanos,
            timing.interFrameNanos(),
            kept,
            Math.max(kept, drain));
      }
      case ASCII ->
          new WireTimes(
              7, 2, timing.characterNanos(), 0, switchNanos, 0, silence, Math.max(silence, drain));
    };
  }

  /// How long a device takes at worst.
  public Turnaround turnaround(DeviceSpec device, DeviceObservations seen) {
    long stated = device.turnaroundNanos();
    long observed = seen.longestTurnaroundNanos();
    if (stated == 0 && observed == 0) {
      return new Turnaround(
          device.name(), leastTurnaroundNanos + ASSUMED_TURNAROUND_NANOS, Source.ASSUMED);
    }
    boolean believed = stated >= observed;
    return new Turnaround(
        device.name(),
        Math.max(leastTurnaroundNanos, believed ? stated : observed),
        believed ? Source.STATED : Source.OBSERVED);
  }

  /// From the start of a request to its end.
  ///
  /// @param pduBytes of its protocol data unit, 1..253
  public long requestNanos(int pduBytes) {
    return switchNanos + frameNanos(pduBytes);
  }

  private long frameNanos(int pduBytes) {
    return (frameCharacters + (long) byteCharacters * pduBytes) * characterNanos;
  }

  /// From the start of a request to the end of its answer.
  long answeredNanos(int requestBytes, int answerBytes, long turnaroundNanos) {
    return requestNanos(requestBytes)
        + turnaroundNanos
        + frameNanos(answerBytes)
        + answerBytes * byteNanos;
  }

  /// From the start of a request without an answer until the line is free again.
  long timedOutNanos(int requestBytes, long timeoutNanos) {
    return requestNanos(requestBytes) + timeoutNanos + drainNanos;
  }
}
