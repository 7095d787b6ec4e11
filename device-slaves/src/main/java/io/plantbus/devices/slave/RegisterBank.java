package io.plantbus.devices.slave;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagEncoding;
import io.plantbus.devices.TagReading;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.encoding.EncodeOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The four tables of a slave (AP 4.3), of which only what is mapped exists. Everything is zero at
/// first. Not safe for use by several threads at once; see [BankSlave].
public final class RegisterBank {
  private static final Response UNMAPPED = Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS);

  private final Map<DataTable, BankTable> tables = new EnumMap<>(DataTable.class);

  /// @param mapped the addresses that exist; ranges of a table may touch and overlap
  public RegisterBank(Map<DataTable, List<AddressRange>> mapped) {
    for (DataTable table : DataTable.values()) {
      tables.put(table, new BankTable(table.isBits(), mapped.getOrDefault(table, List.of())));
    }
  }

  private BankTable table(DataTable table) {
    BankTable found = tables.get(table);
    if (found == null) {
      throw new IllegalStateException("no table " + table);
    }
    return found;
  }

  /// What a bank held at a moment, for [#restore].
  public static final class Contents {
    private final Map<DataTable, byte[]> cells = new EnumMap<>(DataTable.class);

    private Contents(Map<DataTable, BankTable> tables) {
      tables.forEach((table, held) -> cells.put(table, held.cells().clone()));
    }
  }

  /// What it holds now, a copy.
  public Contents contents() {
    return new Contents(tables);
  }

  /// Holds again what it held then.
  ///
  /// @param former of this bank
  public void restore(Contents former) {
    former.cells.forEach((table, cells) -> table(table).restore(cells));
  }

  /// Whether every address of the range exists.
  public boolean isMapped(DataTable table, AddressRange range) {
    return table(table).covers(range.start(), range.count());
  }

  /// Executes a request, all of it or nothing.
  ///
  /// @return with blocks of its own; refused with 02 if any address does not exist
  public Response execute(Request request) {
    BankTable coils = table(DataTable.COILS);
    BankTable holding = table(DataTable.HOLDING_REGISTERS);
    return switch (request) {
      case Request.Read(DataTable table, AddressRange range) -> read(table, range);
      case Request.WriteSingleCoil(int address, boolean on) ->
          coils.covers(address, 1) ? written(() -> coils.setBit(address, on)) : UNMAPPED;
      case Request.WriteSingleRegister(int address, int value) ->
          holding.covers(address, 1)
              ? written(() -> holding.setRegister(address, value))
              : UNMAPPED;
      case Request.WriteMultipleCoils write ->
          isMapped(DataTable.COILS, write.range())
              ? written(() -> coils.write(write.start(), write.bits()))
              : UNMAPPED;
      case Request.WriteMultipleRegisters write ->
          isMapped(DataTable.HOLDING_REGISTERS, write.range())
              ? written(() -> holding.write(write.start(), write.registers()))
              : UNMAPPED;
      case Request.MaskWriteRegister mask ->
          holding.covers(mask.address(), 1)
              ? written(
                  () ->
                      holding.setRegister(
                          mask.address(), mask.apply(holding.register(mask.address()))))
              : UNMAPPED;
      case Request.ReadWriteMultipleRegisters both -> writeThenRead(both);
      case Request.Service _ -> Response.Refusal.of(ExceptionCode.ILLEGAL_FUNCTION);
    };
  }

  private Response read(DataTable table, AddressRange range) {
    if (!isMapped(table, range)) {
      return UNMAPPED;
    }
    return table.isBits()
        ? new Response.Bits(table(table).bits(range))
        : new Response.Registers(table(table).registers(range));
  }

  private Response writeThenRead(Request.ReadWriteMultipleRegisters both) {
    BankTable holding = table(DataTable.HOLDING_REGISTERS);
    if (!isMapped(DataTable.HOLDING_REGISTERS, both.writeRange())
        || !isMapped(DataTable.HOLDING_REGISTERS, both.read())) {
      return UNMAPPED;
    }
    holding.write(both.writeStart(), both.registers());
    return new Response.Registers(holding.registers(both.read()));
  }

  private static Response written(Runnable write) {
    write.run();
    return Response.Written.INSTANCE;
  }

  /// A register as it stands, 0..65535.
  ///
  /// @param table one of registers
  /// @throws IndexOutOfBoundsException if the address is not mapped
  public int register(DataTable table, int address) {
    return table(table).register(address);
  }

  /// Sets a register, read-only tables included.
  ///
  /// @param table one of registers
  /// @param value 0..65535 (higher bits are cut off)
  /// @throws IndexOutOfBoundsException if the address is not mapped
  public void setRegister(DataTable table, int address, int value) {
    table(table).setRegister(address, value);
  }

  /// A bit as it stands.
  ///
  /// @param table one of bits
  /// @throws IndexOutOfBoundsException if the address is not mapped
  public boolean bit(DataTable table, int address) {
    return table(table).bit(address);
  }

  /// Sets a bit, read-only tables included.
  ///
  /// @param table one of bits
  /// @throws IndexOutOfBoundsException if the address is not mapped
  public void setBit(DataTable table, int address, boolean on) {
    table(table).setBit(address, on);
  }

  /// What a client would make of the resource's elements now.
  ///
  /// @param resource one with a Modbus point that is mapped
  public TagReading get(DeviceResource resource) {
    Point.Modbus point = point(resource);
    BankTable table = table(point.table());
    if (point.table().isBits()) {
      return TagReading.good(new TagValue.Bool(table.bit(point.range().start())));
    }
    RegisterBlock block =
        RegisterBlock.view(
            table.cells(), table.at(point.range().start()), point.encoding().registers());
    return TagCodec.decode(point.encoding(), block, 0);
  }

  /// Lays a value into the resource's elements, whatever its access says; nothing changes unless it
  /// fits.
  ///
  /// @param resource one with a Modbus point that is mapped
  public EncodeOutcome set(DeviceResource resource, TagValue value) {
    Point.Modbus point = point(resource);
    BankTable table = table(point.table());
    if (!point.table().isBits()) {
      return TagCodec.encode(
          point.encoding(), value, table.cells(), table.at(point.range().start()));
    }
    if (TagCodec.encodeCoil(value) instanceof TagEncoding.Coil(boolean on)) {
      table.setBit(point.range().start(), on);
      return EncodeOutcome.ENCODED;
    }
    return EncodeOutcome.OUT_OF_RANGE;
  }

  private Point.Modbus point(DeviceResource resource) {
    if (resource.point() instanceof Point.Modbus point && isMapped(point.table(), point.range())) {
      return point;
    }
    throw new IllegalArgumentException(resource.name() + " does not lie in this bank");
  }
}
