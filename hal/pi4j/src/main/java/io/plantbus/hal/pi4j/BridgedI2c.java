package io.plantbus.hal.pi4j;

import com.pi4j.io.exception.IOException;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import io.plantbus.hal.I2cAddress;
import java.util.Arrays;
import java.util.Objects;

/// A Pi4J device on one of our buses. Its transfers have the shapes of Pi4J's linuxfs provider: a
/// register is read in one write-read with a repeated START, `writeRead` is a write and a read with
/// a STOP between, and no bytes are no transfer. So have its results: a count of bytes written
/// includes the register where that is a number, and not where it is bytes.
final class BridgedI2c extends I2CBase<LockedBus> {
  private static final byte[] NOTHING = {};

  private final I2cAddress address;

  BridgedI2c(I2CProvider provider, I2CConfig config, LockedBus bus, I2cAddress address) {
    super(provider, config, bus);
    this.address = address;
  }

  @Override
  public int write(byte b) {
    return send(new byte[] {b});
  }

  @Override
  public int write(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    return send(Arrays.copyOfRange(data, offset, offset + length));
  }

  @Override
  public int read() {
    byte[] in = new byte[1];
    transfer(NOTHING, in);
    return in[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    return receive(NOTHING, buffer, offset, length);
  }

  @Override
  public int writeRegister(int register, byte b) {
    return send(new byte[] {(byte) register, b});
  }

  @Override
  public int writeRegister(int register, byte[] data, int offset, int length) {
    return send(joined(new byte[] {(byte) register}, data, offset, length));
  }

  @Override
  public int writeRegister(byte[] register, byte[] data, int offset, int length) {
    return send(joined(register, data, offset, length)) - register.length;
  }

  @Override
  public int readRegister(int register) {
    byte[] in = new byte[1];
    transfer(new byte[] {(byte) register}, in);
    return in[0] & 0xFF;
  }

  @Override
  public int readRegister(int register, byte[] buffer, int offset, int length) {
    return receive(new byte[] {(byte) register}, buffer, offset, length);
  }

  @Override
  public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
    return receive(register.clone(), buffer, offset, length);
  }

  private static byte[] joined(byte[] register, byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    byte[] out = Arrays.copyOf(register, register.length + length);
    System.arraycopy(data, offset, out, register.length, length);
    return out;
  }

  private int send(byte[] out) {
    transfer(out, NOTHING);
    return out.length;
  }

  private int receive(byte[] out, byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    byte[] in = new byte[length];
    transfer(out, in);
    System.arraycopy(in, 0, buffer, offset, length);
    return length;
  }

  private void transfer(byte[] out, byte[] in) {
    if (!isOpen()) {
      throw new IOException("I2C device " + address + " is closed");
    }
    if (out.length > 0 || in.length > 0) {
      i2CBus.transfer(this, address, out, in);
    }
  }
}
