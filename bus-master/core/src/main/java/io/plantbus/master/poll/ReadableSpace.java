package io.plantbus.master.poll;

import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Where one request to a device may reach: how far, and over which addresses not.
public final class ReadableSpace {
  private final RequestLimits limits;
  private final Map<DataTable, List<AddressRange>> holes = new EnumMap<>(DataTable.class);

  private ReadableSpace(RequestLimits limits, Map<DataTable, List<AddressRange>> holes) {
    this.limits = limits;
    holes.forEach(
        (table, ranges) -> {
          List<AddressRange> sorted = new ArrayList<>(ranges);
          sorted.sort(Comparator.comparingInt(AddressRange::start));
          this.holes.put(table, List.copyOf(sorted));
        });
  }

  /// A device that has every address.
  public static ReadableSpace of(RequestLimits limits) {
    return new ReadableSpace(limits, Map.of());
  }

  /// A device that refuses a request which touches any of these addresses.
  ///
  /// @param holes by table, in any order
  public static ReadableSpace of(RequestLimits limits, Map<DataTable, List<AddressRange>> holes) {
    return new ReadableSpace(limits, holes);
  }

  /// The most elements of a table in one request, 1..2000.
  public int limit(DataTable table) {
    return table.isBits() ? limits.maxReadBits() : limits.maxReadRegisters();
  }

  /// The first address that a request which starts here cannot reach because of a hole.
  ///
  /// @param address 0..65535
  /// @return `address` itself if it lies in a hole; 65536 if there is no hole further on
  public int nextHole(DataTable table, int address) {
    int next = 1 << 16;
    for (AddressRange hole : holes.getOrDefault(table, List.of())) {
      if (hole.last() >= address) {
        next = Math.min(next, Math.max(address, hole.start()));
      }
    }
    return next;
  }
}
