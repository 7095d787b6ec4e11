package io.plantbus.master.proof.bound;

/// How long tasks wait.
///
/// @param group which tasks
/// @param nanos the most from the release of one to its start; [Nanos#UNBOUNDED] if that has no end
/// @param exact whether every case was looked at; otherwise it is the whole of a busy period, which
///   is more than ever happens
public record Wait(TaskGroup group, long nanos, boolean exact) {}
