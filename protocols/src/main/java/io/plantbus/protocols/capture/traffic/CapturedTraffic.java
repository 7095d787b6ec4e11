package io.plantbus.protocols.capture.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The Modbus traffic of a capture.
///
/// @param exchanges in the order of their requests
/// @param packets how many packets the capture has
/// @param leftovers how much of it was of no use, by reason
/// @param damage why the file could not be read to its end, with the offset; empty if it could
public record CapturedTraffic(
    List<CapturedExchange> exchanges,
    long packets,
    Map<Leftover, Leftovers> leftovers,
    String damage) {
  /// How often something was of no use.
  ///
  /// @param count at least 1
  /// @param firstPacket the first packet of these, from 1
  public record Leftovers(long count, long firstPacket) {}

  public CapturedTraffic {
    exchanges = List.copyOf(exchanges);
    leftovers = Map.copyOf(leftovers);
  }

  /// Who was asked, in the order in which they first were.
  public List<CapturedServer> servers() {
    return exchanges.stream().map(CapturedExchange::server).distinct().toList();
  }

  /// What was left, a sentence each; the damage last.
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Leftover reason : Leftover.values()) {
      Leftovers left = leftovers.get(reason);
      if (left != null) {
        notes.add(
            "left: %d %s; first at packet %d"
                .formatted(left.count(), reason.words(), left.firstPacket()));
      }
    }
    if (!damage.isEmpty()) {
      notes.add("read up to packet %d only: %s".formatted(packets, damage));
    }
    return notes;
  }
}
