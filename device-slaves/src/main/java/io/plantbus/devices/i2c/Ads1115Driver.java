package io.plantbus.devices.i2c;

import io.plantbus.devices.TagReading;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.PortException;
import java.util.List;

/// Texas Instruments ADS1115: channels `ain0`..`ain3` and the differences such as `ain0-ain1`, in
/// volts. One conversion per channel within one poll:
///
/// ```
///  write 01 config ── conversion ── read 01: OS set? ── read 00: code ── next channel
///                                        └─ no: a tenth more, at most 10 times
/// ```
///
/// A code at either end of the scale is beyond what can be measured and becomes `Bad_OutOfRange`.
public final class Ads1115Driver implements I2cDriver {
  private static final int CONVERSION_REGISTER = 0x00;
  private static final int CONFIG_REGISTER = 0x01;
  private static final int READY_BIT = 0x8000;
  private static final int MOST_LOOKS = 10;

  private final I2cTarget target;
  private final List<Ads1115Input> inputs;
  private final Ads1115Settings settings;
  private final ChannelReadings readings = new ChannelReadings();
  private final byte[] in = new byte[2];
  private int next;
  private boolean converting;
  private int looks;
  private long untilNanos;

  /// @param address 0x48..0x4B, as pin ADDR is wired
  /// @param inputs which are converted, in this order; none twice
  public Ads1115Driver(I2cAddress address, List<Ads1115Input> inputs, Ads1115Settings settings) {
    this.target = new I2cTarget(address);
    this.inputs = List.copyOf(inputs);
    this.settings = settings;
  }

  @Override
  public I2cStep poll(I2cBus bus, long nowNanos) throws PortException {
    if (next >= inputs.size()) {
      next = 0;
      return new I2cStep.Done();
    }
    if (!converting) {
      return start(bus, nowNanos);
    }
    return nowNanos < untilNanos ? new I2cStep.Waiting(untilNanos) : look(bus, nowNanos);
  }

  private I2cStep start(I2cBus bus, long nowNanos) throws PortException {
    int config = settings.config(inputs.get(next));
    I2cStep.Failed failed = target.write(bus, CONFIG_REGISTER, config >> 8, config);
    if (failed != null) {
      return fail(failed);
    }
    converting = true;
    looks = 0;
    untilNanos = nowNanos + settings.conversionNanos();
    return new I2cStep.Waiting(untilNanos);
  }

  private I2cStep look(I2cBus bus, long nowNanos) throws PortException {
    I2cStep.Failed failed = target.read(bus, in, CONFIG_REGISTER);
    if (failed != null) {
      return fail(failed);
    }
    int expected = settings.config(inputs.get(next));
    if ((word() | READY_BIT) != expected) {
      return fail(target.broken("configuration lost by "));
    }
    if ((word() & READY_BIT) != 0) {
      return fetch(bus, nowNanos);
    }
    if (++looks == MOST_LOOKS) {
      return fail(target.broken("conversion never finished in "));
    }
    untilNanos = nowNanos + settings.conversionNanos() / 10;
    return new I2cStep.Waiting(untilNanos);
  }

  private I2cStep fetch(I2cBus bus, long nowNanos) throws PortException {
    I2cStep.Failed failed = target.read(bus, in, CONVERSION_REGISTER);
    if (failed != null) {
      return fail(failed);
    }
    short code = (short) word();
    readings.put(
        inputs.get(next).channel(),
        code == Short.MAX_VALUE || code == Short.MIN_VALUE
            ? TagReading.OUT_OF_RANGE
            : TagReading.good(TagValue.of(code * settings.fullScaleVolts() / 32_768)));
    converting = false;
    next++;
    return poll(bus, nowNanos);
  }

  private int word() {
    return (in[0] & 0xFF) << 8 | (in[1] & 0xFF);
  }

  private I2cStep fail(I2cStep.Failed failed) {
    next = 0;
    converting = false;
    for (Ads1115Input input : inputs) {
      readings.put(input.channel(), TagReading.bad(failed.quality()));
    }
    return failed;
  }

  @Override
  public I2cStep.Channel channel(DeviceResource resource) {
    return readings.of(resource);
  }

  @Override
  public I2cStep write(I2cBus bus, DeviceResource resource, TagValue value, long nowNanos) {
    return I2cTarget.unfit(resource.name() + " of an ADS1115 cannot be written");
  }

  @Override
  public void reset() {
    next = 0;
    converting = false;
    readings.clear();
  }
}
