package io.plantbus.devices.i2c;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagEncoding;
import io.plantbus.devices.TagReading;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.PortException;
import org.jspecify.annotations.Nullable;

/// Microchip MCP23017, 16 digital pins: channels `gpa0`..`gpa7` and `gpb0`..`gpb7`, read as the
/// level at the pin. Registers are those of IOCON.BANK = 0.
///
/// ```
///  first:  BANK off ─ IOCON ─ read OLAT (outputs keep their state) ─ GPPU ─ IODIR
///  poll:   read IODIR: still ours? ─ read GPIO
///  write:  OLAT ─ read OLAT: as written?
/// ```
public final class Mcp23017Driver implements I2cDriver {
  /// Pins of both ports.
  public static final int PINS = 16;

  private static final int IODIR = 0x00;
  private static final int IOCON_IN_BANK_1 = 0x05;
  private static final int IOCON = 0x0A;
  private static final int GPPU = 0x0C;
  private static final int GPIO = 0x12;
  private static final int OLAT = 0x14;

  private final I2cTarget target;
  private final int outputs;
  private final int pullUps;
  private final ChannelReadings readings = new ChannelReadings();
  private final byte[] in = new byte[2];
  private boolean ready;
  private int latch;

  /// Pins as bits: `gpa0` is bit 0, `gpb0` bit 8.
  ///
  /// @param address 0x20..0x27, as pins A0 to A2 are wired
  /// @param outputs pins that are driven; all others are inputs
  /// @param pullUps pins with a pull-up of about 100 kΩ
  public Mcp23017Driver(I2cAddress address, int outputs, int pullUps) {
    this.target = new I2cTarget(address);
    this.outputs = outputs & 0xFFFF;
    this.pullUps = pullUps & 0xFFFF;
  }

  /// The channel of a pin.
  ///
  /// @param pin 0..15
  public static String channel(int pin) {
    return (pin < 8 ? "gpa" : "gpb") + (pin & 7);
  }

  /// The pin of a channel, or -1 if there is no such channel.
  static int pin(String channel) {
    for (int pin = 0; pin < PINS; pin++) {
      if (channel(pin).equals(channel)) {
        return pin;
      }
    }
    return -1;
  }

  @Override
  public I2cStep poll(I2cBus bus, long nowNanos) throws PortException {
    I2cStep.Failed failed = prepare(bus);
    if (failed == null) {
      failed = target.read(bus, in, IODIR);
    }
    if (failed == null && pair() != directions()) {
      ready = false;
      failed = target.broken("configuration lost, after a loss of power perhaps, by ");
    }
    if (failed == null) {
      failed = target.read(bus, in, GPIO);
    }
    if (failed != null) {
      return fail(failed);
    }
    for (int pin = 0; pin < PINS; pin++) {
      readings.put(channel(pin), TagReading.good(TagValue.of(((pair() >> pin) & 1) != 0)));
    }
    return new I2cStep.Done();
  }

  private I2cStep.@Nullable Failed prepare(I2cBus bus) throws PortException {
    if (ready) {
      return null;
    }
    // With BANK = 1 this is IOCON and clears BANK; with BANK = 0 it is GPINTENB, zero by default.
    I2cStep.Failed failed = target.write(bus, IOCON_IN_BANK_1, 0);
    if (failed == null) {
      failed = target.write(bus, IOCON, 0);
    }
    if (failed == null) {
      failed = target.read(bus, in, OLAT);
    }
    if (failed == null) {
      latch = pair();
      failed = target.write(bus, GPPU, pullUps, pullUps >> 8);
    }
    if (failed == null) {
      failed = target.write(bus, IODIR, directions(), directions() >> 8);
    }
    ready = failed == null;
    return failed;
  }

  /// IODIR of both ports; a set bit is an input.
  private int directions() {
    return ~outputs & 0xFFFF;
  }

  private int pair() {
    return (in[0] & 0xFF) | ((in[1] & 0xFF) << 8);
  }

  @Override
  public I2cStep.Channel channel(DeviceResource resource) {
    return readings.of(resource);
  }

  @Override
  public I2cStep write(I2cBus bus, DeviceResource resource, TagValue value, long nowNanos)
      throws PortException {
    int pin = resource.point() instanceof Point.I2cChannel point ? pin(point.channel()) : -1;
    if (pin < 0 || ((outputs >> pin) & 1) == 0) {
      return I2cTarget.unfit(resource.name() + " is no output of the MCP23017");
    }
    return switch (TagCodec.encodeCoil(value)) {
      case TagEncoding.Coil(boolean on) -> write(bus, pin, on);
      case TagEncoding.Misfit(String reason) -> I2cTarget.unfit(reason);
      case TagEncoding.Registers _ -> I2cTarget.unfit(resource.name() + " takes a state");
    };
  }

  private I2cStep write(I2cBus bus, int pin, boolean on) throws PortException {
    I2cStep.Failed failed = prepare(bus);
    int wanted = on ? latch | (1 << pin) : latch & ~(1 << pin);
    if (failed == null) {
      failed = target.write(bus, OLAT, wanted, wanted >> 8);
    }
    if (failed == null) {
      failed = target.read(bus, in, OLAT);
    }
    if (failed == null && pair() != wanted) {
      failed = target.broken("outputs did not take what was written to ");
    }
    if (failed != null) {
      ready = false;
      return failed;
    }
    latch = wanted;
    return new I2cStep.Done();
  }

  private I2cStep fail(I2cStep.Failed failed) {
    ready = false;
    for (int pin = 0; pin < PINS; pin++) {
      readings.put(channel(pin), TagReading.bad(failed.quality()));
    }
    return failed;
  }

  @Override
  public void reset() {
    ready = false;
    readings.clear();
  }
}
