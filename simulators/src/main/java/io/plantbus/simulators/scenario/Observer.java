package io.plantbus.simulators.scenario;

import io.plantbus.devices.TagValue;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.process.ProcessModel;
import io.plantbus.simulators.process.SimulatedSlave;
import io.plantbus.simulators.scenario.Subject.DeviceView;
import io.plantbus.simulators.scenario.Subject.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks whether conditions hold.
final class Observer {
  private final RunningBench bench;
  private final Subject subject;

  /// What was found.
  ///
  /// @param seen for people
  record Observation(boolean holds, String seen) {}

  Observer(RunningBench bench, Subject subject) {
    this.bench = bench;
    this.subject = subject;
  }

  Observation observe(Condition condition, long nowNanos) {
    return switch (condition) {
      case Condition.OfTag tag -> tag(tag, subject.sample(tag.tag(), nowNanos));
      case Condition.OfSlave(Place place, var tests) -> {
        TagValue value = value(place);
        yield new Observation(all(tests, value), ValueTest.text(value));
      }
      case Condition.OfProcess(var pin, var tests) -> {
        ProcessModel process = bench.process();
        double quantity =
            process == null ? Double.NaN : process.quantity(pin.part() + "." + pin.name());
        TagValue value = Double.isFinite(quantity) ? TagValue.of(quantity) : null;
        yield new Observation(all(tests, value), ValueTest.text(value));
      }
      case Condition.OfDevice(String device, DeviceState state) -> {
        DeviceView found = subject.device(device);
        String why = found.reason().isEmpty() ? "" : " (" + found.reason() + ")";
        yield new Observation(found.state() == state, found.state().keyword() + why);
      }
      case Condition.OfAlarm(String tag, AlarmKind kind, AlarmStanding standing) -> {
        AlarmStanding found = subject.alarm(tag, kind, nowNanos);
        yield new Observation(found == standing, found.keyword());
      }
    };
  }

  private static Observation tag(Condition.OfTag asked, Sample found) {
    boolean holds =
        all(asked.tests(), found.value())
            && (asked.quality() == null || asked.quality() == found.quality())
            && (asked.youngestNanos() == 0
                || (found.ageNanos() >= 0 && found.ageNanos() <= asked.youngestNanos()));
    StringBuilder seen = new StringBuilder(ValueTest.text(found.value()));
    seen.append(", ").append(found.quality().symbol());
    if (!found.reason().isEmpty()) {
      seen.append(" (").append(found.reason()).append(')');
    }
    if (found.ageNanos() >= 0 && (asked.youngestNanos() > 0 || !found.quality().isGood())) {
      seen.append(", ").append(Spans.age(found.ageNanos())).append(" old");
    }
    return new Observation(holds, seen.toString());
  }

  /// What a slave holds; null if that is no usable value.
  @Nullable TagValue value(Place place) {
    SimulatedSlave slave = bench.slave(place.slave());
    return slave == null ? null : slave.get(place.resource());
  }

  private static boolean all(List<ValueTest> tests, @Nullable TagValue value) {
    return tests.stream().allMatch(test -> test.passes(value));
  }
}
