package io.plantbus.app.scenario;

import io.plantbus.app.wiring.VirtualMaster;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.BusMaster;
import io.plantbus.master.alarm.AlarmState;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.plant.AlarmSpec;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.simulators.scenario.AlarmKind;
import io.plantbus.simulators.scenario.AlarmStanding;
import io.plantbus.simulators.scenario.DeviceState;
import io.plantbus.simulators.scenario.Subject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The master of a plant as a scenario sees it.
final class MasterSubject implements Subject {
  private static final String ORIGIN = "scenario";

  private final VirtualMaster master;
  private final Map<String, LineSpec> lines = new HashMap<>();
  private final Map<String, String> lineOf = new HashMap<>();

  MasterSubject(Plant plant, VirtualMaster master) {
    this.master = master;
    plant.lines().forEach(line -> lines.put(line.name(), line));
    for (DeviceSpec device : plant.devices()) {
      LineSpec line = lines.get(device.line());
      String name = line == null ? device.line() : master.nameOnBench(line);
      device.tags().forEach(tag -> lineOf.put(tag.name(), name));
      lineOf.putIfAbsent(device.name(), name);
    }
  }

  @Override
  public Sample sample(String tag, long nowNanos) {
    BusMaster running = master.running();
    TagSample sample = running == null ? null : running.image().sample(tag, nowNanos);
    return sample == null
        ? new Sample(null, Quality.BAD_WAITING_FOR_INITIAL_DATA, -1, "the master has no power")
        : new Sample(sample.value(), sample.quality(), sample.ageNanos(nowNanos), sample.reason());
  }

  @Override
  public DeviceView device(String device) {
    BusMaster running = master.running();
    if (running != null) {
      for (DeviceReport report : running.devices()) {
        if (report.name().equals(device)) {
          return new DeviceView(state(report.health()), report.reason());
        }
      }
    }
    return new DeviceView(DeviceState.UNKNOWN, "the master has no power");
  }

  private static DeviceState state(DeviceReport.Health health) {
    return switch (health) {
      case UNKNOWN -> DeviceState.UNKNOWN;
      case UP -> DeviceState.UP;
      case SUSPECT -> DeviceState.SUSPECT;
      case DOWN -> DeviceState.DOWN;
      case OUT_OF_SERVICE -> DeviceState.OUT_OF_SERVICE;
    };
  }

  @Override
  public AlarmStanding alarm(String tag, AlarmKind kind, long nowNanos) {
    BusMaster running = master.running();
    AlarmState state = running == null ? null : running.alarms().state(tag, kind(kind), nowNanos);
    return switch (state) {
      case null -> AlarmStanding.NORMAL;
      case NORMAL -> AlarmStanding.NORMAL;
      case ACTIVE_UNACKNOWLEDGED -> AlarmStanding.ACTIVE;
      case ACTIVE_ACKNOWLEDGED -> AlarmStanding.ACKNOWLEDGED;
      case RETURNED_UNACKNOWLEDGED -> AlarmStanding.RETURNED;
    };
  }

  private static AlarmSpec.Kind kind(AlarmKind kind) {
    return switch (kind) {
      case LOW_LOW -> AlarmSpec.Kind.LOW_LOW;
      case LOW -> AlarmSpec.Kind.LOW;
      case HIGH -> AlarmSpec.Kind.HIGH;
      case HIGH_HIGH -> AlarmSpec.Kind.HIGH_HIGH;
      case BAD_QUALITY -> AlarmSpec.Kind.BAD_QUALITY;
    };
  }

  @Override
  public void acknowledge(String tag, long nowNanos) {
    BusMaster running = master.running();
    if (running != null) {
      running.alarms().acknowledge(tag, nowNanos);
    }
  }

  @Override
  public String lineOf(String name) {
    return lineOf.getOrDefault(name, "");
  }

  @Override
  public void write(String tag, TagValue value, long timeToLiveNanos, WriteWatch watch) {
    BusMaster running = master.running();
    if (running == null) {
      watch.stepped("rejected", true, "the master has no power");
      return;
    }
    running.follow(
        new WriteCommand(tag, value, ORIGIN, timeToLiveNanos),
        (_, step) -> watch.stepped(step.state().keyword(), step.isLast(), step.reason()));
  }

  @Override
  public void powerOff() {
    master.powerOff();
  }

  @Override
  public void powerOn() {
    master.powerOn();
  }

  @Override
  public void unplug(String line) {
    plug(lines.get(line), false);
  }

  @Override
  public void replug(String line) {
    plug(lines.get(line), true);
  }

  private void plug(@Nullable LineSpec line, boolean isPlugged) {
    if (line != null) {
      master.setPlugged(line, isPlugged);
    }
  }
}
