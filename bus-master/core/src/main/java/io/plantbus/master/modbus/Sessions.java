package io.plantbus.master.modbus;

import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSettings;
import io.plantbus.protocols.modbus.session.TcpClientSession;

/// The session that fits a line's transport.
final class Sessions {
  private Sessions() {}

  static ClientSession open(LineSpec line, ClientEffects effects) {
    return switch (line.transport()) {
      case Transport.Rtu rtu -> new RtuClientSession(settings(rtu), effects);
      case Transport.Tcp tcp -> new TcpClientSession(tcp.window(), effects);
      case Transport.I2c _ ->
          throw new IllegalArgumentException("line " + line.name() + " is not a Modbus line");
    };
  }

  static int window(LineSpec line) {
    return line.transport() instanceof Transport.Tcp tcp ? tcp.window() : 1;
  }

  private static RtuClientSettings settings(Transport.Rtu rtu) {
    SerialSettings serial = rtu.settings();
    RtuClientSettings settings =
        RtuClientSettings.of(new RtuTiming(serial.baud(), serial.bitsPerCharacter()))
            .withTurnaroundNanos(rtu.turnaroundNanos());
    return rtu.silenceNanos() > 0 ? settings.withSilenceNanos(rtu.silenceNanos()) : settings;
  }
}
