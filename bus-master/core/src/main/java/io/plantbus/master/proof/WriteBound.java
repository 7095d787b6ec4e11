package io.plantbus.master.proof;

import io.plantbus.master.plant.TagSpec.Priority;

/// How long writes of one class take at most, from queueing to acknowledgement; `Long.MAX_VALUE`
/// without an end.
///
/// @param priority the class
/// @param latencyNanos while every device answers
/// @param besideSilentNanos while others are silent: the request under way may be one of theirs
public record WriteBound(Priority priority, long latencyNanos, long besideSilentNanos) {}
