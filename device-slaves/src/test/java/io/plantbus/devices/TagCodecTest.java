package io.plantbus.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagCodecTest {
  private static final RegisterEncoding TENTHS =
      new RegisterEncoding(DataType.INT16, RegisterOrder.ABCD, 0, 0, 0, 0.1, 0, List.of(0x8000L));

  private static TagReading decode(RegisterEncoding encoding, int... registers) {
    return TagCodec.decode(encoding, RegisterBlock.of(registers), 0);
  }

  private static RegisterBlock encode(RegisterEncoding encoding, TagValue value) {
    return assertInstanceOf(TagEncoding.Registers.class, TagCodec.encode(encoding, value))
        .registers();
  }

  private static String misfit(RegisterEncoding encoding, TagValue value) {
    return assertInstanceOf(TagEncoding.Misfit.class, TagCodec.encode(encoding, value)).reason();
  }

  @Test
  void theEncodingDecidesTheKindOfValue() {
    assertEquals(
        TagReading.good(TagValue.of(true)), decode(RegisterEncoding.of(DataType.BOOL), 0x0100));
    assertEquals(
        TagReading.good(TagValue.of(0xFFFFL)),
        decode(RegisterEncoding.of(DataType.UINT16), 0xFFFF));
    assertEquals(
        TagReading.good(TagValue.of(-1L)), decode(RegisterEncoding.of(DataType.INT16), 0xFFFF));
    assertEquals(
        TagReading.good(new TagValue.Whole(-1, true)),
        decode(RegisterEncoding.of(DataType.UINT64), 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF));
    assertEquals(TagReading.good(TagValue.of(12.3)), decode(TENTHS, 123));
    assertEquals(TagReading.good(TagValue.of(true)), TagCodec.decode(BitBlock.of(false, true), 1));
  }

  @Test
  void whatIsNoValueBecomesAQuality() {
    assertEquals(TagReading.NOT_AVAILABLE, decode(TENTHS, 0x8000));
    assertEquals(
        TagReading.NOT_AVAILABLE, decode(RegisterEncoding.of(DataType.FLOAT32), 0x7FC0, 0));
    assertEquals(TagReading.MALFORMED, decode(RegisterEncoding.of(DataType.BCD16), 0x12A4));
    assertEquals(Quality.BAD_OUT_OF_RANGE, decode(TENTHS, 1000).limited(null, 99.9).quality());
    assertEquals(TagReading.good(TagValue.of(99.9)), decode(TENTHS, 999).limited(0.0, 99.9));
  }

  @Test
  void writtenValuesAreScaledRoundedAndChecked() {
    assertEquals(RegisterBlock.of(125), encode(TENTHS, TagValue.of(12.5)));
    assertEquals(RegisterBlock.of(120), encode(TENTHS, TagValue.of(12L)));
    assertEquals(
        RegisterBlock.of(0x4140, 0),
        encode(RegisterEncoding.of(DataType.FLOAT32), TagValue.of(12L)));
    assertEquals(
        RegisterBlock.of(1), encode(RegisterEncoding.of(DataType.UINT16), TagValue.of(true)));
    assertEquals(
        "3277.0 does not fit int16, which holds -3276.8..3276.7",
        misfit(TENTHS, TagValue.of(3277.0)));
    assertEquals(
        "70000 does not fit uint16, which holds 0..65535",
        misfit(RegisterEncoding.of(DataType.UINT16), TagValue.of(70_000L)));
    assertEquals(
        "'on' is text, a number is wanted for uint16",
        misfit(RegisterEncoding.of(DataType.UINT16), TagValue.of("on")));
  }

  @Test
  void aFieldIsWrittenUnderItsMask() {
    RegisterEncoding field =
        new RegisterEncoding(DataType.UINT16, RegisterOrder.ABCD, 0, 4, 3, 1, 0, List.of());
    assertEquals(RegisterBlock.of(0x0070), TagCodec.mask(field));
    assertEquals(RegisterBlock.of(0x0050), encode(field, TagValue.of(5L)));
    assertEquals("8 does not fit uint16, which holds 0..7", misfit(field, TagValue.of(8L)));
  }

  @Test
  void aCoilTakesStatesOnly() {
    assertEquals(new TagEncoding.Coil(true), TagCodec.encodeCoil(TagValue.of(1L)));
    assertEquals(new TagEncoding.Coil(false), TagCodec.encodeCoil(TagValue.of(false)));
    assertInstanceOf(TagEncoding.Misfit.class, TagCodec.encodeCoil(TagValue.of(2L)));
    assertInstanceOf(TagEncoding.Misfit.class, TagCodec.encodeCoil(TagValue.of("true")));
  }

  @Test
  void aBadReadingHoldsNoValue() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TagReading(TagValue.of(1L), Quality.BAD_NO_COMMUNICATION));
    assertThrows(IllegalArgumentException.class, () -> TagReading.bad(Quality.GOOD));
  }
}
