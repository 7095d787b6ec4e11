package io.plantbus.master.account;

/// The oldest that a tag got between two answers while its device was up, since the first seconds
/// after the device answered for the first time or again.
///
/// @param tag its name
/// @param oldestNanos from one answer that brought it to the next, at most; positive
public record TagAge(String tag, long oldestNanos) {}
