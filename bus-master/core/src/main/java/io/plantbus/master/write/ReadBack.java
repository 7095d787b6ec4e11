package io.plantbus.master.write;

import io.plantbus.devices.TagValue;
import org.jspecify.annotations.Nullable;

/// What a device holds where something was written to it.
///
/// @param value in engineering units; null if the bits make no value
/// @param raw the bits as they stand on the wire, such as `0x0007`
public record ReadBack(@Nullable TagValue value, String raw) {}
