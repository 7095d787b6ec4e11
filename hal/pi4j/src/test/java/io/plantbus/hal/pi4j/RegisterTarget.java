package io.plantbus.hal.pi4j;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A bus with one target: 256 byte registers behind a pointer that moves on by itself, as most
/// sensors have them.
final class RegisterTarget implements I2cBus {
  static final I2cAddress ADDRESS = I2cAddress.of(0x44);

  final byte[] registers = new byte[256];

  /// The transfers so far, in the notation of the bus contract.
  final List<String> wire = new ArrayList<>();

  I2cOutcome outcome = I2cOutcome.COMPLETED;
  boolean unplugged;
  boolean closed;
  private int pointer;

  @Override
  public String name() {
    return "i2c:test";
  }

  @Override
  public I2cOutcome transfer(I2cAddress address, byte[] out, byte[] in) throws PortException {
    if (unplugged) {
      throw new PortException(PortFault.LOST, "i2c:test is gone; plug it in");
    }
    wire.add(notation(out, in));
    if (!address.equals(ADDRESS)) {
      return I2cOutcome.NOT_ACKNOWLEDGED;
    }
    if (outcome != I2cOutcome.COMPLETED) {
      return outcome;
    }
    for (int i = 0; i < out.length; i++) {
      if (i == 0) {
        pointer = out[0] & 0xFF;
      } else {
        registers[pointer++ & 0xFF] = out[i];
      }
    }
    for (int i = 0; i < in.length; i++) {
      in[i] = registers[pointer++ & 0xFF];
    }
    return I2cOutcome.COMPLETED;
  }

  private static String notation(byte[] out, byte[] in) {
    String written = out.length == 0 ? "" : " W " + HexFormat.of().formatHex(out);
    String read = in.length == 0 ? "" : (out.length == 0 ? " R " : " Sr R ") + in.length;
    return "S" + written + read + " P";
  }

  @Override
  public void close() {
    closed = true;
  }
}
