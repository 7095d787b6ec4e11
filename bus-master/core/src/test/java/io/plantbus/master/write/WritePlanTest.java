package io.plantbus.master.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class WritePlanTest {
  private static TagSpec tag(DataTable table, RegisterEncoding encoding, Access access) {
    int count = table.isBits() ? 1 : encoding.registers();
    Point point = new Point.Modbus(table, new AddressRange(10, count), encoding);
    return new TagSpec(
        "valve.opening",
        new DeviceResource("opening", "", point, access, "%", 0.0, 100.0, null),
        0,
        Priority.NORMAL,
        1,
        null);
  }

  private static TagSpec holding(RegisterEncoding encoding) {
    return tag(DataTable.HOLDING_REGISTERS, encoding, Access.READ_WRITE);
  }

  private static RegisterEncoding field(DataType type, int first, int count) {
    return new RegisterEncoding(type, RegisterOrder.ABCD, 0, first, count, 1, 0, List.of());
  }

  private static WritePlan plan(TagSpec tag, TagValue value) {
    return WritePlan.of(tag, value, RequestLimits.SPECIFICATION);
  }

  private static void assertRequest(Request expected, WritePlan plan) {
    assertEquals(new WritePlan.Ready(expected), plan);
  }

  private static void assertImpossible(String expected, WritePlan plan) {
    String reason = assertInstanceOf(WritePlan.Impossible.class, plan).reason();
    assertTrue(reason.contains(expected), reason);
  }

  @Test
  void aCoilTakesFunction5() {
    TagSpec coil = tag(DataTable.COILS, RegisterEncoding.of(DataType.BOOL), Access.WRITE);
    assertRequest(new Request.WriteSingleCoil(10, true), plan(coil, TagValue.of(true)));
  }

  @Test
  void oneRegisterTakesFunction6() {
    assertRequest(
        new Request.WriteSingleRegister(10, 42),
        plan(holding(RegisterEncoding.of(DataType.UINT16)), TagValue.of(42)));
  }

  @Test
  void severalRegistersTakeFunction16() {
    assertRequest(
        new Request.WriteMultipleRegisters(10, RegisterBlock.of(0x42c8, 0)),
        plan(holding(RegisterEncoding.of(DataType.FLOAT32)), TagValue.of(100.0)));
  }

  @Test
  void aBitFieldTakesFunction22AndLeavesTheOtherBitsAlone() {
    assertRequest(
        new Request.MaskWriteRegister(10, 0xFF0F, 0x0050),
        plan(holding(field(DataType.UINT16, 4, 4)), TagValue.of(5)));
    assertRequest(
        new Request.MaskWriteRegister(11, 0xFFFC, 0x0002),
        plan(holding(field(DataType.UINT32, 0, 2)), TagValue.of(2)));
  }

  @Test
  void aBitFieldOverTwoRegistersIsRejected() {
    assertImpossible(
        "bit field over several registers",
        plan(holding(field(DataType.UINT32, 12, 8)), TagValue.of(5)));
  }

  @Test
  void aValueOutOfRangeIsRejectedWithWhatIsAllowed() {
    assertImpossible(
        "0.0..100.0 %", plan(holding(RegisterEncoding.of(DataType.INT16)), TagValue.of(101)));
    assertImpossible(
        "0.0..100.0 %", plan(holding(RegisterEncoding.of(DataType.INT16)), TagValue.of(-1)));
  }

  @Test
  void whatCanOnlyBeReadIsRejected() {
    assertImpossible(
        "can only be read",
        plan(
            tag(DataTable.HOLDING_REGISTERS, RegisterEncoding.of(DataType.UINT16), Access.READ),
            TagValue.of(1)));
    assertImpossible(
        "table that can only be read",
        plan(
            tag(DataTable.INPUT_REGISTERS, RegisterEncoding.of(DataType.UINT16), Access.READ_WRITE),
            TagValue.of(1)));
  }

  @Test
  void aValueOfAnotherKindIsRejected() {
    assertImpossible(
        "text", plan(holding(RegisterEncoding.of(DataType.UINT16)), TagValue.of("on")));
    assertImpossible(
        "coil",
        plan(
            tag(DataTable.COILS, RegisterEncoding.of(DataType.BOOL), Access.WRITE),
            TagValue.of(2)));
  }

  @Test
  void moreRegistersThanTheDeviceAcceptsAreRejected() {
    assertImpossible(
        "accepts 1",
        WritePlan.of(
            holding(RegisterEncoding.of(DataType.FLOAT32)),
            TagValue.of(1.0),
            new RequestLimits(125, 2000, 1, 1968)));
  }
}
