package io.plantbus.master.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.protocols.modbus.UnitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceHealthTest {
  private static final long SECOND = 1_000_000_000L;

  private final DeviceHealth health =
      new DeviceHealth(
          new DeviceSpec(
              "pump",
              "rs485",
              new DeviceSpec.Address.Modbus(UnitId.of(3)),
              new DeviceProfile(
                  "pump",
                  "",
                  "",
                  "",
                  DeviceProfile.Bus.MODBUS,
                  RequestLimits.SPECIFICATION,
                  List.of()),
              Map.of(),
              true,
              List.of()));

  @Test
  void aDeviceIsSuspectAtOneMissAndDownAtTwo() {
    assertEquals(Health.UNKNOWN, health.health());
    health.answered(0);
    assertEquals(Health.UP, health.health());
    assertFalse(health.missed(1, "silence"));
    assertEquals(Health.SUSPECT, health.health());
    assertTrue(health.missed(2, "silence"));
    assertEquals(Health.DOWN, health.health());
    assertEquals("silence", health.reason());
    assertTrue(health.answered(3));
    assertEquals(Health.UP, health.health());
    assertEquals("", health.reason());
  }

  @Test
  void probesComeWithPausesThatDoubleUpToHalfAMinute() {
    health.missed(0, "silence");
    health.missed(0, "silence");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      long at = health.probeAtNanos();
      health.missed(at, "silence");
      pauses.add((health.probeAtNanos() - at) / SECOND);
    }
    assertEquals(List.of(2L, 4L, 8L, 16L, 30L, 30L, 30L), pauses);
  }

  @Test
  void oneWriteMayGoBetweenTwoProbesToADeviceThatIsDown() {
    health.missed(0, "silence");
    health.missed(0, "silence");
    assertTrue(health.mayWrite(1));
    health.writeSent();
    health.missed(2, "silence");
    assertFalse(health.mayWrite(3));
    assertEquals(SECOND, health.writeAtNanos());
    assertTrue(health.mayWrite(SECOND));
  }
}
