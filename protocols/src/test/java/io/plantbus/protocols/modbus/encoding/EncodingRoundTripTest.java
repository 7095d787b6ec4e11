package io.plantbus.protocols.modbus.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.protocols.modbus.RegisterBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncodingRoundTripTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 2_000;

  private static RegisterBlock block(byte[] bytes) {
    return RegisterBlock.view(bytes, 0, bytes.length / 2);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"STRING"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsEncodedDecodesToTheSameInEveryOrder(DataType type) {
    Random random = new Random(SEED);
    for (RegisterOrder order : RegisterOrder.values()) {
      RegisterEncoding encoding = RegisterEncoding.of(type, order);
      byte[] bytes = new byte[2 * type.registers() + 2];
      for (int round = 0; round < ROUNDS; round++) {
        if (type.isFloat()) {
          double value = (float) (random.nextGaussian() * 1e6);
          assertEquals(EncodeOutcome.ENCODED, RegisterEncoder.real(encoding, value, bytes, 2));
          assertEquals(
              value,
              RegisterDecoder.real(encoding, RegisterDecoder.raw(encoding, block(bytes), 1)));
        } else {
          long value = anyValue(type, random);
          boolean unsigned = !type.isSigned();
          assertEquals(
              EncodeOutcome.ENCODED, RegisterEncoder.whole(encoding, value, unsigned, bytes, 2));
          assertEquals(
              value,
              RegisterDecoder.whole(encoding, RegisterDecoder.raw(encoding, block(bytes), 1)));
        }
      }
    }
  }

  private static long anyValue(DataType type, Random random) {
    long bits = random.nextLong();
    return switch (type) {
      case BOOL -> bits & 1;
      case INT16 -> (short) bits;
      case UINT16 -> bits & 0xFFFF;
      case INT32 -> (int) bits;
      case UINT32 -> bits & 0xFFFF_FFFFL;
      case INT64, UINT64 -> bits;
      case BCD16 -> Long.remainderUnsigned(bits, 10_000);
      case BCD32 -> Long.remainderUnsigned(bits, 100_000_000);
      case FLOAT32, FLOAT64, STRING -> throw new IllegalArgumentException(type.name());
    };
  }

  @ParameterizedTest
  @CsvSource({
    "INT16, -32768, 32767",
    "UINT16, 0, 65535",
    "INT32, -2147483648, 2147483647",
    "UINT32, 0, 4294967295",
    "BCD16, 0, 9999",
    "BCD32, 0, 99999999",
    "BOOL, 0, 1"
  })
  void theEndsOfATypeFitAndWhatIsBeyondIsRefused(DataType type, long least, long most) {
    RegisterEncoding encoding = RegisterEncoding.of(type);
    byte[] bytes = new byte[2 * type.registers()];
    for (long value : new long[] {least, most}) {
      assertEquals(EncodeOutcome.ENCODED, RegisterEncoder.whole(encoding, value, false, bytes, 0));
      assertEquals(EncodeOutcome.ENCODED, RegisterEncoder.real(encoding, (double) value, bytes, 0));
    }
    byte[] before = bytes.clone();
    for (long value : new long[] {least - 1, most + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals(
          EncodeOutcome.OUT_OF_RANGE, RegisterEncoder.whole(encoding, value, false, bytes, 0));
      assertEquals(
          EncodeOutcome.OUT_OF_RANGE, RegisterEncoder.real(encoding, (double) value, bytes, 0));
    }
    assertEquals(EncodeOutcome.OUT_OF_RANGE, RegisterEncoder.real(encoding, Double.NaN, bytes, 0));
    assertEquals(EncodeOutcome.OUT_OF_RANGE, RegisterEncoder.whole(encoding, -1, true, bytes, 0));
    assertEquals(block(before), block(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "INT64, 9223372036854775807, false, ENCODED",
    "INT64, -9223372036854775808, false, ENCODED",
    "INT64, -9223372036854775808, true, OUT_OF_RANGE",
    "UINT64, -1, true, ENCODED",
    "UINT64, -1, false, OUT_OF_RANGE",
    "UINT64, 9007199254740993, false, ENCODED"
  })
  void wholeNumbersOf64BitsSurviveExactly(
      DataType type, long bits, boolean unsigned, EncodeOutcome outcome) {
    RegisterEncoding encoding = RegisterEncoding.of(type);
    byte[] bytes = new byte[8];
    assertEquals(outcome, RegisterEncoder.whole(encoding, bits, unsigned, bytes, 0));
    if (outcome == EncodeOutcome.ENCODED) {
      assertEquals(
          bits, RegisterDecoder.whole(encoding, RegisterDecoder.raw(encoding, block(bytes), 0)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0, 12.3, 123",
    "0.1, 0, 12.25, 123",
    "0.1, 0, -12.25, -123",
    "0.01, -40, 21.37, 6137",
    "2, 0, 5, 3",
    "0.003, 1, 1.006, 2",
    "1, 0, 12.5, 13"
  })
  void scalingRoundsToTheNearestRawUnit(double scale, double offset, double value, int raw) {
    RegisterEncoding encoding =
        new RegisterEncoding(DataType.INT16, RegisterOrder.ABCD, 0, 0, 0, scale, offset, List.of());
    byte[] bytes = new byte[2];
    assertEquals(EncodeOutcome.ENCODED, RegisterEncoder.real(encoding, value, bytes, 0));
    assertEquals(RegisterBlock.of(raw), block(bytes));
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.01", "0.001", "0.5", "3", "-0.1"})
  void everyRawValueSurvivesItsScale(double scale) {
    RegisterEncoding encoding =
        new RegisterEncoding(DataType.INT16, RegisterOrder.ABCD, 0, 0, 0, scale, 7, List.of());
    byte[] bytes = new byte[2];
    for (int raw = 0; raw <= 0xFFFF; raw++) {
      double value = RegisterDecoder.real(encoding, raw);
      RegisterEncoder.real(encoding, value, bytes, 0);
      assertEquals(raw, block(bytes).register(0));
    }
  }

  @ParameterizedTest
  @EnumSource(RegisterOrder.class)
  void textSurvivesEveryOrderAndLength(RegisterOrder order) {
    for (int length = 1; length <= 9; length++) {
      RegisterEncoding encoding =
          new RegisterEncoding(DataType.STRING, order, length, 0, 0, 1, 0, List.of());
      String text = "Pumpe-Süd".substring(0, Math.max(1, length - 1)).strip();
      byte[] bytes = new byte[2 * encoding.registers()];
      Arrays.fill(bytes, (byte) 0x55);
      assertEquals(EncodeOutcome.ENCODED, RegisterEncoder.text(encoding, text, bytes, 0));
      assertEquals(text, RegisterDecoder.text(encoding, block(bytes), 0));
    }
  }
}
