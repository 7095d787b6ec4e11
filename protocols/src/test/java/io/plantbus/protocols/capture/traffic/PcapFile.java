package io.plantbus.protocols.capture.traffic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A capture in the format pcap, written by hand: a connection from 10.0.0.9:40000 to 10.0.0.2.
final class PcapFile {
  static final int CLIENT_PORT = 40_000;
  private static final int SYN = 2;
  private static final int ACK = 16;

  private final int linkType;
  private final ByteOrder order;
  private final boolean nanos;
  private final List<byte[]> packets = new ArrayList<>();
  private int serverPort = 502;
  private boolean ipv6;
  private byte[] link;
  private long clientAt = 0xFFFF_FFF0L;
  private long serverAt = 7000;

  PcapFile(int linkType, ByteOrder order, boolean nanos, String linkHeader) {
    this.linkType = linkType;
    this.order = order;
    this.nanos = nanos;
    this.link = HexFormat.of().parseHex(linkHeader);
  }

  static PcapFile ethernet() {
    return new PcapFile(1, ByteOrder.LITTLE_ENDIAN, false, "0000000000010000000000020800");
  }

  PcapFile port(int port) {
    serverPort = port;
    return this;
  }

  PcapFile overIpv6(String linkHeader) {
    ipv6 = true;
    link = HexFormat.of().parseHex(linkHeader);
    return this;
  }

  PcapFile handshake() {
    tcp(true, clientAt - 1, SYN, "");
    tcp(false, serverAt - 1, SYN | ACK, "");
    return this;
  }

  PcapFile client(String hex) {
    tcp(true, clientAt, ACK, hex);
    clientAt += hex.length() / 2;
    return this;
  }

  PcapFile server(String hex) {
    tcp(false, serverAt, ACK, hex);
    serverAt += hex.length() / 2;
    return this;
  }

  /// Bytes that the capture has not.
  PcapFile missedFromServer(int bytes) {
    serverAt += bytes;
    return this;
  }

  /// A segment again, or before its time.
  PcapFile serverAt(int shift, String hex) {
    tcp(false, serverAt + shift, ACK, hex);
    return this;
  }

  PcapFile raw(String hex) {
    packets.add(HexFormat.of().parseHex(hex));
    return this;
  }

  /// Sets a flag of the last IPv4 header: more fragments follow.
  PcapFile asFragment() {
    byte[] packet = packets.getLast();
    packet[link.length + 6] |= 0x20;
    return this;
  }

  void tcp(boolean toServer, long sequence, int flags, String hex) {
    byte[] payload = HexFormat.of().parseHex(hex);
    int ip = ipv6 ? 40 : 20;
    ByteBuffer packet = ByteBuffer.allocate(link.length + ip + 20 + payload.length);
    packet.put(link);
    if (ipv6) {
      packet.putInt(0x6000_0000).putShort((short) (20 + payload.length)).putShort((short) 0x0640);
      packet.putLong(1).putLong(toServer ? 9 : 2).putLong(1).putLong(toServer ? 2 : 9);
    } else {
      packet.putShort((short) 0x4500).putShort((short) (40 + payload.length)).putInt(0);
      packet.putShort((short) 0x4006).putShort((short) 0);
      packet.putInt(toServer ? 0x0A000009 : 0x0A000002).putInt(toServer ? 0x0A000002 : 0x0A000009);
    }
    packet.putShort((short) (toServer ? CLIENT_PORT : serverPort));
    packet.putShort((short) (toServer ? serverPort : CLIENT_PORT));
    packet
        .putInt((int) sequence)
        .putInt((int) (toServer ? serverAt : clientAt))
        .putShort((short) (0x5000 | flags));
    packet.putShort((short) 512).putInt(0).put(payload);
    packets.add(packet.array());
  }

  byte[] bytes() {
    int size = 24 + packets.stream().mapToInt(each -> 16 + each.length).sum();
    ByteBuffer file = ByteBuffer.allocate(size).order(order);
    file.putInt(nanos ? 0xA1B23C4D : 0xA1B2C3D4).putShort((short) 2).putShort((short) 4);
    file.putLong(0).putInt(65_535).putInt(linkType);
    for (int i = 0; i < packets.size(); i++) {
      byte[] packet = packets.get(i);
      // One packet per millisecond.
      file.putInt(1_700_000_000).putInt(i * (nanos ? 1_000_000 : 1000));
      file.putInt(packet.length).putInt(packet.length).put(packet);
    }
    return file.array();
  }

  CapturedTraffic read() {
    return read(bytes());
  }

  static CapturedTraffic read(byte[] file) {
    try {
      return TrafficReader.read(new ByteArrayInputStream(file));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
