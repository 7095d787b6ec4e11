package io.plantbus.protocols.i2c;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.i2c.SmbusCommand.BlockRead;
import io.plantbus.protocols.i2c.SmbusCommand.BlockWrite;
import io.plantbus.protocols.i2c.SmbusCommand.ProcessCall;
import io.plantbus.protocols.i2c.SmbusCommand.QuickWrite;
import io.plantbus.protocols.i2c.SmbusCommand.ReadByte;
import io.plantbus.protocols.i2c.SmbusCommand.ReadWord;
import io.plantbus.protocols.i2c.SmbusCommand.ReceiveByte;
import io.plantbus.protocols.i2c.SmbusCommand.SendByte;
import io.plantbus.protocols.i2c.SmbusCommand.WriteByte;
import io.plantbus.protocols.i2c.SmbusCommand.WriteWord;
import org.junit.jupiter.api.Test;

class SmbusTest {
  private static final int ADDRESS = 0x5A;

  @Test
  void checksumsMatchTheirPublishedVectors() {
    byte[] check = "123456789".getBytes(US_ASCII);
    assertEquals(0xF4, Crc8.SMBUS.of(check, 0, 9));
    assertEquals(0xF7, Crc8.SENSIRION.of(check, 0, 9));
    assertEquals(0x92, Crc8.SENSIRION.of(new byte[] {(byte) 0xBE, (byte) 0xEF}, 0, 2));
  }

  @Test
  void eachCommandHasItsBytes() {
    assertEquals(I2cTransaction.of(0), Smbus.transaction(new QuickWrite(), ADDRESS, true));
    assertEquals(I2cTransaction.of(0, 9), Smbus.transaction(new SendByte(9), ADDRESS, false));
    assertEquals(I2cTransaction.of(1), Smbus.transaction(new ReceiveByte(), ADDRESS, false));
    assertEquals(
        I2cTransaction.of(0, 1, 0xFE), Smbus.transaction(new WriteByte(1, 0xFE), ADDRESS, false));
    assertEquals(
        I2cTransaction.of(0, 1, 0x34, 0x12),
        Smbus.transaction(new WriteWord(1, 0x1234), ADDRESS, false));
    assertEquals(I2cTransaction.of(1, 7), Smbus.transaction(new ReadByte(7), ADDRESS, false));
    assertEquals(I2cTransaction.of(3, 7), Smbus.transaction(new ReadWord(7), ADDRESS, true));
    assertEquals(
        I2cTransaction.of(2, 7, 2, 1),
        Smbus.transaction(new ProcessCall(7, 0x0102), ADDRESS, false));
    assertEquals(
        I2cTransaction.of(0, 7, 2, 5, 6),
        Smbus.transaction(new BlockWrite(7, ByteBlock.of(5, 6)), ADDRESS, false));
    assertEquals(I2cTransaction.of(9, 7), Smbus.transaction(new BlockRead(7, 8), ADDRESS, false));
  }

  /// The write of 0x5A to cell 0x0E of an MLX90614 at 0x00, and the erasing before it, from
  /// Melexis' application note 390119061402.
  @Test
  void aWrittenWordCarriesItsCode() {
    assertEquals(
        I2cTransaction.of(0, 0x2E, 0, 0, 0x6F), Smbus.transaction(new WriteWord(0x2E, 0), 0, true));
    assertEquals(
        I2cTransaction.of(0, 0x2E, 0x5A, 0, 0xE1),
        Smbus.transaction(new WriteWord(0x2E, 0x5A), 0, true));
  }

  /// A read of RAM 0x07 of an MLX90614 at 0x5A that gives 0x3AD2, from its data sheet.
  @Test
  void aWordReadIsBelievedOnlyWithItsCode() {
    SmbusCommand read = new ReadWord(0x07);
    assertEquals(
        new SmbusAnswer.Word(0x3AD2),
        Smbus.answer(read, ADDRESS, true, new byte[] {(byte) 0xD2, 0x3A, 0x30}));
    for (int bit = 0; bit < 24; bit++) {
      byte[] in = {(byte) 0xD2, 0x3A, 0x30};
      in[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertInstanceOf(
          SmbusAnswer.PecMismatch.class, Smbus.answer(read, ADDRESS, true, in), "bit " + bit);
    }
  }

  @Test
  void aBlockEndsWhereItsCountSays() {
    SmbusCommand read = new BlockRead(7, 4);
    byte[] in = {2, 5, 6, (byte) 0xFF, (byte) 0xFF};
    assertEquals(new SmbusAnswer.Block(ByteBlock.of(5, 6)), Smbus.answer(read, ADDRESS, false, in));
    in[0] = 0;
    assertEquals(new SmbusAnswer.BadCount(0), Smbus.answer(read, ADDRESS, false, in));
    in[0] = 5;
    assertEquals(new SmbusAnswer.BadCount(5), Smbus.answer(read, ADDRESS, false, in));
    byte[] checked = {1, 9, 0, 0, 0, 0};
    checked[2] = (byte) Crc8.SMBUS.of(new byte[] {(byte) 0xB4, 7, (byte) 0xB5, 1, 9}, 0, 5);
    assertInstanceOf(SmbusAnswer.Block.class, Smbus.answer(read, ADDRESS, true, checked));
  }

  @Test
  void writesAreAnsweredByNothing() {
    assertEquals(
        new SmbusAnswer.Written(), Smbus.answer(new WriteByte(1, 2), ADDRESS, true, new byte[0]));
  }

  @Test
  void blocksBeyondTheSpecificationAreNoCommands() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new BlockWrite(1, ByteBlock.copyOf(new byte[33], 0, 33)));
    assertThrows(IllegalArgumentException.class, () -> new BlockWrite(1, ByteBlock.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> new BlockRead(1, 33));
    assertThrows(IllegalArgumentException.class, () -> new WriteByte(256, 0));
  }
}
