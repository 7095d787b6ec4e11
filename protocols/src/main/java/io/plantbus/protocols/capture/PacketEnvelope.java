package io.plantbus.protocols.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What stands before the bytes of a line in a capture, so that they are dissected without any
/// setting: made up, as a serial line has no addresses and what is heard above a socket has no
/// headers any more. Client and server get addresses reserved for documentation (RFC 5737). Reused;
/// owned by one thread.
final class PacketEnvelope {
  /// The port of Modbus TCP, at which dissectors look for it (MB 4.3.1.1).
  static final int MODBUS_PORT = 502;

  /// The port told of a serial line: not one at which something else is expected.
  static final int SERIAL_PORT = 5020;

  private static final int CLIENT_ADDRESS = 0xC0000201;
  private static final int FIRST_SERVER_ADDRESS = 0xC0000202;
  private static final int FIRST_CLIENT_PORT = 49_152;
  private static final int CLIENT_PORTS = 16_384;
  private static final int IP_BYTES = 20;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int TAG_DISSECTOR = 12;
  private static final int TAG_SOURCE_ADDRESS = 20;
  private static final int TAG_DESTINATION_ADDRESS = 21;
  private static final int TAG_PORT_TYPE = 24;
  private static final int TAG_SOURCE_PORT = 25;
  private static final int TAG_DESTINATION_PORT = 26;
  private static final int PORT_TYPE_TCP = 2;

  private final byte[] packet = new byte[2048];
  private final ByteBuffer buffer = ByteBuffer.wrap(packet);
  private final int serverAddress;
  private int connection;
  private int clientSequence;
  private int serverSequence;

  /// @param line number of the line, for an address of its own
  PacketEnvelope(int line) {
    serverAddress = FIRST_SERVER_ADDRESS + line % 250;
    reconnected();
  }

  /// What follows is another connection.
  void reconnected() {
    connection++;
    clientSequence = 1;
    serverSequence = 1;
  }

  /// The packet; as many bytes as the call that filled it told.
  byte[] packet() {
    return packet;
  }

  private int clientPort() {
    return FIRST_CLIENT_PORT + connection % CLIENT_PORTS;
  }

  /// Tags that name a dissector and the addresses.
  ///
  /// @param dissector as Wireshark calls it
  /// @return length of the packet
  int upperPdu(String dissector, boolean toServer, byte[] bytes, int length) {
    buffer.clear();
    byte[] name = dissector.getBytes(StandardCharsets.US_ASCII);
    int padded = name.length + (-name.length & 3);
    tag(TAG_DISSECTOR, padded).put(name);
    buffer.position(buffer.position() + padded - name.length);
    for (int at = buffer.position() - padded + name.length; at < buffer.position(); at++) {
      packet[at] = 0;
    }
    tag(TAG_SOURCE_ADDRESS, 4).putInt(toServer ? CLIENT_ADDRESS : serverAddress);
    tag(TAG_DESTINATION_ADDRESS, 4).putInt(toServer ? serverAddress : CLIENT_ADDRESS);
    tag(TAG_PORT_TYPE, 4).putInt(PORT_TYPE_TCP);
    tag(TAG_SOURCE_PORT, 4).putInt(toServer ? clientPort() : SERIAL_PORT);
    tag(TAG_DESTINATION_PORT, 4).putInt(toServer ? SERIAL_PORT : clientPort());
    tag(0, 0).put(bytes, 0, length);
    return buffer.position();
  }

  private ByteBuffer tag(int tag, int length) {
    return buffer.putShort((short) tag).putShort((short) length);
  }

  /// IPv4 and TCP headers, with sequence numbers that follow each other.
  ///
  /// @return length of the packet
  int tcp(boolean toServer, byte[] bytes, int length) {
    ip(TCP, 20 + length, toServer);
    ports(toServer);
    buffer.putInt(toServer ? clientSequence : serverSequence);
    buffer.putInt(toServer ? serverSequence : clientSequence);
    buffer.putInt(0x5018_FFFF).putInt(0).put(bytes, 0, length);
    buffer.putShort(IP_BYTES + 16, (short) checksum(TCP));
    if (toServer) {
      clientSequence += length;
    } else {
      serverSequence += length;
    }
    return buffer.position();
  }

  /// IPv4 and UDP headers.
  ///
  /// @return length of the packet
  int udp(boolean toServer, byte[] bytes, int length) {
    ip(UDP, 8 + length, toServer);
    ports(toServer);
    buffer.putShort((short) (8 + length)).putShort((short) 0).put(bytes, 0, length);
    int sum = checksum(UDP);
    buffer.putShort(IP_BYTES + 6, (short) (sum == 0 ? 0xFFFF : sum));
    return buffer.position();
  }

  private void ports(boolean toServer) {
    buffer.putShort((short) (toServer ? clientPort() : MODBUS_PORT));
    buffer.putShort((short) (toServer ? MODBUS_PORT : clientPort()));
  }

  private void ip(int protocol, int payload, boolean toServer) {
    buffer.clear();
    buffer.putShort((short) 0x4500).putShort((short) (IP_BYTES + payload)).putInt(0);
    buffer.putShort((short) (64 << 8 | protocol)).putShort((short) 0);
    buffer.putInt(toServer ? CLIENT_ADDRESS : serverAddress);
    buffer.putInt(toServer ? serverAddress : CLIENT_ADDRESS);
    buffer.putShort(10, (short) folded(sum(0, IP_BYTES)));
  }

  /// The checksum over pseudo header and segment (RFC 9293 3.1, RFC 768).
  private int checksum(int protocol) {
    int end = buffer.position();
    return folded(sum(12, end) + protocol + end - IP_BYTES);
  }

  private int sum(int from, int to) {
    int sum = 0;
    for (int at = from; at < to; at++) {
      sum += (at & 1) == 0 ? (packet[at] & 0xFF) << 8 : packet[at] & 0xFF;
    }
    return sum;
  }

  private static int folded(int sum) {
    int folded = (sum & 0xFFFF) + (sum >>> 16);
    return ~((folded & 0xFFFF) + (folded >>> 16)) & 0xFFFF;
  }
}
