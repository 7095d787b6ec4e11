package io.plantbus.master.alarm;

import io.plantbus.master.plant.AlarmSpec;

/// How an alarm stands.
///
/// @param tag whose
/// @param spec which of the tag
/// @param state how it stands
/// @param sinceNanos monotonic time since when; 0 if it never came
public record AlarmReport(String tag, AlarmSpec spec, AlarmState state, long sinceNanos) {}
