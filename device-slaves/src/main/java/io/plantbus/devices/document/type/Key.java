package io.plantbus.devices.document.type;

/// A key that always has a value: written by the user, or its default.
///
/// @param name as written in documents
/// @param type what its value is made of
/// @param <T> its value
public record Key<T>(String name, Type<T> type) {}
