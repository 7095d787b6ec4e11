package io.plantbus.master.account;

import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.I2cAddress;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.TagSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// What is counted of one device. Owned by the thread of its line.
final class DeviceLedger {
  private static final int PAYLOAD = 0;
  private static final int OVERHEAD = 1;
  private static final int SILENCE = 2;
  private static final int TURNAROUND = 3;
  private static final int TIMEOUTS = 4;
  private static final int RETRIES = 5;

  /// Sums of a device, beside those of time by cause.
  static final int TRANSACTIONS = 6;

  static final int ANSWERS = 7;
  static final int REFUSALS = 8;
  static final int SILENCES = 9;
  static final int NOISES = 10;
  static final int CHECKSUMS = 11;
  static final int REPEATS = 12;
  static final int LATE = 13;
  static final int MISSED = 14;
  static final int PAYLOAD_BYTES = 15;
  static final int OVERHEAD_BYTES = 16;
  static final int IDEAL_PARTS = 17;
  static final int FIRST_ANSWERS = 18;
  static final int COUNT = 19;

  final LatencyHistogram latency = new LatencyHistogram(SlidingSums.WINDOW_NANOS);
  final RequestLimits limits;
  boolean silent;
  long lastAnswerNanos = DeviceUsage.NEVER;
  private final String name;
  private final String address;
  private final SlidingSums sums;
  private final int first;
  private final Map<String, long[]> missed = new HashMap<>();
  private List<TagMisses> missedList = List.of();
  private boolean missedChanged;
  private final Map<String, Long> ages = new HashMap<>();
  private List<TagAge> ageList = List.of();
  private boolean agesChanged;
  private boolean changed;
  private long snapshotEdition;
  private @Nullable DeviceUsage snapshot;

  /// @param first where its sums begin
  DeviceLedger(DeviceSpec device, SlidingSums sums, int first) {
    this.name = device.name();
    this.limits = device.profile().limits();
    this.sums = sums;
    this.first = first;
    this.address =
        switch (device.address()) {
          case DeviceSpec.Address.Modbus(var unit) -> "unit " + unit.value();
          case DeviceSpec.Address.I2c(I2cAddress at) -> "0x%02x".formatted(at.value());
        };
  }

  void add(int sum, long amount) {
    changed = true;
    sums.add(first + sum, amount);
  }

  void add(Cause cause, long nanos) {
    add(sum(cause), nanos);
  }

  private static int sum(Cause cause) {
    return switch (cause) {
      case PAYLOAD -> PAYLOAD;
      case OVERHEAD -> OVERHEAD;
      case SILENCE -> SILENCE;
      case TURNAROUND -> TURNAROUND;
      case TIMEOUTS -> TIMEOUTS;
      case RETRIES -> RETRIES;
      case IDLE, CLOSED -> throw new IllegalArgumentException("no device stands behind " + cause);
    };
  }

  void missed(List<TagSpec> tags, long turns) {
    add(MISSED, turns);
    for (TagSpec tag : tags) {
      missed.computeIfAbsent(tag.name(), _ -> new long[1])[0] += turns;
    }
    missedChanged = true;
  }

  void aged(List<TagSpec> tags, long nanos) {
    for (TagSpec tag : tags) {
      ages.merge(tag.name(), nanos, Math::max);
    }
    agesChanged = true;
    changed = true;
  }

  /// What the books say now; the former snapshot while they say the same.
  DeviceUsage snapshot(long nowNanos) {
    boolean isOld = latency.advance(nowNanos) || snapshotEdition != sums.edition();
    DeviceUsage latest = snapshot;
    if (latest == null || isOld || changed) {
      latest = made(nowNanos);
      snapshot = latest;
      snapshotEdition = sums.edition();
      changed = false;
    }
    return latest;
  }

  private DeviceUsage made(long nowNanos) {
    if (agesChanged) {
      agesChanged = false;
      List<TagAge> list = new ArrayList<>(ages.size());
      ages.forEach((tag, nanos) -> list.add(new TagAge(tag, nanos)));
      list.sort((one, other) -> one.tag().compareTo(other.tag()));
      ageList = List.copyOf(list);
    }
    if (missedChanged) {
      missedChanged = false;
      List<TagMisses> list = new ArrayList<>(missed.size());
      missed.forEach((tag, turns) -> list.add(new TagMisses(tag, turns[0])));
      list.sort((one, other) -> one.tag().compareTo(other.tag()));
      missedList = List.copyOf(list);
    }
    return new DeviceUsage(
        name,
        address,
        usage(sum -> sums.recent(first + sum)),
        usage(sum -> sums.total(first + sum)),
        latency.recent(nowNanos),
        latency.total(),
        silent,
        lastAnswerNanos,
        missedList,
        ageList);
  }

  private static Usage usage(IntToLongFunction sum) {
    LineTime time =
        new LineTime(
            sum.applyAsLong(PAYLOAD),
            sum.applyAsLong(OVERHEAD),
            sum.applyAsLong(SILENCE),
            sum.applyAsLong(TURNAROUND),
            sum.applyAsLong(TIMEOUTS),
            sum.applyAsLong(RETRIES),
            0,
            0);
    Traffic traffic =
        new Traffic(
            sum.applyAsLong(TRANSACTIONS),
            sum.applyAsLong(ANSWERS),
            sum.applyAsLong(REFUSALS),
            sum.applyAsLong(SILENCES),
            sum.applyAsLong(NOISES),
            sum.applyAsLong(CHECKSUMS),
            sum.applyAsLong(REPEATS),
            sum.applyAsLong(LATE),
            sum.applyAsLong(MISSED),
            sum.applyAsLong(PAYLOAD_BYTES),
            sum.applyAsLong(OVERHEAD_BYTES));
    long valid = traffic.validAnswers();
    if (valid == 0) {
      return new Usage(time, traffic, 0, time.usefulNanos());
    }
    double requests = (double) sum.applyAsLong(IDEAL_PARTS) / Exchange.WHOLE_REQUEST;
    long first = Math.max(1, sum.applyAsLong(FIRST_ANSWERS));
    double each = (double) (time.usefulNanos() - time.payloadNanos()) / first;
    double turns = (double) (valid + traffic.missedDeadlines()) / valid;
    return new Usage(
        time,
        traffic,
        time.payloadNanos() + Math.round(requests * each),
        Math.round(time.usefulNanos() * turns));
  }
}
