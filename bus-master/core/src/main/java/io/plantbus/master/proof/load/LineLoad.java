package io.plantbus.master.proof.load;

import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.poll.LeastCostPlanner;
import io.plantbus.master.poll.PlannedRead;
import io.plantbus.master.poll.ReadableSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Everything that a Modbus line has to do, and what it takes at worst.
///
/// @param context what all variants of it have in common
/// @param line the line
/// @param times of its wire
/// @param devices those on it
/// @param polls what is read again and again; empty in variants of a load that only shift times
/// @param bundles the same in short
/// @param writes what is written
public record LineLoad(
    Context context,
    LineSpec line,
    WireTimes times,
    List<DeviceSpec> devices,
    List<LoadedPoll> polls,
    List<PollBundle> bundles,
    WriteLoad writes) {
  /// What does not depend on the line.
  ///
  /// @param loops all loops of the plant
  /// @param seen what is known of its devices
  /// @param assumptions what is taken for granted
  public record Context(List<LoopSpec> loops, Observations seen, Assumptions assumptions) {}

  /// The load that the plan makes.
  public static LineLoad of(Context context, LineSpec line, List<DeviceSpec> devices) {
    return planned(context, line, devices, false);
  }

  /// The load if every device took requests as long as the specification allows; this one if all
  /// do.
  public LineLoad unlimited() {
    boolean limited =
        devices.stream()
            .anyMatch(
                device ->
                    !device.profile().limits().equals(RequestLimits.SPECIFICATION)
                        || !context.seen().of(device.name()).limits().isEmpty());
    return limited ? planned(context, line, devices, true) : this;
  }

  private static LineLoad planned(
      Context context, LineSpec line, List<DeviceSpec> devices, boolean unlimited) {
    WireTimes times = WireTimes.of(line);
    List<LoadedPoll> polls = new ArrayList<>();
    for (DeviceSpec device : devices) {
      DeviceObservations seen = context.seen().of(device.name());
      if (!device.inService() || WriteLoad.isBroadcast(line, device)) {
        continue;
      }
      LeastCostPlanner planner = LeastCostPlanner.of(line, seen.turnaroundNanos());
      ReadableSpace space =
          unlimited
              ? ReadableSpace.of(RequestLimits.SPECIFICATION, seen.withoutLimits())
              : ReadableSpace.of(device.profile().limits(), seen);
      Turnaround turnaround = times.turnaround(device, seen);
      for (PlannedRead read : planner.plan(device.tags(), space)) {
        polls.add(LoadedPoll.of(device, read, turnaround, times, read.periodNanos()));
      }
    }
    return assembled(context, line, times, devices, polls, PollBundle.of(polls));
  }

  private static LineLoad assembled(
      Context context,
      LineSpec line,
      WireTimes times,
      List<DeviceSpec> devices,
      List<LoadedPoll> polls,
      List<PollBundle> bundles) {
    WriteLoad writes =
        WriteLoad.of(
            line,
            devices,
            context.loops(),
            context.assumptions(),
            times,
            device -> times.turnaround(device, context.seen().of(device.name())));
    return new LineLoad(context, line, times, devices, polls, bundles, writes);
  }

  /// The same plan on a line with other settings.
  public LineLoad on(LineSpec other) {
    WireTimes then = WireTimes.of(other);
    Map<String, Turnaround> turnarounds = new HashMap<>();
    List<LoadedPoll> changed = new ArrayList<>(polls.size());
    for (LoadedPoll poll : polls) {
      Turnaround turnaround =
          turnarounds.computeIfAbsent(
              poll.device().name(),
              name -> then.turnaround(poll.device(), context.seen().of(name)));
      changed.add(LoadedPoll.of(poll.device(), poll.read(), turnaround, then, poll.periodNanos()));
    }
    return assembled(context, other, then, devices, changed, PollBundle.of(changed));
  }

  /// The same reads with other periods.
  public LineLoad every(ToLongFunction<PollBundle> period) {
    return new LineLoad(
        context,
        line,
        times,
        devices,
        List.of(),
        bundles.stream().map(bundle -> bundle.every(period.applyAsLong(bundle))).toList(),
        writes);
  }

  /// Only some of its devices.
  ///
  /// @param kept the names of those
  public LineLoad only(Predicate<String> kept) {
    return assembled(
        context,
        line,
        times,
        devices.stream().filter(device -> kept.test(device.name())).toList(),
        List.of(),
        bundles.stream().filter(bundle -> kept.test(bundle.device())).toList());
  }

  /// What is known of the turnaround of each device.
  public List<Turnaround> turnarounds() {
    return devices.stream()
        .map(device -> times.turnaround(device, context.seen().of(device.name())))
        .toList();
  }

  /// The most transactions under way at once.
  public int window() {
    return switch (line.transport()) {
      case Transport.Tcp tcp -> tcp.window();
      case Transport.Udp udp -> udp.window();
      case Transport.Serial _, Transport.I2c _ -> 1;
    };
  }

  /// The longest poll.
  public long longestPollNanos() {
    long longest = 0;
    for (PollBundle bundle : bundles) {
      longest = Math.max(longest, bundle.load().longestNanos());
    }
    return longest;
  }

  /// The longest from the end of a request to the end of its answer.
  public long slowestAnswerNanos() {
    long slowest = 0;
    for (PollBundle bundle : bundles) {
      slowest = Math.max(slowest, bundle.answeredNanos());
    }
    return Math.max(0, slowest - times.requestNanos(LoadedPoll.REQUEST_BYTES));
  }

  /// What one request without an answer takes at most.
  public long timedOutNanos() {
    int request = Math.max(LoadedPoll.REQUEST_BYTES, writes.requestBytes());
    return times.timedOutNanos(request, line.responseTimeoutNanos());
  }
}
