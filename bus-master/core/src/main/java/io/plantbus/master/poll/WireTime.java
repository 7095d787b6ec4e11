package io.plantbus.master.poll;

import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.AsciiClientSettings;
import io.plantbus.protocols.modbus.session.RtuClientSettings;

/// What the frames of a read take on the wire of a line, apart from the device. A network takes
/// next to nothing.
///
/// @param byteNanos time of one byte of a frame; 0 on a network
/// @param silenceNanos silence before a frame (SL 2.5.1.1); 0 on a network
/// @param drainNanos how long the line is left alone after a request without an answer
public record WireTime(long byteNanos, long silenceNanos, long drainNanos) {
  /// Unit id, function, start, quantity and checksum of a request (AP 6.1, SL 2.5.1).
  private static final int REQUEST_BYTES = 8;

  /// Unit id, function, byte count and checksum of an answer.
  private static final int ANSWER_BYTES = 5;

  /// Of a line.
  ///
  /// @throws IllegalArgumentException if it is no Modbus line
  public static WireTime of(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Serial serial -> of(serial);
      case Transport.Tcp tcp ->
          switch (tcp.framing()) {
            case MBAP -> new WireTime(0, 0, 0);
            case RTU -> new WireTime(0, 0, RtuClientSettings.overStream().drainNanos());
            case ASCII -> new WireTime(0, 0, AsciiClientSettings.overStream().drainNanos());
          };
      case Transport.Udp _ -> new WireTime(0, 0, 0);
      case Transport.I2c _ ->
          throw new IllegalArgumentException("line " + line.name() + " is no Modbus line");
    };
  }

  private static WireTime of(Transport.Serial serial) {
    RtuTiming timing =
        new RtuTiming(serial.settings().baud(), serial.settings().bitsPerCharacter());
    long character = timing.characterNanos();
    long silence = serial.silenceNanos() > 0 ? serial.silenceNanos() : timing.interFrameNanos();
    return switch (serial.framing()) {
      case RTU -> new WireTime(character, silence, RtuClientSettings.of(timing).drainNanos());
      // Two characters for each byte (SL 2.5.2); no silence is asked for between frames.
      case ASCII ->
          new WireTime(
              2 * character, serial.silenceNanos(), AsciiClientSettings.of(character).drainNanos());
    };
  }

  /// The frame of a read request.
  public long requestNanos() {
    return REQUEST_BYTES * byteNanos;
  }

  /// The frame of the answer to a read.
  ///
  /// @param count bits or registers, 1..2000
  public long answerNanos(DataTable table, int count) {
    int bytes = table.isBits() ? BitBlock.bytesFor(count) : 2 * count;
    return (ANSWER_BYTES + bytes) * byteNanos;
  }

  /// What a read costs of a device that takes that long.
  ///
  /// @param turnaroundNanos from the end of a request to the start of its answer
  public RequestCost cost(long turnaroundNanos) {
    return byteNanos == 0
        ? RequestCost.tcp(Math.max(1, turnaroundNanos))
        : new RequestCost(
            (REQUEST_BYTES + ANSWER_BYTES) * byteNanos
                + silenceNanos
                + Math.max(silenceNanos, turnaroundNanos),
            byteNanos);
  }
}
