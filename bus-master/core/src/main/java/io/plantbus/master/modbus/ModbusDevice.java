package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.DeviceHealth;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.UnitId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the owner of a line knows about one device on it. Owned by that thread.
final class ModbusDevice {
  final DeviceSpec spec;
  final UnitId unit;
  final DeviceHealth health;
  final List<ModbusPoll> polls = new ArrayList<>();

  /// Polls that are due and wait until the device may take another transaction.
  final List<ModbusPoll> held = new ArrayList<>();

  /// The poll that asks whether a device that is down is back; null if it is never polled.
  @Nullable ModbusPoll probe;

  int inFlight;
  private final int window;

  /// @param window the most transactions of one device under way at once
  ModbusDevice(DeviceSpec spec, DeviceHealth health, int window) {
    if (!(spec.address() instanceof DeviceSpec.Address.Modbus(UnitId unitId))) {
      throw new IllegalArgumentException(
          "device " + spec.name() + " on a Modbus line needs a unit id");
    }
    this.spec = spec;
    this.unit = unitId;
    this.health = health;
    this.window = window;
  }

  /// Whether it has as many transactions under way as it may: one unless it is known to answer.
  boolean isFull() {
    return inFlight >= (health.isUp() ? window : 1);
  }

  /// The poll that reads a tag, or null.
  @Nullable ModbusPoll pollOf(TagSpec tag) {
    for (ModbusPoll poll : polls) {
      if (poll.holds(tag)) {
        return poll;
      }
    }
    return null;
  }

  /// Chooses the shortest of its polls for asking whether it is back.
  @Nullable ModbusPoll chooseProbe() {
    probe = null;
    for (ModbusPoll poll : polls) {
      if (probe == null || cost(poll) < cost(probe)) {
        probe = poll;
      }
    }
    return probe;
  }

  private static int cost(ModbusPoll poll) {
    int count = poll.read.request().range().count();
    return poll.read.request().table().isBits() ? (count + 7) / 8 : 2 * count;
  }

  /// Gives all of its tags that are polled a quality that is not good.
  void degrade(LiveImage image, Quality quality, String reason) {
    for (int i = 0; i < polls.size(); i++) {
      polls.get(i).degrade(image, quality, reason);
    }
  }
}
