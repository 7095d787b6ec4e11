package io.plantbus.junit;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A Modbus request that a slave has executed or refused.
///
/// @param at time of the bench
/// @param line it came over
/// @param slave that executed it
/// @param functionCode 1..127
/// @param table the one that was read or written; null for a service
/// @param range the addresses read or written, 0-based; of function 23 those written; null for a
///   service
/// @param values what was written, or read and answered: registers 0..65535, bits 0 and 1; of
///   function 22 the AND mask and the OR mask; empty for a service or a refused read
/// @param isWrite whether it writes a table
/// @param refusal the exception code it was answered with, or 0
public record SeenRequest(
    Duration at,
    String line,
    String slave,
    int functionCode,
    @Nullable DataTable table,
    @Nullable AddressRange range,
    List<Integer> values,
    boolean isWrite,
    int refusal) {
  public SeenRequest {
    values = List.copyOf(values);
  }

  /// What a request touches.
  private record Touched(DataTable table, AddressRange range, List<Integer> values) {}

  /// A copy of what the slave was asked.
  static SeenRequest of(
      Duration at, String line, String slave, Request request, @Nullable Response response) {
    Touched touched = touched(request, response);
    boolean writes = touched != null && !(request instanceof Request.Read);
    return new SeenRequest(
        at,
        line,
        slave,
        request.functionCode(),
        touched == null ? null : touched.table,
        touched == null ? null : touched.range,
        touched == null ? List.of() : touched.values,
        writes,
        response instanceof Response.Refusal(int code) ? code : 0);
  }

  private static @Nullable Touched touched(Request request, @Nullable Response response) {
    return switch (request) {
      case Request.Read(DataTable table, AddressRange range) ->
          new Touched(table, range, answered(response, range.count()));
      case Request.WriteSingleCoil(int address, boolean on) ->
          new Touched(DataTable.COILS, new AddressRange(address, 1), List.of(on ? 1 : 0));
      case Request.WriteMultipleCoils write ->
          new Touched(DataTable.COILS, write.range(), values(write.bits(), write.bits().count()));
      case Request.WriteSingleRegister(int address, int value) ->
          holding(new AddressRange(address, 1), List.of(value));
      case Request.WriteMultipleRegisters write ->
          holding(write.range(), values(write.registers()));
      case Request.MaskWriteRegister(int address, int and, int or) ->
          holding(new AddressRange(address, 1), List.of(and, or));
      case Request.ReadWriteMultipleRegisters both ->
          holding(both.writeRange(), values(both.registers()));
      case Request.Service _ -> null;
    };
  }

  private static Touched holding(AddressRange range, List<Integer> values) {
    return new Touched(DataTable.HOLDING_REGISTERS, range, values);
  }

  private static List<Integer> answered(@Nullable Response response, int count) {
    return switch (response) {
      case null -> List.of();
      case Response.Registers(RegisterBlock registers) -> values(registers);
      case Response.Bits(BitBlock bits) -> values(bits, count);
      case Response.Written _, Response.Refusal _, Response.Service _ -> List.of();
    };
  }

  private static List<Integer> values(RegisterBlock registers) {
    return IntStream.range(0, registers.count()).mapToObj(registers::register).toList();
  }

  private static List<Integer> values(BitBlock bits, int count) {
    return IntStream.range(0, count).mapToObj(i -> bits.bit(i) ? 1 : 0).toList();
  }

  /// Whether it was executed and wrote that address.
  ///
  /// @param written a table that can be written
  /// @param address 0-based, 0..65535
  public boolean wrote(DataTable written, int address) {
    return isWrite
        && refusal == 0
        && table == written
        && range != null
        && range.contains(new AddressRange(address, 1));
  }

  /// One line for people, such as `pump: 06 write holding 1 = 4500`.
  @Override
  public String toString() {
    return slave + ": " + words();
  }

  /// The same without the slave.
  String words() {
    StringBuilder text = new StringBuilder();
    text.append(functionCode < 10 ? "0" : "").append(functionCode);
    if (table != null && range != null) {
      text.append(isWrite ? " write " : " read ").append(table.keyword()).append(' ').append(range);
    }
    if (!values.isEmpty()) {
      text.append(" = ")
          .append(values.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    return refusal == 0 ? text.toString() : text + " refused with exception " + refusal;
  }
}
