package io.plantbus.master.account;

/// Something that a line loses time to, in words.
///
/// @param lostShare of the last minute of the line, 0 or more; above 1 where more is asked of it
///   than it has
/// @param sentence for a person, without a full stop
public record Culprit(double lostShare, String sentence) {}
