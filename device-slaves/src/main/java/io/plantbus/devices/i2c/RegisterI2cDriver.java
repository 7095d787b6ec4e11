package io.plantbus.devices.i2c;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagReading;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.i2c.Crc8;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.encoding.EncodeOutcome;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Any device whose values stand in numbered registers, two bytes at least each.
///
/// ```
///  read   S addr W A  register A  Sr addr R A  bytes A …  [PEC N]  P
///  write  S addr W A  register A  bytes A …  [PEC A]  P
/// ```
///
/// A value whose packet error code does not match is `Bad_DeviceFailure`, the others are read on.
public final class RegisterI2cDriver implements I2cDriver {
  private final I2cTarget target;
  private final List<DeviceResource> resources;
  private final Map<String, TagReading> readings = new HashMap<>();

  /// @param address where the device is
  /// @param resources its values; those whose points are registers and that can be read are polled
  public RegisterI2cDriver(I2cAddress address, List<DeviceResource> resources) {
    this.target = new I2cTarget(address);
    this.resources = List.copyOf(resources);
  }

  @Override
  public I2cStep poll(I2cBus bus, long nowNanos) throws PortException {
    for (DeviceResource resource : resources) {
      if (resource.point() instanceof Point.I2cRegister point && resource.access().canRead()) {
        byte[] in = new byte[length(point) + (point.pec() ? 1 : 0)];
        I2cStep.Failed failed = target.read(bus, in, point.register());
        if (failed != null) {
          readings.replaceAll((_, _) -> TagReading.bad(failed.quality()));
          return failed;
        }
        readings.put(resource.name(), reading(point, in));
      }
    }
    return new I2cStep.Done();
  }

  private TagReading reading(Point.I2cRegister point, byte[] in) {
    if (!isIntact(point, in)) {
      return TagReading.MALFORMED;
    }
    RegisterEncoding encoding = point.encoding();
    return TagCodec.decode(encoding, RegisterBlock.view(in, 0, encoding.registers()), 0);
  }

  private boolean isIntact(Point.I2cRegister point, byte[] in) {
    if (!point.pec()) {
      return true;
    }
    int crc = Crc8.SMBUS.of(written(point), (target.address().value() << 1) | 1);
    return Crc8.SMBUS.of(crc, in, 0, in.length - 1) == (in[in.length - 1] & 0xFF);
  }

  /// Packet error code over address, write bit and register number.
  private int written(Point.I2cRegister point) {
    int crc = Crc8.SMBUS.of(Crc8.SMBUS.initial(), target.address().value() << 1);
    return Crc8.SMBUS.of(crc, point.register());
  }

  private static int length(Point.I2cRegister point) {
    return 2 * point.encoding().registers();
  }

  @Override
  public I2cStep.Channel channel(DeviceResource resource) {
    TagReading reading = readings.get(resource.name());
    return reading == null
        ? new I2cStep.Channel(null, Quality.BAD_WAITING_FOR_INITIAL_DATA)
        : new I2cStep.Channel(reading.value(), reading.quality());
  }

  @Override
  public I2cStep write(I2cBus bus, DeviceResource resource, TagValue value, long nowNanos)
      throws PortException {
    if (!(resource.point() instanceof Point.I2cRegister point) || !resource.access().canWrite()) {
      return I2cTarget.unfit(resource.name() + " cannot be written");
    }
    int length = length(point);
    byte[] out = new byte[1 + length + (point.pec() ? 1 : 0)];
    out[0] = (byte) point.register();
    I2cStep.Failed failed = point.encoding().isField() ? readInto(bus, point, out) : null;
    if (failed != null) {
      return failed;
    }
    EncodeOutcome outcome = TagCodec.encode(point.encoding(), value, out, 1);
    if (outcome != EncodeOutcome.ENCODED) {
      return I2cTarget.unfit(TagCodec.misfit(point.encoding(), value, outcome));
    }
    if (point.pec()) {
      out[1 + length] = (byte) Crc8.SMBUS.of(written(point), out, 1, length);
    }
    failed = target.transfer(bus, out, new byte[0]);
    return failed == null ? new I2cStep.Done() : failed;
  }

  /// What stands in the register now, since a bit field shares it.
  private I2cStep.@Nullable Failed readInto(I2cBus bus, Point.I2cRegister point, byte[] out)
      throws PortException {
    byte[] in = new byte[length(point) + (point.pec() ? 1 : 0)];
    I2cStep.Failed failed = target.read(bus, in, point.register());
    if (failed == null && !isIntact(point, in)) {
      failed = target.broken("packet error code mismatch in an answer of ");
    }
    System.arraycopy(in, 0, out, 1, length(point));
    return failed;
  }

  @Override
  public void reset() {
    readings.clear();
  }
}
