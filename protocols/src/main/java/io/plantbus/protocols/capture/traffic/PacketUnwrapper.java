package io.plantbus.protocols.capture.traffic;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Takes the headers off a packet: those of the link, of IPv4 or IPv6, and of TCP or UDP; or the
/// tags that stand before a frame of a serial line.
final class PacketUnwrapper {
  private static final int SERIAL_PORT = 5020;
  private static final int MOST_VLAN_TAGS = 3;
  private static final int MOST_EXTENSIONS = 8;

  private PacketUnwrapper() {}

  /// What a packet holds.
  ///
  /// @param linkType of its interface
  /// @param originalLength bytes that it had
  static Unwrapped unwrap(int linkType, ByteBuffer packet, int originalLength) {
    ByteBuffer rest = packet.slice().order(ByteOrder.BIG_ENDIAN);
    try {
      return switch (linkType) {
        case 0, 108 -> loopback(rest);
        case 1 -> ethernet(rest);
        case 12, 14, 101, 228, 229 -> ip(rest);
        case 113 -> cooked(rest, 14, 16);
        case 276 -> cooked(rest, 0, 20);
        case 252 -> tagged(rest);
        default -> new Unwrapped.Useless(Leftover.LINK);
      };
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException _) {
      return new Unwrapped.Useless(
          packet.remaining() < originalLength ? Leftover.CUT : Leftover.MALFORMED);
    }
  }

  /// Four bytes of an address family, in the byte order of whoever captured.
  private static Unwrapped loopback(ByteBuffer rest) {
    rest.getInt();
    return ip(rest);
  }

  private static Unwrapped ethernet(ByteBuffer rest) {
    rest.position(12);
    return byType(rest);
  }

  private static Unwrapped cooked(ByteBuffer rest, int typeAt, int length) {
    int type = rest.getShort(typeAt) & 0xFFFF;
    return byType(type, rest.position(length));
  }

  private static Unwrapped byType(ByteBuffer rest) {
    return byType(rest.getShort() & 0xFFFF, rest);
  }

  private static Unwrapped byType(int first, ByteBuffer rest) {
    int type = first;
    for (int tags = 0;
        tags < MOST_VLAN_TAGS && (type == 0x8100 || type == 0x88A8 || type == 0x9100);
        tags++) {
      rest.getShort();
      type = rest.getShort() & 0xFFFF;
    }
    return type == 0x0800 || type == 0x86DD ? ip(rest) : new Unwrapped.Useless(Leftover.PROTOCOL);
  }

  private static Unwrapped ip(ByteBuffer rest) {
    ByteBuffer packet = rest.slice();
    return switch (packet.get(0) >> 4 & 0xF) {
      case 4 -> ipv4(packet);
      case 6 -> ipv6(packet);
      default -> new Unwrapped.Useless(Leftover.PROTOCOL);
    };
  }

  private static Unwrapped ipv4(ByteBuffer packet) {
    int header = (packet.get(0) & 0xF) * 4;
    int total = packet.getShort(2) & 0xFFFF;
    if (header < 20 || (total != 0 && total < header)) {
      return new Unwrapped.Useless(Leftover.MALFORMED);
    }
    if ((packet.getShort(6) & 0x3FFF) != 0) {
      return new Unwrapped.Useless(Leftover.FRAGMENT);
    }
    String from = ipv4Address(packet, 12);
    String to = ipv4Address(packet, 16);
    // A segment that the sender's hardware would cut has no length yet when it is captured.
    int length = total == 0 ? packet.remaining() : total;
    boolean whole = length <= packet.remaining();
    packet.limit(Math.min(length, packet.limit())).position(header);
    return transport(packet.get(9) & 0xFF, from, to, packet.slice(), whole);
  }

  private static String ipv4Address(ByteBuffer packet, int at) {
    return "%d.%d.%d.%d"
        .formatted(
            packet.get(at) & 0xFF,
            packet.get(at + 1) & 0xFF,
            packet.get(at + 2) & 0xFF,
            packet.get(at + 3) & 0xFF);
  }

  private static Unwrapped ipv6(ByteBuffer packet) {
    int length = packet.getShort(4) & 0xFFFF;
    int next = packet.get(6) & 0xFF;
    String from = ipv6Address(packet, 8);
    String to = ipv6Address(packet, 24);
    int total = length == 0 ? packet.remaining() : 40 + length;
    boolean whole = total <= packet.remaining();
    packet.limit(Math.min(total, packet.limit())).position(40);
    for (int i = 0; i < MOST_EXTENSIONS && (next == 0 || next == 43 || next == 60); i++) {
      int after = packet.get() & 0xFF;
      int more = (packet.get() & 0xFF) * 8 + 6;
      packet.position(Math.min(packet.position() + more, packet.limit()));
      next = after;
    }
    return next == 44
        ? new Unwrapped.Useless(Leftover.FRAGMENT)
        : transport(next, from, to, packet.slice(), whole);
  }

  private static String ipv6Address(ByteBuffer packet, int at) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i += 2) {
      text.append(i == 0 ? "" : ":").append(Integer.toHexString(packet.getShort(at + i) & 0xFFFF));
    }
    return text.toString();
  }

  private static Unwrapped transport(
      int protocol, String from, String to, ByteBuffer segment, boolean whole) {
    return switch (protocol) {
      case 6 -> {
        Peer source = new Peer(from, segment.getShort(0) & 0xFFFF);
        Peer target = new Peer(to, segment.getShort(2) & 0xFFFF);
        int header = (segment.get(12) >> 4 & 0xF) * 4;
        int flags = segment.get(13);
        if (header < 20) {
          yield new Unwrapped.Useless(Leftover.MALFORMED);
        }
        boolean syn = (flags & 2) != 0;
        boolean ack = (flags & 16) != 0;
        int sequence = segment.getInt(4);
        int acknowledgement = segment.getInt(8);
        segment.position(header);
        yield new Unwrapped.Tcp(
            source, target, sequence, acknowledgement, syn, ack, segment.slice(), whole);
      }
      case 17 -> {
        Peer source = new Peer(from, segment.getShort(0) & 0xFFFF);
        Peer target = new Peer(to, segment.getShort(2) & 0xFFFF);
        segment.position(8);
        yield whole
            ? new Unwrapped.Udp(source, target, segment.slice())
            : new Unwrapped.Useless(Leftover.CUT);
      }
      default -> new Unwrapped.Useless(Leftover.PROTOCOL);
    };
  }

  /// Tags of the link type for upper protocols: number and length of two bytes each, up to number
  /// 0.
  private static Unwrapped tagged(ByteBuffer rest) {
    String dissector = "";
    int target = 0;
    for (int tag = rest.getShort(); ; tag = rest.getShort()) {
      int length = rest.getShort() & 0xFFFF;
      if (tag == 0) {
        break;
      }
      ByteBuffer value = rest.slice(rest.position(), length);
      rest.position(rest.position() + length);
      if (tag == 12) {
        dissector = StandardCharsets.US_ASCII.decode(value).toString().replace("\0", "");
      } else if (tag == 26) {
        target = value.getInt(0);
      }
    }
    boolean ascii = dissector.equals("data-text-lines");
    return ascii || dissector.equals("mbrtu") || dissector.equals("data")
        ? new Unwrapped.Serial(target == SERIAL_PORT, ascii, rest.slice())
        : new Unwrapped.Useless(Leftover.NOT_MODBUS);
  }
}
