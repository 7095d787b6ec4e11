package io.plantbus.devices.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// A bus on which exactly the transfers that a test expects may happen, in their order.
final class ScriptedBus implements I2cBus {
  static final I2cAddress ADDRESS = I2cAddress.of(0x44);

  private static final HexFormat HEX = HexFormat.of();

  private final Deque<Transfer> expected = new ArrayDeque<>();

  private record Transfer(String out, String in, I2cOutcome outcome) {}

  /// The next transfer writes and reads these bytes, in hex.
  ScriptedBus expect(String out, String in) {
    expected.add(new Transfer(out, in, I2cOutcome.COMPLETED));
    return this;
  }

  /// The next transfer fails.
  ScriptedBus fail(I2cOutcome outcome) {
    expected.add(new Transfer("", "", outcome));
    return this;
  }

  /// Everything expected has happened.
  void assertOver() {
    assertEquals(List.of(), List.copyOf(expected));
  }

  @Override
  public I2cOutcome transfer(I2cAddress address, byte[] out, byte[] in) {
    assertEquals(ADDRESS, address);
    Transfer next =
        expected.isEmpty() ? new Transfer("nothing", "", I2cOutcome.COMPLETED) : expected.remove();
    if (next.outcome != I2cOutcome.COMPLETED) {
      return next.outcome;
    }
    assertEquals(next.out, HEX.formatHex(out));
    byte[] answer = HEX.parseHex(next.in);
    assertEquals(answer.length, in.length, "bytes read after " + next.out);
    System.arraycopy(answer, 0, in, 0, in.length);
    return I2cOutcome.COMPLETED;
  }

  @Override
  public String name() {
    return "i2c:test";
  }

  @Override
  public void close() {}

  static DeviceResource resource(String name, Point point, DeviceResource.Access access) {
    return new DeviceResource(name, "", point, access, "", null, null, null);
  }

  static DeviceResource channel(String driver, String channel, DeviceResource.Access access) {
    return resource(channel, new Point.I2cChannel(driver, channel, 1, 0), access);
  }

  static DeviceProfile profile(DeviceResource... resources) {
    return new DeviceProfile(
        "p", "", "", "", DeviceProfile.Bus.I2C, RequestLimits.SPECIFICATION, List.of(resources));
  }
}
