package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.RefusedSpan;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.poll.LeastCostPlanner;
import io.plantbus.master.poll.Phases;
import io.plantbus.master.poll.PlannedRead;
import io.plantbus.master.poll.ReadableSpace;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which reads one device is asked, and what it taught: how long it takes, what it refuses. With
/// what is learned the plan is made anew; reads that stay the same keep their turns. Owned by the
/// thread of its line.
final class DevicePlan {
  private static final int ANSWERS_TO_LEARN_FROM = 32;
  private static final long PLAN_AGAIN_NANOS = 10_000_000_000L;
  private static final long TURNAROUND_MATTERS_NANOS = 500_000;

  /// The most elements of one table in one request, as far as it is known.
  private static final class Length {
    int answered;
    int refused = Integer.MAX_VALUE;

    /// What is tried next: in the middle between what worked and what did not.
    int next() {
      return Math.max(answered, answered + (refused - answered) / 2);
    }
  }

  private final LineSpec line;
  private final ModbusDevice device;
  private final LiveImage image;
  private final Phases phases;
  private final boolean isBroadcast;
  private final List<RefusedSpan> refused = new ArrayList<>();
  private final Map<DataTable, Integer> limits = new EnumMap<>(DataTable.class);
  private final Map<DataTable, Length> lengths = new EnumMap<>(DataTable.class);
  private long plannedTurnaroundNanos;
  private long plannedNanos = Long.MIN_VALUE;
  private boolean outdated;
  private int bisections;

  DevicePlan(
      LineSpec line,
      ModbusDevice device,
      LiveImage image,
      Phases phases,
      DeviceObservations observed) {
    this.line = line;
    this.device = device;
    this.image = image;
    this.phases = phases;
    this.isBroadcast =
        line.transport() instanceof LineSpec.Transport.Serial
            && device.unit.equals(UnitId.BROADCAST);
    refused.addAll(observed.refused());
    limits.putAll(observed.limits());
    plannedTurnaroundNanos = observed.turnaroundNanos();
    if (device.spec.inService()) {
      device.ask(polls());
      device.chooseProbe();
    }
  }

  /// What is known by now.
  DeviceObservations observations() {
    return new DeviceObservations(
        device.response.typicalNanos(), device.response.longestNanos(), refused, limits);
  }

  private List<ModbusPoll> polls() {
    List<ModbusPoll> polls = new ArrayList<>();
    Map<Request.Read, ModbusPoll> before = new HashMap<>();
    for (ModbusPoll poll : device.polls()) {
      before.put(poll.read.request(), poll);
    }
    Map<String, TagSpec> missing = new HashMap<>();
    for (TagSpec tag : device.spec.tags()) {
      if (tag.periodNanos() > 0 && tag.resource().access().canRead()) {
        missing.put(tag.name(), tag);
      }
    }
    if (!isBroadcast) {
      for (PlannedRead read : plan(observations())) {
        polls.add(kept(read, before));
        read.tags().forEach(tag -> missing.remove(tag.name()));
      }
    }
    lost(missing, before, polls);
    return polls;
  }

  private List<PlannedRead> plan(DeviceObservations observed) {
    return LeastCostPlanner.of(line, plannedTurnaroundNanos)
        .plan(device.spec.tags(), ReadableSpace.of(device.spec.profile().limits(), observed));
  }

  private ModbusPoll kept(PlannedRead read, Map<Request.Read, ModbusPoll> before) {
    ModbusPoll same = before.get(read.request());
    if (same != null && same.read.equals(read)) {
      same.misfit = false;
      return same;
    }
    return new ModbusPoll(device, read, image, phases.next(read.periodNanos()));
  }

  /// Tags in no read: what the device refused is asked seldom, on its own; the rest is a mistake of
  /// the plant.
  private void lost(
      Map<String, TagSpec> missing, Map<Request.Read, ModbusPoll> before, List<ModbusPoll> polls) {
    if (missing.isEmpty()) {
      return;
    }
    List<TagSpec> asked = isBroadcast ? List.of() : List.copyOf(missing.values());
    ReadableSpace stated = ReadableSpace.of(device.spec.profile().limits());
    List<PlannedRead> alone = new ArrayList<>();
    LeastCostPlanner planner = LeastCostPlanner.of(line, plannedTurnaroundNanos);
    for (TagSpec tag : asked) {
      alone.addAll(planner.plan(List.of(tag), stated));
    }
    alone.sort(Comparator.comparingInt(read -> read.request().range().start()));
    for (PlannedRead read : alone) {
      ModbusPoll poll = kept(read, before);
      poll.misfit = true;
      polls.add(poll);
      read.tags().forEach(tag -> missing.remove(tag.name()));
    }
    for (TagSpec tag : missing.values()) {
      image.degraded(
          image.index(tag.name()),
          Quality.BAD_CONFIGURATION_ERROR,
          isBroadcast
              ? "unit id 0 is for broadcasts, which nobody answers: give the device another"
              : "it is longer than one request to the device may be");
    }
  }

