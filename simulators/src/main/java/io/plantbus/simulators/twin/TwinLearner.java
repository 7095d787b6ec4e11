package io.plantbus.simulators.twin;

import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Learns what a slave held, refused and took, from what was heard of it.
///
/// A value that was read differently than before changed at some time between: the twin changes it
/// in the middle, so that a master that asks a little earlier or later is told the same. What was
/// written counts as read then.
final class TwinLearner {
  private static final int MOST_STEPS = 1_000_000;

  private final long startNanos;
  private final Map<DataTable, TreeMap<Integer, Cell>> tables = new EnumMap<>(DataTable.class);
  private final Map<RequestKey, Known> requests = new HashMap<>();
  private final List<TwinStep> steps = new ArrayList<>();
  private final List<Long> turnarounds = new ArrayList<>();
  private final TwinIdentity identity = new TwinIdentity();
  private long heardNanos;
  private boolean silent;

  private static final class Cell {
    int first;
    int value;
    long seenNanos;
  }

  private record Known(@Nullable ExceptionCode code, long seenNanos) {}

  /// @param startNanos of the whole capture
  TwinLearner(long startNanos) {
    this.startNanos = startNanos;
  }

  /// Whether the slave ever answered.
  boolean isKnown() {
    return !turnarounds.isEmpty();
  }

  TwinIdentity identity() {
    return identity;
  }

  /// Learns from an exchange; call it in the order of time.
  ///
  /// @param wireNanos how much of the time to the answer the line took
  void learn(Decoded decoded, long wireNanos) {
    long at = decoded.exchange().requestNanos() - startNanos;
    switch (decoded.outcome()) {
      case Outcome.Answered(Response response) -> {
        heard(at, decoded, wireNanos);
        refused(decoded.request(), null, at);
        answered(decoded.request(), response, at);
      }
      case Outcome.Refused refused -> {
        heard(at, decoded, wireNanos);
        ExceptionCode code = ExceptionCode.of(refused.refusal().code());
        if (code != null) {
          refused(decoded.request(), code, at);
        }
      }
      case Outcome.Silence _ -> {
        if (!silent && isKnown()) {
          silent = true;
          add(new TwinStep.Silence((heardNanos + at) / 2, true));
        }
        heardNanos = at;
      }
      case Outcome.Broadcast _ -> written(decoded.request(), at);
      case Outcome.Noise _, Outcome.Aborted _ -> {}
    }
  }

  private void heard(long at, Decoded decoded, long wireNanos) {
    if (silent) {
      silent = false;
      add(new TwinStep.Silence((heardNanos + at) / 2, false));
    }
    heardNanos = at;
    turnarounds.add(Math.max(0, decoded.exchange().turnaroundNanos() - wireNanos));
  }

  private void refused(Request request, @Nullable ExceptionCode code, long at) {
    RequestKey key = RequestKey.of(request);
    Known before = requests.put(key, new Known(code, at));
    ExceptionCode old = before == null ? null : before.code();
    if (code != old) {
      add(new TwinStep.Refuse(before == null ? 0 : (before.seenNanos() + at) / 2, key, code));
    }
  }

  private void answered(Request request, Response response, long at) {
    written(request, at);
    switch (request) {
      case Request.Read(DataTable table, AddressRange range) -> read(table, range, response, at);
      case Request.ReadWriteMultipleRegisters both ->
          read(DataTable.HOLDING_REGISTERS, both.read(), response, at);
      case Request.Service _ -> identity.learn(response);
      case Request.WriteSingleCoil _,
          Request.WriteSingleRegister _,
          Request.WriteMultipleCoils _,
          Request.WriteMultipleRegisters _,
          Request.MaskWriteRegister _ -> {}
    }
  }

  private void read(DataTable table, AddressRange range, Response response, long at) {
    int[] values = new int[range.count()];
    if (response instanceof Response.Registers(RegisterBlock block)
        && block.count() == values.length) {
      for (int i = 0; i < values.length; i++) {
        values[i] = block.register(i);
      }
    } else if (response instanceof Response.Bits(BitBlock bits) && bits.count() >= values.length) {
      for (int i = 0; i < values.length; i++) {
        values[i] = bits.bit(i) ? 1 : 0;
      }
    } else {
      return;
    }
    observe(table, range.start(), values, at);
  }

