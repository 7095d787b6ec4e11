package io.plantbus.app.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final RegisterEncoding UINT16 = RegisterEncoding.of(DataType.UINT16);

  private static Target registers(int address, DataType type, int count) {
    return new Target(DataTable.HOLDING_REGISTERS, address, RegisterEncoding.of(type), count);
  }

  @Test
  void manyValuesAreReadByRequestsThatCutNone() {
    List<Request.Read> reads = registers(10, DataType.FLOAT32, 100).reads();

    assertEquals(
        List.of(new AddressRange(10, 124), new AddressRange(134, 76)),
        reads.stream().map(Request.Read::range).toList());
  }

  @Test
  void oneCoilAndOneRegisterAreWrittenByTheirOwnFunctions() {
    assertEquals(
        new Request.WriteSingleCoil(3, true),
        WriteRequests.of(new Target(DataTable.COILS, 3, UINT16, 1), List.of("on")));
    assertEquals(
        new Request.WriteSingleRegister(3, 0xFFFB),
        WriteRequests.of(registers(3, DataType.INT16, 1), List.of("-5")));
  }

  @Test
  void wideValuesAreWrittenInOneRequest() {
    assertEquals(
        new Request.WriteMultipleRegisters(3, RegisterBlock.of(0x41AC, 0, 0xC0E8, 0)),
        WriteRequests.of(registers(3, DataType.FLOAT32, 2), List.of("21.5", "-7.25")));
  }

  @Test
  void nothingIsCutToFit() {
    assertThrows(
        IllegalArgumentException.class,
        () -> WriteRequests.of(registers(3, DataType.UINT16, 1), List.of("65536")));
    assertThrows(
        IllegalArgumentException.class,
        () -> WriteRequests.of(registers(3, DataType.INT16, 1), List.of("1.5")));
  }
}
