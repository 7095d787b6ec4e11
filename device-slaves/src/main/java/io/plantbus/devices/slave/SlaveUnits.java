package io.plantbus.devices.slave;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.UnitId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who answers behind one or several servers, by unit id. Immutable, for any thread.
public final class SlaveUnits {
  private static final int TCP_DIRECT = 255;

  private final Map<UnitId, SlaveUnit> units;
  private final @Nullable SlaveUnit direct;
  private final @Nullable ExceptionCode absent;

  /// The same as the map, for the way of every request.
  private final @Nullable SlaveUnit[] byId = new @Nullable SlaveUnit[256];

  private SlaveUnits(
      Map<UnitId, SlaveUnit> units, @Nullable SlaveUnit direct, @Nullable ExceptionCode absent) {
    Map<UnitId, SlaveUnit> ordered = new TreeMap<>((a, b) -> a.value() - b.value());
    ordered.putAll(units);
    this.units = Collections.unmodifiableMap(ordered);
    this.direct = direct;
    this.absent = absent;
    ordered.forEach((id, unit) -> byId[id.value()] = unit);
  }

  /// By unit id; 0 is for TCP only, where it is no broadcast.
  public Map<UnitId, SlaveUnit> units() {
    return units;
  }

  /// How TCP requests to a unit that nobody has are refused, or null to leave them without an
  /// answer; a serial line is always silent then.
  public @Nullable ExceptionCode absent() {
    return absent;
  }

  /// Units whose absence is refused with 0x0A, since a server that knows all of its units has no
  /// path to another (AP 7); an only unit answers to 0 and 255 too.
  public static SlaveUnits of(Map<UnitId, SlaveUnit> units) {
    SlaveUnit only = units.size() == 1 ? units.values().iterator().next() : null;
    return new SlaveUnits(units, only, ExceptionCode.GATEWAY_PATH_UNAVAILABLE);
  }

  /// The same with another one who answers to units 0 and 255 over TCP unless they are mapped (MB
  /// 4.4.2.2), or null for nobody.
  public SlaveUnits withDirect(@Nullable SlaveUnit server) {
    return new SlaveUnits(units, server, absent);
  }

  /// The same with another refusal of units that nobody has.
  public SlaveUnits withAbsent(@Nullable ExceptionCode refusal) {
    return new SlaveUnits(units, direct, refusal);
  }

  /// Whether a unit id is mapped.
  ///
  /// @param unit 0..255
  public boolean serves(int unit) {
    return mapped(unit) != null;
  }

  /// Who has a unit id, or null if nobody does.
  ///
  /// @param unit 0..255
  @Nullable SlaveUnit mapped(int unit) {
    return byId[unit];
  }

  /// Who answers over TCP, or null if nobody does.
  @Nullable SlaveUnit find(UnitId unit) {
    SlaveUnit mapped = mapped(unit.value());
    if (mapped == null && (unit.value() == 0 || unit.value() == TCP_DIRECT)) {
      return direct;
    }
    return mapped;
  }
}
