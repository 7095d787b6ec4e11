package io.plantbus.devices.i2c;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagReading;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.i2c.Crc8;
import org.jspecify.annotations.Nullable;

/// Sensirion SHT31, also SHT30 and SHT35: channel `temperature` in degrees Celsius and `humidity`
/// in percent relative humidity. Clauses are of the SHT3x-DIS data sheet.
///
/// ```
///  first:      soft reset 30 A2 ── 1.5 ms ──┐
///  each poll:  single shot 24 00 ── 15.5 ms ┴─ read T T crc H H crc
/// ```
///
/// Single shots are measured with high repeatability and without clock stretching (4.3).
public final class Sht31Driver implements I2cDriver {
  /// Channel in degrees Celsius.
  public static final String TEMPERATURE = "temperature";

  /// Channel in percent relative humidity.
  public static final String HUMIDITY = "humidity";

  /// Longest soft reset (table 4).
  private static final long RESET_NANOS = 1_500_000;

  /// Longest measurement at high repeatability (table 4).
  private static final long MEASUREMENT_NANOS = 15_500_000;

  private enum State {
    UNKNOWN,
    RESETTING,
    READY,
    MEASURING
  }

  private final I2cTarget target;
  private final ChannelReadings readings = new ChannelReadings();
  private final byte[] in = new byte[6];
  private State state = State.UNKNOWN;
  private long untilNanos;

  /// @param address 0x44 or 0x45, as pin ADDR is wired
  public Sht31Driver(I2cAddress address) {
    target = new I2cTarget(address);
  }

  @Override
  public I2cStep poll(I2cBus bus, long nowNanos) throws PortException {
    return switch (state) {
      case UNKNOWN -> command(bus, 0x30A2, State.RESETTING, nowNanos + RESET_NANOS);
      case RESETTING, MEASURING ->
          nowNanos < untilNanos ? new I2cStep.Waiting(untilNanos) : proceed(bus, nowNanos);
      case READY -> measure(bus, nowNanos);
    };
  }

  private I2cStep proceed(I2cBus bus, long nowNanos) throws PortException {
    return state == State.MEASURING ? fetch(bus) : measure(bus, nowNanos);
  }

  private I2cStep measure(I2cBus bus, long nowNanos) throws PortException {
    return command(bus, 0x2400, State.MEASURING, nowNanos + MEASUREMENT_NANOS);
  }

  private I2cStep command(I2cBus bus, int command, State next, long until) throws PortException {
    I2cStep.Failed failed = target.write(bus, command >> 8, command);
    if (failed != null) {
      return fail(failed, State.UNKNOWN);
    }
    state = next;
    untilNanos = until;
    return new I2cStep.Waiting(until);
  }

  private I2cStep fetch(I2cBus bus) throws PortException {
    I2cStep.@Nullable Failed failed = target.read(bus, in);
    if (failed != null) {
      return fail(failed, State.UNKNOWN);
    }
    if (Crc8.SENSIRION.of(in, 0, 2) != (in[2] & 0xFF)
        || Crc8.SENSIRION.of(in, 3, 2) != (in[5] & 0xFF)) {
      String reason = "checksum mismatch in a measurement of " + target.address();
      return fail(new I2cStep.Failed(Quality.BAD_SENSOR_FAILURE, reason), State.READY);
    }
    state = State.READY;
    readings.put(TEMPERATURE, real(-45 + 175 * word(0) / 65_535.0));
    readings.put(HUMIDITY, real(100 * word(3) / 65_535.0));
    return new I2cStep.Done();
  }

  private int word(int at) {
    return (in[at] & 0xFF) << 8 | (in[at + 1] & 0xFF);
  }

  private static TagReading real(double value) {
    return TagReading.good(TagValue.of(value));
  }

  private I2cStep fail(I2cStep.Failed failed, State next) {
    state = next;
    readings.put(TEMPERATURE, TagReading.bad(failed.quality()));
    readings.put(HUMIDITY, TagReading.bad(failed.quality()));
    return failed;
  }

  @Override
  public I2cStep.Channel channel(DeviceResource resource) {
    return readings.of(resource);
  }

  @Override
  public I2cStep write(I2cBus bus, DeviceResource resource, TagValue value, long nowNanos) {
    return I2cTarget.unfit(resource.name() + " of an SHT31 cannot be written");
  }

  @Override
  public void reset() {
    state = State.UNKNOWN;
    readings.clear();
  }
}
