package io.plantbus.protocols.modbus.trace;

/// How frames are delimited on a line that is listened to.
public enum LineFraming {
  /// Serial, binary, with a CRC (SL 2.5.1); also where such frames go over a stream.
  RTU(true),
  /// Serial, in hexadecimal characters between `:` and CR LF, with an LRC (SL 2.5.2).
  ASCII(true),
  /// A stream of frames with the header of Modbus TCP (MB 3.1.3); also inside TLS.
  MBAP_STREAM(false),
  /// One frame with the header of Modbus TCP per datagram.
  MBAP_DATAGRAM(false);

  private final boolean serial;

  LineFraming(boolean serial) {
    this.serial = serial;
  }

  /// Whether unit id 0 is a broadcast that nobody answers, and one request is open at a time (SL
  /// 2.1).
  public boolean isSerial() {
    return serial;
  }
}
