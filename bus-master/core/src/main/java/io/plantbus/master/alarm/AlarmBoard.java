package io.plantbus.master.alarm;

import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.ProcessImage;
import io.plantbus.master.image.SampleListener;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.plant.AlarmSpec;
import io.plantbus.master.plant.TagSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The alarms of a plant. Looked at by the thread of a line as a sample arrives, and again when
/// somebody asks, as delays and ages go on without samples. Safe for use by any thread; bounded by
/// the plant, and free for tags without alarms.
public final class AlarmBoard implements SampleListener {
  private final ProcessImage image;
  private final NanoClock clock;
  private volatile Map<String, List<Alarm>> alarms = Map.of();
  private boolean isListening;

  /// A board without alarms; see [#replace].
  public AlarmBoard(ProcessImage image, NanoClock clock) {
    this.image = image;
    this.clock = clock;
  }

  /// Takes the alarms of these tags in the place of the former ones. One that is as it was stays as
  /// it stands. Not for two threads at once.
  public void replace(List<TagSpec> tags) {
    Map<String, List<Alarm>> former = alarms;
    Map<String, List<Alarm>> next = new LinkedHashMap<>();
    for (TagSpec tag : tags) {
      List<Alarm> own = new ArrayList<>();
      for (AlarmSpec spec : tag.alarms()) {
        Alarm known = find(former, tag.name(), spec.kind());
        own.add(known != null && known.spec().equals(spec) ? known : new Alarm(spec));
      }
      if (!own.isEmpty()) {
        next.put(tag.name(), List.copyOf(own));
      }
    }
    alarms = Collections.unmodifiableMap(next);
    if (!next.isEmpty() && !isListening) {
      isListening = true;
      image.onSample(this);
    }
  }

  /// Whether no tag has an alarm.
  public boolean isEmpty() {
    return alarms.isEmpty();
  }

  @Override
  public void sampled(TagSpec tag, TagSample sample) {
    List<Alarm> own = alarms.get(tag.name());
    if (own != null) {
      long now = clock.nanoTime();
      own.forEach(alarm -> alarm.look(sample, now));
    }
  }

  /// All alarms as they stand now, in the order of the plant.
  public List<AlarmReport> reports(long nowNanos) {
    List<AlarmReport> reports = new ArrayList<>();
    alarms.forEach(
        (tag, own) -> {
          for (Alarm alarm : own) {
            look(tag, alarm, nowNanos);
            reports.add(new AlarmReport(tag, alarm.spec(), alarm.state(), alarm.sinceNanos()));
          }
        });
    return reports;
  }

  /// How one alarm stands now; null if there is none.
  public @Nullable AlarmState state(String tag, AlarmSpec.Kind kind, long nowNanos) {
    Alarm alarm = find(alarms, tag, kind);
    if (alarm == null) {
      return null;
    }
    look(tag, alarm, nowNanos);
    return alarm.state();
  }

  /// Acknowledges every alarm of a tag.
  ///
  /// @return whether the tag has any
  public boolean acknowledge(String tag, long nowNanos) {
    List<Alarm> own = alarms.getOrDefault(tag, List.of());
    for (Alarm alarm : own) {
      look(tag, alarm, nowNanos);
      alarm.acknowledge(nowNanos);
    }
    return !own.isEmpty();
  }

  private void look(String tag, Alarm alarm, long nowNanos) {
    TagSample sample = image.sample(tag, nowNanos);
    if (sample != null) {
      alarm.look(sample, nowNanos);
    }
  }

  private static @Nullable Alarm find(
      Map<String, List<Alarm>> among, String tag, AlarmSpec.Kind kind) {
    for (Alarm alarm : among.getOrDefault(tag, List.of())) {
      if (alarm.spec().kind() == kind) {
        return alarm;
      }
    }
    return null;
  }
}
