package io.plantbus.protocols.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegisterAddressTest {
  @Covers(Requirement.ADDRESS_NUMBERING)
  @ParameterizedTest
  @CsvSource({
    "40001, HOLDING_REGISTERS, 0",
    "400001, HOLDING_REGISTERS, 0",
    "4x00001, HOLDING_REGISTERS, 0",
    "4X00101, HOLDING_REGISTERS, 100",
    "49999, HOLDING_REGISTERS, 9998",
    "410000, HOLDING_REGISTERS, 9999",
    "465536, HOLDING_REGISTERS, 65535",
    "30010, INPUT_REGISTERS, 9",
    "10008, DISCRETE_INPUTS, 7",
    "00006, COILS, 5",
    "000006, COILS, 5",
    "0x00006, COILS, 5",
    "holding:100, HOLDING_REGISTERS, 100",
    "Holding Register 100, HOLDING_REGISTERS, 100",
    "hr100, HOLDING_REGISTERS, 100",
    "HR:0x64, HOLDING_REGISTERS, 100",
    "hr:0100, HOLDING_REGISTERS, 100",
    "coil:5, COILS, 5",
    "co5, COILS, 5",
    "ir3, INPUT_REGISTERS, 3",
    "input:65535, INPUT_REGISTERS, 65535",
    "di7, DISCRETE_INPUTS, 7",
    "discrete_input:7, DISCRETE_INPUTS, 7",
  })
  void modiconFormsCountFromOneAndNamedFormsFromZero(String text, DataTable table, int address) {
    assertEquals(new RegisterAddress(table, address), RegisterAddress.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "hr100, holding:100 (40101)",
    "coil:0, coil:0 (00001)",
    "di9998, discrete:9998 (19999)",
    "ir9999, input:9999 (310000)",
    "hr65535, holding:65535 (465536)",
  })
  void bothFormsAreShown(String text, String shown) {
    assertEquals(shown, RegisterAddress.of(text).toString());
  }

  @ParameterizedTest
  @EnumSource
  void eachFormIsReadBackAsTheSameAddress(DataTable table) {
    for (int address = 0; address <= 65_535; address += 1111) {
      RegisterAddress whole = new RegisterAddress(table, address);
      assertEquals(whole, RegisterAddress.of(whole.modicon()));
      assertEquals(whole, RegisterAddress.of(whole.named()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          100 | '100' names no table; write holding:100 to count from 0, or 40001 and so on to count from 1
          0x64 | '0x64' names no table; write holding:0x64 to count from 0, or 40001 and so on to count from 1
          20001 | '20001' names no table; write holding:20001 to count from 0, or 40001 and so on to count from 1
          40000 | '40000' does not exist: this form counts from 1; write 40001 or holding:0
          365537 | '365537' lies beyond the last address; write at most 365536
          hr65536 | 'hr65536' lies beyond the last address; write at most holding:65535
          xx5 | 'xx5' names no table; write coil, discrete, input or holding (co, di, ir, hr) before the address
          holding | 'holding' is not an address; write one such as holding:100, hr100, hr:0x64, coil:5, 40101 or 4x00101
          hr:-1 | 'hr:-1' is not an address; write one such as holding:100, hr100, hr:0x64, coil:5, 40101 or 4x00101
          """)
  void aMistakeIsToldWithWhatToWrite(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> RegisterAddress.of(text)).getMessage());
  }
}
