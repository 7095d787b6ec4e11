package io.plantbus.app.trace;

import io.plantbus.hal.NanoClock;
import io.plantbus.master.trace.LineTap;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is traced and captured of a plant from its start on.
///
/// @param traces shown as text
/// @param capture recorded with all lines, or null
/// @param application what a capture says it was written by
/// @param out takes each text line; called on a thread of the trace
public record WatchPlan(
    List<TraceSpec> traces,
    @Nullable CaptureTarget capture,
    String application,
    Consumer<String> out) {
  public WatchPlan {
    traces = List.copyOf(traces);
  }

  /// Watches nothing.
  public static WatchPlan nothing() {
    return new WatchPlan(List.of(), null, "", _ -> {});
  }

  /// Whether there is anything to watch.
  public boolean isAnything() {
    return capture != null || !traces.isEmpty();
  }

  /// Begins to watch.
  ///
  /// @return what ends it
  /// @throws IOException with a sentence for a person, if the capture cannot be made
  public TapPump start(String plant, List<LineTap> taps, NanoClock clock) throws IOException {
    TapPump pump = new TapPump(clock, out);
    int width = taps.stream().mapToInt(tap -> tap.line().name().length()).max().orElse(0);
    for (LineTap tap : taps) {
      for (TraceSpec spec : traces) {
        if (spec.covers(tap.line().name())) {
          pump.add(tap, new TextWatcher(tap.line(), spec, width, out), true);
        }
      }
    }
    if (capture != null) {
      Recording recording = new Recording(capture, application, "plant " + plant, System.out);
      for (LineTap tap : taps) {
        pump.add(tap, recording.watch(tap.line(), -1), true);
      }
    }
    pump.start();
    return pump;
  }
}
