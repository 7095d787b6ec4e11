package io.plantbus.protocols.modbus.security;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Request.Diagnostics;
import io.plantbus.protocols.modbus.Request.GetCommEventCounter;
import io.plantbus.protocols.modbus.Request.GetCommEventLog;
import io.plantbus.protocols.modbus.Request.MaskWriteRegister;
import io.plantbus.protocols.modbus.Request.Raw;
import io.plantbus.protocols.modbus.Request.Read;
import io.plantbus.protocols.modbus.Request.ReadDeviceIdentification;
import io.plantbus.protocols.modbus.Request.ReadExceptionStatus;
import io.plantbus.protocols.modbus.Request.ReadFifoQueue;
import io.plantbus.protocols.modbus.Request.ReadFileRecord;
import io.plantbus.protocols.modbus.Request.ReadWriteMultipleRegisters;
import io.plantbus.protocols.modbus.Request.ReportServerId;
import io.plantbus.protocols.modbus.Request.UserDefined;
import io.plantbus.protocols.modbus.Request.WriteFileRecord;
import io.plantbus.protocols.modbus.Request.WriteMultipleCoils;
import io.plantbus.protocols.modbus.Request.WriteMultipleRegisters;
import io.plantbus.protocols.modbus.Request.WriteSingleCoil;
import io.plantbus.protocols.modbus.Request.WriteSingleRegister;
import java.util.List;

/// One thing that a request does to a server's data.
///
/// @param kind reading or writing
/// @param table which table
/// @param range which addresses
public record Access(Kind kind, DataTable table, AddressRange range) {
  /// What is done.
  public enum Kind {
    /// The data stays as it is.
    READ,
    /// The data may change.
    WRITE
  }

  /// Everything that a request does to tables; empty for a request without addresses of tables,
  /// which is judged by its function alone.
  public static List<Access> of(Request request) {
    return switch (request) {
      case Read read -> List.of(new Access(Kind.READ, read.table(), read.range()));
      case WriteSingleCoil write -> List.of(write(DataTable.COILS, write.address()));
      case WriteSingleRegister write ->
          List.of(write(DataTable.HOLDING_REGISTERS, write.address()));
      case WriteMultipleCoils write ->
          List.of(new Access(Kind.WRITE, DataTable.COILS, write.range()));
      case WriteMultipleRegisters write ->
          List.of(new Access(Kind.WRITE, DataTable.HOLDING_REGISTERS, write.range()));
      case MaskWriteRegister write -> List.of(write(DataTable.HOLDING_REGISTERS, write.address()));
      case ReadWriteMultipleRegisters both ->
          List.of(
              new Access(Kind.WRITE, DataTable.HOLDING_REGISTERS, both.writeRange()),
              new Access(Kind.READ, DataTable.HOLDING_REGISTERS, both.read()));
      case ReadFifoQueue(int address) ->
          List.of(new Access(Kind.READ, DataTable.HOLDING_REGISTERS, new AddressRange(address, 1)));
      case ReadExceptionStatus _,
          Diagnostics _,
          GetCommEventCounter _,
          GetCommEventLog _,
          ReportServerId _,
          ReadFileRecord _,
          WriteFileRecord _,
          ReadDeviceIdentification _,
          UserDefined _,
          Raw _ ->
          List.of();
    };
  }

  private static Access write(DataTable table, int address) {
    return new Access(Kind.WRITE, table, new AddressRange(address, 1));
  }
}
