package io.plantbus.app.scada;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the points that a request touches. Immutable.
final class ScadaMap {
  private final Map<DataTable, NavigableMap<Integer, ScadaPoint>> tables =
      new EnumMap<>(DataTable.class);

  ScadaMap(List<ScadaPoint> points) {
    for (DataTable table : DataTable.values()) {
      tables.put(table, new TreeMap<>());
    }
    for (ScadaPoint point : points) {
      if (!touched(point.table(), point.range()).isEmpty()) {
        throw new IllegalArgumentException(
            point.tag()
                + " overlaps another point at "
                + point.table().keyword()
                + ":"
                + point.address());
      }
      of(point.table()).put(point.address(), point);
    }
  }

  /// The points that cover a range without a gap, in order; null if some address is served by none.
  @Nullable List<ScadaPoint> covering(DataTable table, AddressRange range) {
    List<ScadaPoint> points = touched(table, range);
    int next = range.start();
    for (ScadaPoint point : points) {
      if (point.address() > next) {
        return null;
      }
      next = point.range().last() + 1;
    }
    return next > range.last() ? points : null;
  }

  private List<ScadaPoint> touched(DataTable table, AddressRange range) {
    NavigableMap<Integer, ScadaPoint> points = of(table);
    List<ScadaPoint> touched = new ArrayList<>();
    Map.Entry<Integer, ScadaPoint> before = points.floorEntry(range.start());
    if (before != null && before.getValue().range().overlaps(range)) {
      touched.add(before.getValue());
    }
    touched.addAll(points.subMap(range.start(), false, range.last(), true).values());
    return touched;
  }

  private NavigableMap<Integer, ScadaPoint> of(DataTable table) {
    NavigableMap<Integer, ScadaPoint> points = tables.get(table);
    if (points == null) {
      throw new IllegalStateException("no table " + table);
    }
    return points;
  }
}
