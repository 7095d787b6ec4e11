package io.plantbus.protocols.capture.traffic;

import io.plantbus.protocols.capture.CaptureBlock;
import io.plantbus.protocols.capture.CaptureReader;
import io.plantbus.protocols.capture.traffic.CapturedTraffic.Leftovers;
import io.plantbus.protocols.modbus.trace.LineFraming;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the Modbus traffic in a capture: ours, or one of Modbus TCP or UDP from any tool. A
/// connection's server is who was called, who listens at port 502, or who has the lower port.
/// Bounded: of each capture 500,000 exchanges are taken, of 4096 conversations.
public final class TrafficReader implements Pairing.Ledger {
  private static final int MOST_EXCHANGES = 500_000;
  private static final int MOST_CONVERSATIONS = 4096;
  private static final int MODBUS_PORT = 502;

  /// Addresses for documentation (RFC 5737), which our captures make up for lines.
  private static final String MADE_UP = "192.0.2.";

  private final Map<Integer, CaptureBlock.Interface> interfaces = new HashMap<>();
  private final Map<Key, Conversation> conversations = new LinkedHashMap<>();
  private final Map<Integer, Pairing> lines = new LinkedHashMap<>();
  private final List<CapturedExchange> exchanges = new ArrayList<>();
  private final Map<Leftover, Leftovers> leftovers = new EnumMap<>(Leftover.class);
  private long packets;
  private long nowNanos;

  private record Key(boolean tcp, Peer low, Peer high) {
    static Key of(boolean tcp, Peer a, Peer b) {
      return a.toString().compareTo(b.toString()) < 0 ? new Key(tcp, a, b) : new Key(tcp, b, a);
    }
  }

  private TrafficReader() {}

  /// Reads a capture to its end, or to where it is damaged.
  ///
  /// @param in the file from its beginning; not closed
  /// @throws IOException if the stream cannot be read
  public static CapturedTraffic read(InputStream in) throws IOException {
    TrafficReader reader = new TrafficReader();
    String damage = reader.readAll(CaptureReader.open(in));
    reader.exchanges.sort(Comparator.comparingLong(CapturedExchange::requestNanos));
    return new CapturedTraffic(reader.exchanges, reader.packets, reader.leftovers, damage);
  }

  private String readAll(CaptureReader capture) throws IOException {
    String damage = "";
    for (boolean more = true; more; ) {
      switch (capture.next()) {
        case CaptureBlock.Interface described -> {
          if (described.number() == 0 && interfaces.containsKey(0)) {
            endAll(); // another section, whose interfaces are numbered anew
          }
          interfaces.put(described.number(), described);
        }
        case CaptureBlock.Packet packet -> {
          packets++;
          nowNanos = packet.epochNanos();
          take(packet);
        }
        case CaptureBlock.Statistics _ -> {}
        case CaptureBlock.Broken(long offset, String reason) -> {
          damage = "at byte %d: %s".formatted(offset, reason);
          more = false;
        }
        case CaptureBlock.End _ -> more = false;
      }
    }
    endAll();
    return damage;
  }

  private void endAll() {
    conversations.values().forEach(Conversation::end);
    lines.values().forEach(each -> each.interrupted(Long.MIN_VALUE));
    conversations.clear();
    lines.clear();
    interfaces.clear();
  }

  private void take(CaptureBlock.Packet packet) {
    CaptureBlock.Interface from = interfaces.get(packet.number());
    int linkType = from == null ? -1 : from.linkType();
    switch (PacketUnwrapper.unwrap(linkType, packet.bytes(), packet.originalLength())) {
      case Unwrapped.Tcp segment -> {
        Peer server =
            segment.syn()
                ? segment.ack() ? segment.from() : segment.to()
                : server(segment.from(), segment.to());
        Conversation found = conversation(true, segment.from(), segment.to(), server, from);
        if (found != null) {
          found.segment(segment, nowNanos);
        }
      }
      case Unwrapped.Udp datagram -> {
        Peer server = server(datagram.from(), datagram.to());
        Conversation found = conversation(false, datagram.from(), datagram.to(), server, from);
        if (found != null) {
          found.datagram(datagram, nowNanos);
        }
      }
      case Unwrapped.Serial serial ->
          lines
              .computeIfAbsent(packet.number(), _ -> line(from, serial.ascii()))
              .heard(serial.toServer(), serial.frame(), nowNanos);
      case Unwrapped.Useless(Leftover reason) -> leave(reason, packets);
    }
  }

  private Pairing line(CaptureBlock.@Nullable Interface from, boolean ascii) {
    LineFraming framing = ascii ? LineFraming.ASCII : LineFraming.RTU;
    return new Pairing(
        this,
        from == null
            ? new CapturedServer("line", "", framing)
            : new CapturedServer(from.name(), from.description(), framing));
  }

  private static Peer server(Peer from, Peer to) {
    if (from.port() == MODBUS_PORT) {
      return from;
    }
    return to.port() == MODBUS_PORT || to.port() <= from.port() ? to : from;
  }

  private @Nullable Conversation conversation(
      boolean tcp, Peer a, Peer b, Peer server, CaptureBlock.@Nullable Interface from) {
    Key key = Key.of(tcp, a, b);
    Conversation found = conversations.get(key);
    if (found == null) {
      if (conversations.size() == MOST_CONVERSATIONS) {
        leave(Leftover.TOO_MANY, packets);
        return null;
      }
      String line = from != null && server.address().startsWith(MADE_UP) ? from.name() : "";
      found =
          new Conversation(
              this,
              server,
              line.isEmpty() ? server.toString() : line,
              tcp ? LineFraming.MBAP_STREAM : LineFraming.MBAP_DATAGRAM);
      conversations.put(key, found);
    }
    return found;
  }

  @Override
  public long packet() {
    return packets;
  }

  @Override
  public void add(CapturedExchange exchange) {
    if (exchanges.size() == MOST_EXCHANGES) {
      leave(Leftover.TOO_MANY, exchange.packet());
    } else {
      exchanges.add(exchange);
    }
  }

  @Override
  public void leave(Leftover reason, long packet) {
    leftovers.merge(
        reason,
        new Leftovers(1, packet),
        (old, _) -> new Leftovers(old.count() + 1, old.firstPacket()));
  }
}
