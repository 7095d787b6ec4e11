package io.plantbus.simulators.scenario;

import io.plantbus.devices.TagValue;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.process.ProcessModel;
import io.plantbus.simulators.process.SimulatedSlave;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Does what a scenario says, and undoes it when its time is over. Times are those of the clock.
final class Performer {
  private final RunningBench bench;
  private final Subject subject;
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::nanos).thenComparingLong(Timer::order));
  private final List<RunningRamp> ramps = new ArrayList<>();
  private final long startNanos;
  private long order;

  private record Timer(long nanos, long order, Runnable action) {}

  private record RunningRamp(Deed.Ramp ramp, double from, long startNanos) {
    double at(long nowNanos) {
      double share = Math.min(1, (double) (nowNanos - startNanos) / ramp.overNanos());
      return from + (ramp.to() - from) * share;
    }

    boolean isOver(long nowNanos) {
      return nowNanos - startNanos >= ramp.overNanos();
    }
  }

  /// @param startNanos when the bench was started, from which times of faults count
  Performer(RunningBench bench, Subject subject, long startNanos) {
    this.bench = bench;
    this.subject = subject;
    this.startNanos = startNanos;
  }

  /// Does one thing.
  ///
  /// @param watch told what becomes of it if it is a write
  void perform(Deed deed, long now, Subject.WriteWatch watch) {
    switch (deed) {
      case Deed.AddFault(Fault fault) -> bench.faults().add(shifted(fault, now - startNanos));
      case Deed.Clear(String target) -> bench.faults().clear(target);
      case Deed.Unplug(String target, long lasting) -> {
        bench.faults().unplug(target);
        later(now, lasting, () -> bench.faults().replug(target));
      }
      case Deed.Replug(String target) -> bench.faults().replug(target);
      case Deed.UnplugAdapter(String line, long lasting) -> {
        subject.unplug(line);
        later(now, lasting, () -> subject.replug(line));
      }
      case Deed.ReplugAdapter(String line) -> subject.replug(line);
      case Deed.Set(Place place, TagValue value, long lasting) -> {
        bench.held().hold(place, value);
        later(now, lasting, () -> bench.held().release(place));
      }
      case Deed.Release(Place place) -> release(place);
      case Deed.Command(Pin pin, double value) -> command(pin, value);
      case Deed.Ramp ramp -> begin(ramp, now);
      case Deed.PowerCut cut -> cut(cut, now);
      case Deed.Write write ->
          subject.write(write.tag(), write.value(), write.timeToLiveNanos(), watch);
      case Deed.Acknowledge(String tag) -> subject.acknowledge(tag, now);
      case Deed.Note _ -> {}
    }
  }

  private static Fault shifted(Fault fault, long by) {
    long until = fault.untilNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : fault.untilNanos() + by;
    return new Fault(
        fault.target(),
        fault.kind(),
        fault.rate(),
        fault.fromNanos() + by,
        until,
        fault.delayNanos());
  }

  private void command(Pin pin, double value) {
    ProcessModel process = bench.process();
    if (process != null) {
      process.command(pin.part() + "." + pin.name(), value);
    }
  }

  private void release(Place place) {
    ramps.removeIf(running -> place.equals(running.ramp().place()));
    bench.held().release(place);
  }

  private void cut(Deed.PowerCut cut, long now) {
    for (String name : cut.slaves()) {
      SimulatedSlave slave = bench.slave(name);
      if (slave != null) {
        slave.restart();
      }
      bench.faults().unplug(name);
    }
    if (cut.isOfMaster()) {
      subject.powerOff();
    }
    later(
        now,
        cut.lastingNanos(),
        () -> {
          cut.slaves().forEach(bench.faults()::replug);
          if (cut.isOfMaster()) {
            subject.powerOn();
          }
        });
  }

  private void begin(Deed.Ramp ramp, long now) {
    Double from = ramp.from();
    double first = from == null ? held(ramp.place()) : from;
    ramps.removeIf(
        running ->
            ramp.pin() == null
                ? ramp.place() != null && ramp.place().equals(running.ramp().place())
                : ramp.pin().equals(running.ramp().pin()));
    ramps.add(new RunningRamp(ramp, first, now));
    goOn(now);
  }

  private double held(@Nullable Place place) {
    SimulatedSlave slave = place == null ? null : bench.slave(place.slave());
    TagValue value = slave == null || place == null ? null : slave.get(place.resource());
    double number = value == null ? 0 : value.asDouble();
    return Double.isFinite(number) ? number : 0;
  }

  private void later(long now, long lasting, Runnable action) {
    if (lasting != Deed.FOR_GOOD) {
      timers.add(new Timer(now + lasting, order++, action));
    }
  }

  /// Undoes what is over and moves ramps.
  void goOn(long now) {
    Timer first = timers.peek();
    while (first != null && first.nanos() <= now) {
      timers.remove();
      first.action().run();
      first = timers.peek();
    }
    for (RunningRamp running : ramps) {
      move(running.ramp(), running.at(now));
    }
    ramps.removeIf(running -> running.isOver(now));
  }

  private void move(Deed.Ramp ramp, double value) {
    Pin pin = ramp.pin();
    Place place = ramp.place();
    if (pin != null) {
      command(pin, value);
    } else if (place != null && !bench.held().hold(place, TagValue.of(value))) {
      bench.held().hold(place, TagValue.of(Math.round(value)));
    }
  }

  /// Whether something moves, so that every moment counts.
  boolean isMoving() {
    return !ramps.isEmpty();
  }

  /// When something is to be undone next, or `Long.MAX_VALUE`.
  long dueNanos() {
    Timer first = timers.peek();
    return first == null ? Long.MAX_VALUE : first.nanos();
  }
}
