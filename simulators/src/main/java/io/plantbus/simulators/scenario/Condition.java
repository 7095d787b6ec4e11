package io.plantbus.simulators.scenario;

import io.plantbus.devices.Quality;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.bench.BenchProcess.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that holds or does not hold at a time.
public sealed interface Condition {
  /// A tag of the master has such a sample.
  ///
  /// @param tests of its value, all of them
  /// @param quality null for any
  /// @param youngestNanos greatest age of the value; 0 for any
  record OfTag(String tag, List<ValueTest> tests, @Nullable Quality quality, long youngestNanos)
      implements Condition {
    public OfTag {
      tests = List.copyOf(tests);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(tag);
      if (!tests.isEmpty()) {
        text.append(' ').append(ValueTest.text(tests));
      }
      if (quality != null) {
        text.append(tests.isEmpty() ? " is " : ", ").append(quality.symbol());
      }
      if (youngestNanos > 0) {
        text.append(tests.isEmpty() && quality == null ? " " : ", ")
            .append("no older than ")
            .append(Spans.text(youngestNanos));
      }
      return text.toString();
    }
  }

  /// A slave holds such a value, whatever the master makes of it.
  ///
  /// @param tests all of them
  record OfSlave(Place place, List<ValueTest> tests) implements Condition {
    public OfSlave {
      tests = List.copyOf(tests);
    }

    @Override
    public String toString() {
      return "slave " + place + " " + ValueTest.text(tests);
    }
  }

  /// A quantity of the process, in SI units.
  ///
  /// @param tests all of them
  record OfProcess(Pin pin, List<ValueTest> tests) implements Condition {
    public OfProcess {
      tests = List.copyOf(tests);
    }

    @Override
    public String toString() {
      return "process " + pin.part() + "." + pin.name() + " " + ValueTest.text(tests);
    }
  }

  /// The master thinks so of a device.
  record OfDevice(String device, DeviceState state) implements Condition {
    @Override
    public String toString() {
      return "device " + device + " " + state.keyword();
    }
  }

  /// An alarm of a tag stands so.
  record OfAlarm(String tag, AlarmKind kind, AlarmStanding standing) implements Condition {
    @Override
    public String toString() {
      return "alarm " + tag + " " + kind.keyword() + " " + standing.keyword();
    }
  }
}
