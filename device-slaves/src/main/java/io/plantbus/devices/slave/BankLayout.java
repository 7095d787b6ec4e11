package io.plantbus.devices.slave;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.EncodeOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Lays out register banks.
public final class BankLayout {
  private BankLayout() {}

  /// Consecutive elements of one table.
  ///
  /// @param table which table
  /// @param range which of its addresses
  /// @param initial what the first of them hold, each 0..65535 or, for bits, 0..1; the others hold
  ///   zero
  public record RawTable(DataTable table, AddressRange range, List<Integer> initial) {
    public RawTable {
      initial = List.copyOf(initial);
      if (initial.size() > range.count()) {
        throw new IllegalArgumentException(
            "%d initial values for %d addresses of %s"
                .formatted(initial.size(), range.count(), table.keyword()));
      }
      int most = table.isBits() ? 1 : 0xFFFF;
      for (int value : initial) {
        if (value < 0 || value > most) {
          throw new IllegalArgumentException(
              "an initial value of %s must be 0..%d, was %d"
                  .formatted(table.keyword(), most, value));
        }
      }
    }
  }

  /// A bank of raw tables; where they overlap, later ones tell what is in it.
  public static RegisterBank of(List<RawTable> tables) {
    Map<DataTable, List<AddressRange>> mapped = new EnumMap<>(DataTable.class);
    for (RawTable table : tables) {
      mapped.computeIfAbsent(table.table(), _ -> new ArrayList<>()).add(table.range());
    }
    RegisterBank bank = new RegisterBank(mapped);
    for (RawTable table : tables) {
      for (int i = 0; i < table.initial().size(); i++) {
        set(bank, table.table(), table.range().start() + i, table.initial().get(i));
      }
    }
    return bank;
  }

  private static void set(RegisterBank bank, DataTable table, int address, int value) {
    if (table.isBits()) {
      bank.setBit(table, address, value != 0);
    } else {
      bank.setRegister(table, address, value);
    }
  }

  /// A bank with just the elements of a profile's Modbus resources, holding their initial values.
  ///
  /// @throws IllegalArgumentException if an initial value does not fit its encoding
  public static RegisterBank of(DeviceProfile profile) {
    Map<DataTable, List<AddressRange>> mapped = new EnumMap<>(DataTable.class);
    for (DeviceResource resource : profile.resources()) {
      if (resource.point() instanceof Point.Modbus point) {
        mapped.computeIfAbsent(point.table(), _ -> new ArrayList<>()).add(point.range());
      }
    }
    RegisterBank bank = new RegisterBank(mapped);
    for (DeviceResource resource : profile.resources()) {
      TagValue initial = resource.initial();
      if (initial != null && resource.point() instanceof Point.Modbus point) {
        EncodeOutcome outcome = bank.set(resource, initial);
        if (outcome != EncodeOutcome.ENCODED) {
          throw new IllegalArgumentException(
              "initial value of "
                  + resource.name()
                  + ": "
                  + TagCodec.misfit(point.encoding(), initial, outcome));
        }
      }
    }
    return bank;
  }
}
