package io.plantbus.devices.slave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagReading;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.EncodeOutcome;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegisterBankTest {
  private static final Response UNMAPPED = new Response.Refusal(2);

  private final RegisterBank bank =
      BankLayout.of(
          List.of(
              new RawTable(
                  DataTable.HOLDING_REGISTERS, new AddressRange(100, 4), List.of(1, 2, 3, 4)),
              new RawTable(DataTable.HOLDING_REGISTERS, new AddressRange(104, 1), List.of(5)),
              new RawTable(DataTable.HOLDING_REGISTERS, new AddressRange(65535, 1), List.of(9)),
              new RawTable(DataTable.COILS, new AddressRange(3, 10), List.of(1, 0, 1)),
              new RawTable(DataTable.INPUT_REGISTERS, new AddressRange(0, 2), List.of())));

  private Response holding(int start, int count) {
    return bank.execute(
        new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(start, count)));
  }

  private static Response registers(int... values) {
    return new Response.Registers(RegisterBlock.of(values));
  }

  @Covers(Requirement.LAST_ADDRESS)
  @Test
  void rangesThatTouchReadAsOne() {
    assertEquals(registers(1, 2, 3, 4, 5), holding(100, 5));
    assertEquals(registers(9), holding(65535, 1));
  }

  @Covers({
    Requirement.PARTLY_UNMAPPED_WRITE,
    Requirement.PARTLY_UNMAPPED_READ,
    Requirement.UNMAPPED_SINGLE_WRITE
  })
  @Test
  void anyAddressThatDoesNotExistRefusesTheWholeRequest() {
    assertEquals(UNMAPPED, holding(99, 2));
    assertEquals(UNMAPPED, holding(104, 2));
    assertEquals(UNMAPPED, holding(200, 1));
    assertEquals(
        UNMAPPED,
        bank.execute(new Request.Read(DataTable.DISCRETE_INPUTS, new AddressRange(0, 1))));
    assertEquals(
        UNMAPPED, bank.execute(new Request.WriteMultipleRegisters(103, RegisterBlock.of(7, 7, 7))));
    assertEquals(registers(1, 2, 3, 4, 5), holding(100, 5));
    assertEquals(
        UNMAPPED, bank.execute(new Request.WriteMultipleCoils(12, BitBlock.of(true, true))));
    assertEquals(UNMAPPED, bank.execute(new Request.WriteSingleCoil(13, true)));
    assertEquals(UNMAPPED, bank.execute(new Request.WriteSingleRegister(105, 1)));
    assertEquals(UNMAPPED, bank.execute(new Request.MaskWriteRegister(99, 0, 0)));
  }

  @Test
  void coilsArePackedFromTheirFirstAddress() {
    assertEquals(
        new Response.Bits(BitBlock.of(true, false, true, false)),
        bank.execute(new Request.Read(DataTable.COILS, new AddressRange(3, 4))));
    bank.execute(new Request.WriteMultipleCoils(4, BitBlock.of(true, false, true)));
    bank.execute(new Request.WriteSingleCoil(12, true));
    assertEquals(
        new Response.Bits(
            BitBlock.of(true, true, false, true, false, false, false, false, false, true)),
        bank.execute(new Request.Read(DataTable.COILS, new AddressRange(3, 10))));
  }

  @Covers(Requirement.MASK_WRITE)
  @Test
  void maskWriteChangesOnlyTheMaskedBits() {
    bank.setRegister(DataTable.HOLDING_REGISTERS, 100, 0x12);
    assertEquals(
        Response.Written.INSTANCE, bank.execute(new Request.MaskWriteRegister(100, 0xF2, 0x25)));
    assertEquals(registers(0x17), holding(100, 1));
  }

  @Covers({Requirement.READ_WRITE_ORDER, Requirement.READ_WRITE_BOTH_RANGES})
  @Test
  void readWriteWritesFirstOrNotAtAll() {
    assertEquals(
        registers(1, 8, 9),
        bank.execute(
            new Request.ReadWriteMultipleRegisters(
                new AddressRange(100, 3), 101, RegisterBlock.of(8, 9))));
    assertEquals(
        UNMAPPED,
        bank.execute(
            new Request.ReadWriteMultipleRegisters(
                new AddressRange(104, 2), 101, RegisterBlock.of(0))));
    assertEquals(registers(8), holding(101, 1));
  }

  @Test
  void aResponseDoesNotChangeWithTheBank() {
    Response before = holding(100, 2);
    bank.setRegister(DataTable.HOLDING_REGISTERS, 100, 77);
    assertEquals(registers(1, 2), before);
  }

  private static DeviceResource resource(
      String name, DataTable table, int address, DataType type, @Nullable TagValue initial) {
    RegisterEncoding encoding =
        new RegisterEncoding(
            type, RegisterOrder.CDAB, 0, 0, 0, type == DataType.INT16 ? 0.1 : 1, 0, List.of());
    return new DeviceResource(
        name,
        "",
        new Point.Modbus(
            table, new AddressRange(address, table.isBits() ? 1 : type.registers()), encoding),
        DeviceResource.Access.READ_WRITE,
        "",
        null,
        null,
        initial);
  }

  private static DeviceProfile profile(DeviceResource... resources) {
    return new DeviceProfile(
        "p", "", "", "", DeviceProfile.Bus.MODBUS, RequestLimits.SPECIFICATION, List.of(resources));
  }

  @Test
  void aProfileMapsItsResourcesAndNothingElse() {
    DeviceResource level =
        resource("level", DataTable.INPUT_REGISTERS, 10, DataType.FLOAT32, TagValue.of(1.5));
    DeviceResource speed =
        resource("speed", DataTable.HOLDING_REGISTERS, 5, DataType.INT16, TagValue.of(-2.5));
    DeviceResource run = resource("run", DataTable.COILS, 0, DataType.BOOL, TagValue.of(true));
    RegisterBank laid = BankLayout.of(profile(level, speed, run));
    assertEquals(TagReading.good(TagValue.of(1.5)), laid.get(level));
    assertEquals(0x3FC0, laid.register(DataTable.INPUT_REGISTERS, 11));
    assertEquals(0xFFE7, laid.register(DataTable.HOLDING_REGISTERS, 5));
    assertEquals(TagReading.good(TagValue.of(true)), laid.get(run));
    assertFalse(laid.isMapped(DataTable.INPUT_REGISTERS, new AddressRange(9, 1)));
    assertTrue(laid.isMapped(DataTable.INPUT_REGISTERS, new AddressRange(10, 2)));
    assertEquals(EncodeOutcome.OUT_OF_RANGE, laid.set(speed, TagValue.of(4000.0)));
    assertEquals(EncodeOutcome.ENCODED, laid.set(run, TagValue.of(0L)));
    assertFalse(laid.bit(DataTable.COILS, 0));
  }

  @Test
  void anInitialValueThatDoesNotFitIsTold() {
    DeviceResource bad =
        resource("speed", DataTable.HOLDING_REGISTERS, 5, DataType.UINT16, TagValue.of(-1L));
    String message =
        assertThrows(IllegalArgumentException.class, () -> BankLayout.of(profile(bad)))
            .getMessage();
    assertEquals("initial value of speed: -1 does not fit uint16, which holds 0..65535", message);
  }

  @Test
  void aBehaviourMeasuresBeforeReadsAndHearsOfWrites() {
    List<String> heard = new ArrayList<>();
    BankSlave slave =
        new BankSlave(
            bank,
            new SlaveBehaviour() {
              @Override
              public void refresh(RegisterBank own, long nowNanos) {
                own.setRegister(DataTable.INPUT_REGISTERS, 0, (int) nowNanos);
              }

              @Override
              public void written(
                  RegisterBank own, DataTable table, AddressRange range, long nowNanos) {
                heard.add(table.keyword() + ":" + range + " at " + nowNanos);
              }
            });
    assertEquals(
        registers(42),
        slave.execute(new Request.Read(DataTable.INPUT_REGISTERS, new AddressRange(0, 1)), 42));
    slave.execute(new Request.WriteMultipleRegisters(101, RegisterBlock.of(7, 8)), 43);
    slave.execute(new Request.WriteMultipleRegisters(104, RegisterBlock.of(7, 8)), 44);
    assertEquals(List.of("holding:101..102 at 43"), heard);
  }
}
