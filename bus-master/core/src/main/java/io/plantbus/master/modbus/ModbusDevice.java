package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.DeviceHealth;
import io.plantbus.master.line.ResponseTime;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.poll.Phases;
import io.plantbus.protocols.modbus.UnitId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the owner of a line knows about one device on it. Owned by that thread.
final class ModbusDevice {
  final DeviceSpec spec;
  final UnitId unit;
  final DeviceHealth health;
  final ResponseTime response;

  /// Polls that are due and wait until the device may take another transaction.
  final List<ModbusPoll> held = new ArrayList<>();

  /// The poll that asks whether a device answers that is not known to; null if it is never polled.
  @Nullable ModbusPoll probe;

  /// From when on the age of its values is measured: after the first rounds of polls since it
  /// answered for the first time or again.
  long settledNanos = Long.MAX_VALUE;

  int inFlight;

  /// When the last request was sent that was given up.
  long givenUpNanos = Long.MIN_VALUE;

  /// What it is asked and why.
  final DevicePlan plan;

  private int window;
  private List<ModbusPoll> polls = List.of();
  private final Map<String, ModbusPoll> pollOfTag = new HashMap<>();

  /// @param window the most transactions of one device under way at once
  /// @param phases of the polls of its line
  /// @param observed what is known about it from before
  ModbusDevice(
      LineSpec line,
      DeviceSpec spec,
      int window,
      LiveImage image,
      Phases phases,
      DeviceObservations observed) {
    if (!(spec.address() instanceof DeviceSpec.Address.Modbus(UnitId unitId))) {
      throw new IllegalArgumentException(
          "device " + spec.name() + " on a Modbus line needs a unit id");
    }
    this.spec = spec;
    this.unit = unitId;
    this.health = new DeviceHealth(spec);
    this.response =
        new ResponseTime(
            Math.max(line.isolation().leastTimeoutNanos(), spec.turnaroundNanos()),
            line.responseTimeoutNanos());
    this.response.remember(observed.turnaroundNanos(), observed.longestTurnaroundNanos());
    this.window = window;
    this.plan = new DevicePlan(line, this, image, phases, observed);
  }

  /// Whether it has as many transactions under way as it may: one unless it is known to answer.
  boolean isFull() {
    return inFlight >= (health.isUp() ? window : 1);
  }

  /// It may have so many transactions under way.
  void window(int most) {
    window = most;
  }

  /// Whether a tag is one of it, just as it was when a write to it was made.
  boolean owns(TagSpec tag) {
    return spec.tags().contains(tag);
  }

  /// It is asked nothing any more.
  void retire() {
    for (ModbusPoll poll : polls) {
      poll.retired = true;
    }
    ask(List.of());
    probe = null;
  }

  /// What it is asked again and again.
  List<ModbusPoll> polls() {
    return polls;
  }

  /// It is asked these from now on.
  void ask(List<ModbusPoll> newPolls) {
    polls = List.copyOf(newPolls);
    pollOfTag.clear();
    for (ModbusPoll poll : polls) {
      for (TagSpec tag : poll.read.tags()) {
        pollOfTag.put(tag.name(), poll);
      }
    }
  }

  /// The poll that reads a tag, or null.
  @Nullable ModbusPoll pollOf(TagSpec tag) {
    return pollOfTag.get(tag.name());
  }

  /// Chooses the poll that asks whether it answers: the shortest of those that were answered last,
  /// if there are such.
  @Nullable ModbusPoll chooseProbe() {
    probe = null;
    for (ModbusPoll poll : polls) {
      if (probe == null || isBetterProbe(poll, probe)) {
        probe = poll;
      }
    }
    return probe;
  }

  private static boolean isBetterProbe(ModbusPoll poll, ModbusPoll other) {
    if (poll.misfit != other.misfit) {
      return other.misfit;
    }
    if (poll.misses > 0 != other.misses > 0) {
      return other.misses > 0;
    }
    return cost(poll) < cost(other);
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
