package io.plantbus.protocols.modbus.security;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the clients of one role may ask of some units. A rule only ever allows.
///
/// @param role whose rule it is; null for clients of any role and of none
/// @param units of which units
/// @param functions by which function codes, each 1..127
/// @param grants what of the tables; requests without addresses of tables need none
public record AuthorizationRule(
    @Nullable Role role, Set<UnitId> units, Set<Integer> functions, List<Grant> grants) {
  /// Every function code that a request can have.
  public static final Set<Integer> ALL_FUNCTIONS =
      IntStream.rangeClosed(1, 127).boxed().collect(Collectors.toUnmodifiableSet());

  /// Every unit.
  public static final Set<UnitId> ALL_UNITS =
      IntStream.rangeClosed(0, 255).mapToObj(UnitId::of).collect(Collectors.toUnmodifiableSet());

  /// Every address of a table.
  public static final AddressRange ALL_ADDRESSES = new AddressRange(0, AddressRange.ADDRESS_SPACE);

  /// Part of a table that may be read, or written, or both.
  ///
  /// @param kinds what may be done
  /// @param table which table
  /// @param range which addresses
  public record Grant(Set<Access.Kind> kinds, DataTable table, AddressRange range) {
    public Grant {
      kinds = Set.copyOf(kinds);
      if (kinds.contains(Access.Kind.WRITE) && !table.isWritable()) {
        throw new IllegalArgumentException("nobody can write " + table.keyword());
      }
    }

    boolean covers(Access access) {
      return kinds.contains(access.kind())
          && table == access.table()
          && range.contains(access.range());
    }
  }

  public AuthorizationRule {
    units = Set.copyOf(units);
    functions = Set.copyOf(functions);
    grants = List.copyOf(grants);
    for (int function : functions) {
      if (function < 1 || function > 127) {
        throw new IllegalArgumentException("a function code must be 1..127, was " + function);
      }
    }
  }

  /// Whether the rule speaks of this client, unit and function.
  boolean concerns(@Nullable Role asking, UnitId unit, int function) {
    return (role == null || role.equals(asking))
        && units.contains(unit)
        && functions.contains(function);
  }

  /// Whether one of its grants covers the whole access.
  boolean grants(Access access) {
    for (Grant grant : grants) {
      if (grant.covers(access)) {
        return true;
      }
    }
    return false;
  }
}
