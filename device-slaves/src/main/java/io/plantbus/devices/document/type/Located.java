package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;

/// A value that knows where it was written, for checks that need other parts of the document.
///
/// @param value the value
/// @param where its node
/// @param <T> the value's type
public record Located<T>(T value, Node where) {}
