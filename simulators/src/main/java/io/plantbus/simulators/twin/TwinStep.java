package io.plantbus.simulators.twin;

import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that changes in a slave that is played back.
public sealed interface TwinStep {
  /// When, from the beginning of the recording.
  long atNanos();

  /// Elements hold something else.
  ///
  /// @param start address of the first
  /// @param values at least one, each 0..65535 or, for bits, 0..1
  record Change(long atNanos, DataTable table, int start, List<Integer> values)
      implements TwinStep {
    public Change {
      values = List.copyOf(values);
    }
  }

  /// A request is refused from now on, or executed again.
  ///
  /// @param code why; null if it is executed
  record Refuse(long atNanos, RequestKey request, @Nullable ExceptionCode code)
      implements TwinStep {}

  /// The slave falls silent, or answers again.
  record Silence(long atNanos, boolean silent) implements TwinStep {}
}
