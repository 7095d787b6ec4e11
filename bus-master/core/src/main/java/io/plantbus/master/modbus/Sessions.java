package io.plantbus.master.modbus;

import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.AsciiClientSession;
import io.plantbus.protocols.modbus.session.AsciiClientSettings;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSettings;
import io.plantbus.protocols.modbus.session.TcpClientSession;
import io.plantbus.protocols.modbus.session.UdpClientSession;

/// The session that fits a line's transport.
public final class Sessions {
  private Sessions() {}

  /// A session for a line.
  ///
  /// @throws IllegalArgumentException if it is an I2C bus
  public static ClientSession open(Transport transport, ClientEffects effects) {
    return switch (transport) {
      case Transport.Serial serial ->
          switch (serial.framing()) {
            case RTU -> new RtuClientSession(rtu(serial), effects);
            case ASCII -> new AsciiClientSession(ascii(serial), effects);
          };
      case Transport.Tcp tcp ->
          switch (tcp.framing()) {
            case MBAP -> new TcpClientSession(tcp.window(), effects);
            case RTU -> new RtuClientSession(RtuClientSettings.overStream(), effects);
            case ASCII -> new AsciiClientSession(AsciiClientSettings.overStream(), effects);
          };
      case Transport.Udp udp -> new UdpClientSession(udp.window(), effects);
      case Transport.I2c _ -> throw new IllegalArgumentException("no Modbus line: " + transport);
    };
  }

  static int window(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Tcp tcp -> tcp.window();
      case Transport.Udp udp -> udp.window();
      case Transport.Serial _, Transport.I2c _ -> 1;
    };
  }

  private static RtuClientSettings rtu(Transport.Serial line) {
    SerialSettings serial = line.settings();
    RtuClientSettings settings =
        RtuClientSettings.of(new RtuTiming(serial.baud(), serial.bitsPerCharacter()))
            .withTurnaroundNanos(line.turnaroundNanos())
            .withEcho(line.echo());
    return line.silenceNanos() > 0 ? settings.withSilenceNanos(line.silenceNanos()) : settings;
  }

  private static AsciiClientSettings ascii(Transport.Serial line) {
    AsciiClientSettings settings =
        AsciiClientSettings.of(line.settings().characterNanos())
            .withTurnaroundNanos(line.turnaroundNanos())
            .withEcho(line.echo());
    return line.silenceNanos() > 0 ? settings.withSilenceNanos(line.silenceNanos()) : settings;
  }
}
