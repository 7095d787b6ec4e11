package io.plantbus.master.write;

import io.plantbus.master.image.TagSample;
import org.jspecify.annotations.Nullable;

/// Who wants what written, as it is kept on record.
///
/// @param id unique in one run of the master, rising
/// @param command what was asked for
/// @param line the name of its line; empty if there is no such tag
/// @param device the name of its device; empty if there is no such tag
/// @param address where in the device, such as `unit 3 holding:100`; empty if there is no such tag
/// @param raw the bits to be written, such as `0x0007`; empty if it cannot be written
/// @param before the sample of the tag when it was asked for; null if there is no such tag
/// @param nanos monotonic time at which it was asked for
/// @param epochMicros the same in wall-clock time, microseconds since 1970
public record WriteIntent(
    long id,
    WriteCommand command,
    String line,
    String device,
    String address,
    String raw,
    @Nullable TagSample before,
    long nanos,
    long epochMicros) {}
