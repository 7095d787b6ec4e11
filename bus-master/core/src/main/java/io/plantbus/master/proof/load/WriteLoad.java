package io.plantbus.master.proof.load;

import io.plantbus.devices.profile.Point;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.bound.Interference;
import io.plantbus.master.proof.bound.Interference.Arrivals;
import io.plantbus.protocols.modbus.UnitId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The writes to a line: the longest that there can be, and how often writes come.
///
/// @param requestBytes longest protocol data unit of a request, 0 if nothing can be written
/// @param answeredNanos longest time from the start of a request to the end of its answer
/// @param occupiedNanos longest time until the line is free again
/// @param sources who writes
public record WriteLoad(
    int requestBytes, long answeredNanos, long occupiedNanos, List<Source> sources) {
  /// Who writes.
  ///
  /// @param highest the highest class that its writes may have
  /// @param atOnce the most at once
  /// @param everyNanos the time between two in the long run
  /// @param isPeople whether they are those of people and programs, and not of a loop
  public record Source(Priority highest, int atOnce, long everyNanos, boolean isPeople) {}

  static WriteLoad of(
      LineSpec line,
      List<DeviceSpec> devices,
      List<LoopSpec> loops,
      Assumptions assumptions,
      WireTimes times,
      Function<DeviceSpec, Turnaround> turnarounds) {
    int longest = 0;
    long answered = 0;
    List<Source> sources = new ArrayList<>();
    for (DeviceSpec device : devices) {
      long turnaround = turnarounds.apply(device).nanos();
      for (TagSpec tag : device.tags()) {
        if (!tag.resource().access().canWrite()
            || !(tag.resource().point() instanceof Point.Modbus point)
            || !point.table().isWritable()) {
          continue;
        }
        int request = requestBytes(point);
        long nanos =
            isBroadcast(line, device)
                ? times.requestNanos(request) + broadcastNanos(line)
                : times.answeredNanos(request, answerBytes(point), turnaround);
        longest = Math.max(longest, request);
        answered = Math.max(answered, nanos);
        addLoops(loops, tag, sources);
      }
    }
    if (longest > 0 && assumptions.writesPerSecond() > 0) {
      sources.add(
          new Source(
              Priority.SAFETY, assumptions.writesAtOnce(), assumptions.writeEveryNanos(), true));
    }
    return longest == 0
        ? new WriteLoad(0, 0, 0, List.of())
        : new WriteLoad(longest, answered, answered + times.silenceNanos(), sources);
  }

  private static void addLoops(List<LoopSpec> loops, TagSpec tag, List<Source> sources) {
    for (LoopSpec loop : loops) {
      switch (loop) {
        case LoopSpec.Hysteresis two -> {
          if (two.output().equals(tag.name())) {
            sources.add(new Source(tag.priority(), 1, two.periodNanos(), false));
          }
        }
      }
    }
  }

  static boolean isBroadcast(LineSpec line, DeviceSpec device) {
    return line.transport() instanceof Transport.Serial
        && device.address() instanceof DeviceSpec.Address.Modbus(UnitId unit)
        && unit.equals(UnitId.BROADCAST);
  }

  private static long broadcastNanos(LineSpec line) {
    return line.transport() instanceof Transport.Serial serial ? serial.turnaroundNanos() : 0;
  }

  /// Functions 5, 6, 16 and 22 (AP 6.5, 6.6, 6.12, 6.16).
  private static int requestBytes(Point.Modbus point) {
    if (point.table().isBits() || isOneRegister(point)) {
      return isBitField(point) ? 7 : 5;
    }
    return isBitField(point) ? 7 : 6 + 2 * point.range().count();
  }

  private static int answerBytes(Point.Modbus point) {
    return isBitField(point) ? 7 : 5;
  }

  private static boolean isOneRegister(Point.Modbus point) {
    return point.range().count() == 1;
  }

  private static boolean isBitField(Point.Modbus point) {
    return !point.table().isBits() && point.encoding().bitCount() > 0;
  }

  /// Whether anything can be written.
  public boolean isPossible() {
    return requestBytes > 0;
  }

  /// What writes take away from polls, the reads that follow them included.
  ///
  /// @param readBackNanos the longest of these
  public Interference aheadOfPolls(long readBackNanos) {
    List<Arrivals> arrivals = new ArrayList<>();
    for (Source source : sources) {
      arrivals.add(
          new Arrivals(source.atOnce(), source.everyNanos(), occupiedNanos + readBackNanos));
    }
    return new Interference(arrivals, 0, 0);
  }

  /// What goes ahead of a write of a class, itself included. Of a source that has one write waiting
  /// at a time there is no other one.
  ///
  /// @param eachNanos what the line takes for each
  Interference upTo(Priority last, long eachNanos) {
    List<Arrivals> arrivals = new ArrayList<>();
    for (Source source : sources) {
      if (source.highest().compareTo(last) <= 0) {
        boolean alone = source.isPeople() && source.atOnce() == 1;
        long every = alone ? Long.MAX_VALUE : source.everyNanos();
        arrivals.add(new Arrivals(source.atOnce(), every, eachNanos));
      }
    }
    return new Interference(arrivals, 0, 0);
  }
}
