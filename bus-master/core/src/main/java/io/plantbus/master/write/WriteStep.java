package io.plantbus.master.write;

import org.jspecify.annotations.Nullable;

/// One step of a write.
///
/// @param id the write's, unique in one run of the master
/// @param state what it has become
/// @param isLast whether it ends here; exactly one step of each write does
/// @param nanos monotonic time of the step
/// @param epochMicros wall-clock time of the step, microseconds since 1970
/// @param answer what the device answered or why it was not asked; null except in the one step that
///   brings it
/// @param readBack what the device holds now; null unless the step is about that
/// @param reason why, for a person; empty where there is nothing to say
public record WriteStep(
    long id,
    WriteState state,
    boolean isLast,
    long nanos,
    long epochMicros,
    @Nullable WriteOutcome answer,
    @Nullable ReadBack readBack,
    String reason) {}
