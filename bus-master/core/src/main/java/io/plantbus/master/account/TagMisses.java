package io.plantbus.master.account;

/// How often a tag was not read when it was due, since the start.
///
/// @param tag its name
/// @param missed turns that were left out, positive
public record TagMisses(String tag, long missed) {}
