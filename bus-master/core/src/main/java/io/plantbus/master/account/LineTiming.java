package io.plantbus.master.account;

import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.AsciiClientSettings;
import io.plantbus.protocols.modbus.session.RtuClientSettings;

/// How long frames are on a line, and what the line keeps to around them.
///
/// @param frame how frames stand on it
/// @param characterNanos time of one character; 0 where bytes take no time that can be told
/// @param answerSilenceNanos silence that a device must keep before it answers (SL 2.5.1.1)
/// @param silenceNanos silence before each request
/// @param drainNanos rest that the line needs after a request without an answer
/// @param window the most transactions under way
record LineTiming(
    Frame frame,
    long characterNanos,
    long answerSilenceNanos,
    long silenceNanos,
    long drainNanos,
    int window) {

  /// What stands around a protocol data unit.
  enum Frame {
    /// Unit id and checksum (SL 2.5.1).
    RTU {
      @Override
      int characters(int pduBytes) {
        return pduBytes + 3;
      }
    },
    /// Colon, unit id, checksum and two delimiters, two characters to a byte (SL 2.5.2).
    ASCII {
      @Override
      int characters(int pduBytes) {
        return 2 * (pduBytes + 2) + 3;
      }
    },
    /// A header of seven bytes (MB 3.1.3).
    MBAP {
      @Override
      int characters(int pduBytes) {
        return pduBytes + 7;
      }
    },
    /// An I2C bus has none of ours.
    NONE {
      @Override
      int characters(int pduBytes) {
        return 0;
      }
    };

    /// Characters of the frame around a protocol data unit that is not empty.
    abstract int characters(int pduBytes);

    /// Characters that carry data.
    int dataCharacters(int bytes) {
      return this == ASCII ? 2 * bytes : bytes;
    }
  }

  static LineTiming of(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Serial serial -> serial(serial);
      case Transport.Tcp tcp ->
          switch (tcp.framing()) {
            case MBAP -> network(Frame.MBAP, 0, tcp.window());
            case RTU -> network(Frame.RTU, RtuClientSettings.overStream().drainNanos(), 1);
            case ASCII -> network(Frame.ASCII, AsciiClientSettings.overStream().drainNanos(), 1);
          };
      case Transport.Udp udp -> network(Frame.MBAP, 0, udp.window());
      case Transport.I2c _ -> network(Frame.NONE, 0, 1);
    };
  }

  private static LineTiming network(Frame frame, long drainNanos, int window) {
    return new LineTiming(frame, 0, 0, 0, drainNanos, window);
  }

  private static LineTiming serial(Transport.Serial line) {
    SerialSettings serial = line.settings();
    RtuTiming timing = new RtuTiming(serial.baud(), serial.bitsPerCharacter());
    return switch (line.framing()) {
      case RTU -> {
        RtuClientSettings kept = RtuClientSettings.of(timing);
        yield new LineTiming(
            Frame.RTU,
            timing.characterNanos(),
            timing.interFrameNanos(),
            line.silenceNanos() > 0 ? line.silenceNanos() : kept.silenceNanos(),
            kept.drainNanos(),
            1);
      }
      case ASCII -> {
        AsciiClientSettings kept = AsciiClientSettings.of(timing.characterNanos());
        yield new LineTiming(
            Frame.ASCII,
            timing.characterNanos(),
            0,
            line.silenceNanos() > 0 ? line.silenceNanos() : kept.silenceNanos(),
            kept.drainNanos(),
            1);
      }
    };
  }

  /// Characters of the frames of an exchange.
  int characters(Exchange exchange) {
    return characters(exchange.requestBytes) + characters(exchange.answerBytes);
  }

  private int characters(int pduBytes) {
    return pduBytes == 0 ? 0 : frame.characters(pduBytes);
  }
}
