package io.plantbus.devices.document.type;

/// A key that may be absent.
///
/// @param name as written in documents
/// @param type what its value is made of
/// @param <T> its value
public record OptionalKey<T>(String name, Type<T> type) {}