  private void written(Request request, long at) {
    switch (request) {
      case Request.WriteSingleCoil(int address, boolean on) ->
          observe(DataTable.COILS, address, new int[] {on ? 1 : 0}, at);
      case Request.WriteSingleRegister(int address, int value) ->
          observe(DataTable.HOLDING_REGISTERS, address, new int[] {value}, at);
      case Request.WriteMultipleCoils(int start, BitBlock bits) -> {
        int[] values = new int[bits.count()];
        for (int i = 0; i < values.length; i++) {
          values[i] = bits.bit(i) ? 1 : 0;
        }
        observe(DataTable.COILS, start, values, at);
      }
      case Request.WriteMultipleRegisters(int start, RegisterBlock registers) ->
          observe(DataTable.HOLDING_REGISTERS, start, words(registers), at);
      case Request.ReadWriteMultipleRegisters both ->
          observe(DataTable.HOLDING_REGISTERS, both.writeStart(), words(both.registers()), at);
      case Request.MaskWriteRegister mask -> {
        Cell cell = cells(DataTable.HOLDING_REGISTERS).get(mask.address());
        int value = mask.apply(cell == null ? 0 : cell.value);
        observe(DataTable.HOLDING_REGISTERS, mask.address(), new int[] {value}, at);
      }
      case Request.Read _, Request.Service _ -> {}
    }
  }

  private static int[] words(RegisterBlock block) {
    int[] values = new int[block.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = block.register(i);
    }
    return values;
  }

  private Map<Integer, Cell> cells(DataTable table) {
    return tables.computeIfAbsent(table, _ -> new TreeMap<>());
  }

  private void observe(DataTable table, int start, int[] values, long at) {
    Map<Integer, Cell> cells = cells(table);
    List<Integer> run = new ArrayList<>();
    long runAt = -1;
    for (int i = 0; i < values.length; i++) {
      Cell cell = cells.get(start + i);
      long from = -1;
      if (cell == null) {
        cell = new Cell();
        cell.first = values[i];
        cells.put(start + i, cell);
      } else if (cell.value != values[i]) {
        from = (cell.seenNanos + at) / 2;
      }
      cell.value = values[i];
      cell.seenNanos = at;
      if (from != runAt) {
        addChange(runAt, table, start + i - run.size(), run);
        run.clear();
        runAt = from;
      }
      if (from >= 0) {
        run.add(values[i]);
      }
    }
    addChange(runAt, table, start + values.length - run.size(), run);
  }

  private void addChange(long at, DataTable table, int start, List<Integer> values) {
    if (!values.isEmpty()) {
      add(new TwinStep.Change(at, table, start, values));
    }
  }

  private void add(TwinStep step) {
    if (steps.size() < MOST_STEPS) {
      steps.add(step);
    }
  }

  /// Whether changes at the end were left, as there are too many.
  boolean isFull() {
    return steps.size() == MOST_STEPS;
  }

  /// What was learned.
  ///
  /// @param lengthNanos of the whole capture, at least 1
  TwinRecording recording(long lengthNanos) {
    List<TwinStep> ordered = new ArrayList<>(steps);
    ordered.sort(Comparator.comparingLong(TwinStep::atNanos));
    return new TwinRecording(
        lengthNanos,
        Turnaround.of(turnarounds.stream().mapToLong(Long::longValue).toArray()),
        rawTables(),
        ordered);
  }

  private List<RawTable> rawTables() {
    List<RawTable> raw = new ArrayList<>();
    tables.forEach(
        (table, cells) -> {
          int start = 0;
          List<Integer> run = new ArrayList<>();
          for (Map.Entry<Integer, Cell> each : cells.entrySet()) {
            if (each.getKey() != start + run.size()) {
              addTable(raw, table, start, run);
              run.clear();
            }
            if (run.isEmpty()) {
              start = each.getKey();
            }
            run.add(each.getValue().first);
          }
          addTable(raw, table, start, run);
        });
    return raw;
  }

  private static void addTable(
      List<RawTable> raw, DataTable table, int start, List<Integer> values) {
    if (!values.isEmpty()) {
      raw.add(new RawTable(table, new AddressRange(start, values.size()), values));
    }
  }
}