  /// A read was refused, or answered short.
  ///
  /// @param tooLong whether the device said that it is too long
  /// @return its halves, to be asked on their own; empty if it cannot be taken apart
  List<ModbusPoll> refused(ModbusPoll poll, boolean tooLong) {
    drop(poll.bisection);
    List<PlannedRead> halves = poll.halves();
    if (halves.isEmpty()) {
      refuse(new RefusedSpan(poll.read.request().table(), poll.read.request().range()));
      poll.misfit = true;
      return List.of();
    }
    Bisection bisection =
        new Bisection(
            poll.read.request(), halves.get(0).request(), halves.get(1).request(), tooLong);
    bisections++;
    List<ModbusPoll> parts = new ArrayList<>();
    List<ModbusPoll> polls = new ArrayList<>(device.polls());
    polls.remove(poll);
    for (PlannedRead half : halves) {
      ModbusPoll part = new ModbusPoll(device, half, image, phases.next(half.periodNanos()));
      part.bisection = bisection;
      parts.add(part);
      polls.add(part);
    }
    device.ask(polls);
    if (poll == device.probe) {
      device.chooseProbe();
    }
    return parts;
  }

  private void drop(@Nullable Bisection bisection) {
    if (bisection == null) {
      return;
    }
    bisections--;
    for (ModbusPoll poll : device.polls()) {
      if (poll.bisection == bisection) {
        poll.bisection = null;
      }
    }
  }

  /// A read was answered.
  ///
  /// @param turnaroundNanos how long the device took
  void answered(ModbusPoll poll, long turnaroundNanos) {
    device.response.answered(turnaroundNanos);
    DataTable table = poll.read.request().table();
    int count = poll.read.request().range().count();
    if (poll.misfit) {
      AddressRange range = poll.read.request().range();
      outdated |= refused.removeIf(span -> span.table() == table && within(span.range(), range));
      poll.misfit = false;
    }
    Length length = lengths.get(table);
    if (length != null && count > length.answered) {
      length.answered = count;
      limit(table, length);
    }
    Bisection bisection = poll.bisection;
    if (bisection != null && bisection.answered(poll.read.request())) {
      drop(bisection);
      found(table, bisection);
    }
  }

  private void found(DataTable table, Bisection bisection) {
    if (!bisection.tooLong) {
      refuse(bisection.between());
      return;
    }
    Length length = lengths.computeIfAbsent(table, _ -> new Length());
    length.answered = Math.max(length.answered, bisection.answeredCount());
    length.refused = Math.min(length.refused, bisection.refusedCount());
    if (length.refused <= length.answered) {
      lengths.remove(table);
      refuse(bisection.between());
    } else {
      limit(table, length);
    }
  }

  private void limit(DataTable table, Length length) {
    int next = length.next();
    Integer before = limits.put(table, next);
    outdated |= before == null || before != next;
  }

  private void refuse(RefusedSpan span) {
    boolean known =
        refused.stream()
            .anyMatch(old -> old.table() == span.table() && within(old.range(), span.range()));
    if (!known) {
      refused.removeIf(old -> old.table() == span.table() && within(span.range(), old.range()));
      refused.add(span);
      outdated = true;
    }
  }

  private static boolean within(AddressRange inner, AddressRange outer) {
    return outer.start() <= inner.start() && inner.last() <= outer.last();
  }

  /// Makes the plan anew if something was learned that changes it.
  ///
  /// @return the reads that were left out, or null if all stay
  @Nullable List<ModbusPoll> renew(long nowNanos) {
    if (bisections > 0 || !(outdated || isSlowerOrFaster(nowNanos))) {
      return null;
    }
    outdated = false;
    plannedNanos = nowNanos;
    if (device.response.answers() >= ANSWERS_TO_LEARN_FROM) {
      plannedTurnaroundNanos = device.response.typicalNanos();
    }
    List<ModbusPoll> before = device.polls();
    List<ModbusPoll> now = polls();
    device.ask(now);
    List<ModbusPoll> gone = new ArrayList<>(before);
    gone.removeAll(now);
    return gone;
  }

  private boolean isSlowerOrFaster(long nowNanos) {
    if (device.response.answers() < ANSWERS_TO_LEARN_FROM
        || (plannedNanos != Long.MIN_VALUE && nowNanos - plannedNanos < PLAN_AGAIN_NANOS)) {
      return false;
    }
    long change = Math.abs(device.response.typicalNanos() - plannedTurnaroundNanos);
    return change > Math.max(TURNAROUND_MATTERS_NANOS, plannedTurnaroundNanos / 4);
  }
}
