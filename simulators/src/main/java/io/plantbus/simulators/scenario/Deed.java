package io.plantbus.simulators.scenario;

import io.plantbus.devices.TagValue;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.fault.Fault;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something that is done to the bench or through the master.
public sealed interface Deed {
  /// Stands for "until it is undone" where a span is asked for.
  long FOR_GOOD = Long.MAX_VALUE;

  /// Lets answers of a target go wrong.
  ///
  /// @param fault its times count from the deed
  record AddFault(Fault fault) implements Deed {
    @Override
    public String toString() {
      String rate = fault.rate() < 1 ? " at a rate of " + Spans.number(fault.rate()) : "";
      return "fault "
          + fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
          + " on "
          + fault.target()
          + rate
          + lasting(fault.untilNanos());
    }
  }

  /// Ends all faults of a target, those of the bench file too.
  record Clear(String target) implements Deed {
    @Override
    public String toString() {
      return "clear faults of " + target;
    }
  }

  /// Takes a slave or a whole line off.
  ///
  /// @param lastingNanos until it is plugged in again, or [#FOR_GOOD]
  record Unplug(String target, long lastingNanos) implements Deed {
    @Override
    public String toString() {
      return "unplug " + target + lasting(lastingNanos);
    }
  }

  /// Puts a slave or line back.
  record Replug(String target) implements Deed {
    @Override
    public String toString() {
      return "plug in " + target;
    }
  }

  /// Pulls the master's adapter of a serial line.
  ///
  /// @param lastingNanos until it is plugged in again, or [#FOR_GOOD]
  record UnplugAdapter(String line, long lastingNanos) implements Deed {
    @Override
    public String toString() {
      return "unplug the adapter of " + line + lasting(lastingNanos);
    }
  }

  /// Plugs the master's adapter of a serial line in again.
  record ReplugAdapter(String line) implements Deed {
    @Override
    public String toString() {
      return "plug in the adapter of " + line;
    }
  }

  /// Has a slave hold a value, whatever is measured there.
  ///
  /// @param lastingNanos until it is released, or [#FOR_GOOD]
  record Set(Place place, TagValue value, long lastingNanos) implements Deed {
    @Override
    public String toString() {
      return "set " + place + " to " + ValueTest.text(value) + lasting(lastingNanos);
    }
  }

  /// Has a slave show again what is measured.
  record Release(Place place) implements Deed {
    @Override
    public String toString() {
      return "release " + place;
    }
  }

  /// Tells a part of the process what to do.
  record Command(Pin pin, double value) implements Deed {
    @Override
    public String toString() {
      return "command " + pin.part() + "." + pin.name() + " = " + Spans.number(value);
    }
  }

  /// Moves a value of a slave, or a command of a part, evenly from one value to another.
  ///
  /// @param place where a slave holds it; null for a command
  /// @param pin the command; null for a slave's value
  /// @param from null for what is there now; never null for a command
  record Ramp(
      @Nullable Place place, @Nullable Pin pin, @Nullable Double from, double to, long overNanos)
      implements Deed {
    public Ramp {
      if ((place == null) == (pin == null) || (pin != null && from == null)) {
        throw new IllegalArgumentException("a ramp moves one thing, a command from a given value");
      }
    }

    @Override
    public String toString() {
      String what = pin == null ? String.valueOf(place) : pin.part() + "." + pin.name();
      return "ramp "
          + what
          + (from == null ? "" : " from " + Spans.number(from))
          + " to "
          + Spans.number(to)
          + " over "
          + Spans.text(overNanos);
    }
  }

  /// Cuts the power: slaves forget what was written to them, and are silent until it is back. The
  /// master stops without a word and starts anew.
  ///
  /// @param what whose power, for people
  /// @param slaves by name
  /// @param isOfMaster whether the master loses it, too
  record PowerCut(String what, List<String> slaves, boolean isOfMaster, long lastingNanos)
      implements Deed {
    public PowerCut {
      slaves = List.copyOf(slaves);
    }

    @Override
    public String toString() {
      return "cut the power of " + what + lasting(lastingNanos);
    }
  }

  /// Writes through the master.
  ///
  /// @param timeToLiveNanos how long it may wait before it is sent
  /// @param outcome what is expected to become of it; null for anything
  /// @param withinNanos by when
  /// @param place where it is written, such as `acceptance.yaml:14`
  record Write(
      String tag,
      TagValue value,
      long timeToLiveNanos,
      @Nullable WriteEnd outcome,
      long withinNanos,
      String place)
      implements Deed {
    @Override
    public String toString() {
      return "write " + tag + " = " + ValueTest.text(value);
    }
  }

  /// Acknowledges the alarms of a tag, as an operator does.
  record Acknowledge(String tag) implements Deed {
    @Override
    public String toString() {
      return "acknowledge the alarms of " + tag;
    }
  }

  /// Says something in the report.
  record Note(String text) implements Deed {
    @Override
    public String toString() {
      return text;
    }
  }

  private static String lasting(long nanos) {
    return nanos == FOR_GOOD ? "" : " for " + Spans.text(nanos);
  }
}
