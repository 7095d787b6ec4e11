package io.plantbus.master;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.i2c.I2cDriver;
import io.plantbus.devices.i2c.I2cStep;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.i2c.I2cTarget;
import java.util.ArrayList;
import java.util.List;

/// A chip that takes its time to measure, and the driver for it.
final class SlowChip implements I2cDriver, I2cTarget {
  final List<Long> started = new ArrayList<>();
  int resets;
  int register = 1;
  boolean buggy;
  private final I2cAddress address;
  private final long measureNanos;
  private boolean measuring;
  private int measured;
  private int bytes;

  SlowChip(int address, long measureNanos) {
    this.address = I2cAddress.of(address);
    this.measureNanos = measureNanos;
  }

  @Override
  public I2cStep poll(I2cBus bus, long nowNanos) throws PortException {
    if (buggy) {
      throw new IllegalStateException("a bug");
    }
    if (!measuring) {
      started.add(nowNanos);
      if (bus.transfer(address, new byte[] {1}, new byte[0]) != I2cOutcome.COMPLETED) {
        return failed();
      }
      measuring = true;
      return new I2cStep.Waiting(nowNanos + measureNanos);
    }
    measuring = false;
    byte[] in = new byte[1];
    if (bus.transfer(address, new byte[0], in) != I2cOutcome.COMPLETED) {
      return failed();
    }
    measured = in[0];
    return new I2cStep.Done();
  }

  private I2cStep failed() {
    return new I2cStep.Failed(Quality.BAD_NO_COMMUNICATION, "no acknowledge from " + address);
  }

  @Override
  public I2cStep.Channel channel(DeviceResource resource) {
    return new I2cStep.Channel(TagValue.of(measured), Quality.GOOD);
  }

  @Override
  public I2cStep write(I2cBus bus, DeviceResource resource, TagValue value, long nowNanos)
      throws PortException {
    byte[] out = {2, (byte) value.asDouble()};
    return bus.transfer(address, out, new byte[0]) == I2cOutcome.COMPLETED
        ? new I2cStep.Done()
        : failed();
  }

  @Override
  public void reset() {
    measuring = false;
    resets++;
  }

  @Override
  public boolean start(boolean reading, long nowNanos) {
    bytes = 0;
    return true;
  }

  @Override
  public boolean write(int value, long nowNanos) {
    register = bytes++ == 1 ? value : register;
    return true;
  }

  @Override
  public int read(long nowNanos) {
    return register;
  }
}
