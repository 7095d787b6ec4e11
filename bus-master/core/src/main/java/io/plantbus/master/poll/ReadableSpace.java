package io.plantbus.master.poll;

import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.RefusedSpan;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Where one request to a device may reach: how far, over which addresses not, and which spans it
/// must not hold whole.
public final class ReadableSpace {
  private static final int END = 1 << 16;

  private final RequestLimits limits;
  private final Map<DataTable, Integer> learnedLimits;
  private final Map<DataTable, List<AddressRange>> holes = new EnumMap<>(DataTable.class);
  private final Map<DataTable, List<AddressRange>> refused = new EnumMap<>(DataTable.class);

  private ReadableSpace(
      RequestLimits limits,
      Map<DataTable, Integer> learnedLimits,
      Map<DataTable, List<AddressRange>> holes,
      List<RefusedSpan> refused) {
    this.limits = limits;
    this.learnedLimits = Map.copyOf(learnedLimits);
    holes.forEach((table, ranges) -> this.holes.put(table, sorted(ranges)));
    Map<DataTable, List<AddressRange>> spans = new EnumMap<>(DataTable.class);
    for (RefusedSpan span : refused) {
      spans.computeIfAbsent(span.table(), _ -> new ArrayList<>()).add(span.range());
    }
    spans.forEach((table, ranges) -> this.refused.put(table, sorted(ranges)));
  }

  private static List<AddressRange> sorted(List<AddressRange> ranges) {
    List<AddressRange> copy = new ArrayList<>(ranges);
    copy.sort(Comparator.comparingInt(AddressRange::start));
    return List.copyOf(copy);
  }

  /// A device that has every address.
  public static ReadableSpace of(RequestLimits limits) {
    return new ReadableSpace(limits, Map.of(), Map.of(), List.of());
  }

  /// A device that refuses a request which touches any of these addresses.
  ///
  /// @param holes by table, in any order
  public static ReadableSpace of(RequestLimits limits, Map<DataTable, List<AddressRange>> holes) {
    return new ReadableSpace(limits, Map.of(), holes, List.of());
  }

  /// A device as its profile describes it and as it was found to be.
  public static ReadableSpace of(RequestLimits limits, DeviceObservations observed) {
    return new ReadableSpace(limits, observed.limits(), Map.of(), observed.refused());
  }

  /// The most elements of a table in one request, 1..2000.
  public int limit(DataTable table) {
    int stated = table.isBits() ? limits.maxReadBits() : limits.maxReadRegisters();
    return Math.min(stated, learnedLimits.getOrDefault(table, stated));
  }

  /// The first address that a request which starts here cannot reach.
  ///
  /// @param address 0..65535
  /// @return `address` itself if it lies in a hole; 65536 at most
  public int endFrom(DataTable table, int address) {
    int end = Math.min(END, address + limit(table));
    for (AddressRange hole : holes.getOrDefault(table, List.of())) {
      if (hole.last() >= address) {
        end = Math.min(end, Math.max(address, hole.start()));
      }
    }
    for (AddressRange span : refused.getOrDefault(table, List.of())) {
      if (span.start() >= address) {
        end = Math.min(end, span.last());
      }
    }
    return end;
  }
}
