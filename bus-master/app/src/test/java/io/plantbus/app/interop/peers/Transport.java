package io.plantbus.app.interop.peers;

import io.plantbus.hal.SerialSettings;
import java.util.Set;

/// A way to carry Modbus between two parties on this machine.
public enum Transport {
  TCP("TCP", "tcp", 0),
  RTU_9600("RTU at 9600", "rtu", 9600),
  RTU_19200("RTU at 19200", "rtu", 19_200),
  RTU_115200("RTU at 115200", "rtu", 115_200),
  ASCII_19200("ASCII at 19200", "ascii", 19_200),
  RTU_OVER_TCP("RTU over TCP", "rtu-over-tcp", 0),
  UDP("UDP", "udp", 0),
  TLS("TLS", "tls", 0);

  /// Modbus RTU at each speed.
  public static final Set<Transport> RTU = Set.of(RTU_9600, RTU_19200, RTU_115200);

  private final String label;
  private final String word;
  private final int baud;

  Transport(String label, String word, int baud) {
    this.label = label;
    this.word = word;
    this.baud = baud;
  }

  /// What programs call it on their command line.
  public String word() {
    return word;
  }

  /// Bits per second of a serial line; 0 for a network.
  public int baud() {
    return baud;
  }

  /// The settings of a serial line.
  public SerialSettings settings() {
    return SerialSettings.of(baud, "8E1");
  }

  /// The label without the speed.
  public String framing() {
    return label.replaceFirst(" at .*", "");
  }

  public boolean isSerial() {
    return baud > 0;
  }

  /// Whether the length of a frame follows from its function alone.
  public boolean isByteStream() {
    return isSerial() || this == RTU_OVER_TCP;
  }

  @Override
  public String toString() {
    return label;
  }
}
