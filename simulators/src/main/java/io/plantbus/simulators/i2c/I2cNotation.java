package io.plantbus.simulators.i2c;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import java.util.HexFormat;

/// A transfer in the notation of UM10204, for transcripts.
final class I2cNotation {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private I2cNotation() {}

  static String of(I2cAddress address, byte[] out, byte[] in, I2cOutcome outcome) {
    StringBuilder text = new StringBuilder();
    if (out.length > 0 || in.length == 0) {
      text.append("S ").append(address).append(" W ").append(HEX.formatHex(out)).append(' ');
    }
    if (in.length > 0) {
      text.append(out.length > 0 ? "Sr " : "S ").append(address).append(" R ");
      text.append(outcome == I2cOutcome.COMPLETED ? HEX.formatHex(in) + " " : "");
    }
    return text.append("P ").append(outcome).toString();
  }
}
