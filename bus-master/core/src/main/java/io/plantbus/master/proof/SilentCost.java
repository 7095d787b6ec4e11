package io.plantbus.master.proof;

/// What silent devices cost the others on their line.
///
/// @param devices how many are silent, 1 or more
/// @param pauseNanos what their requests take of the line at most when all of them fall silent at
///   once
/// @param share of the line's time that they take at most from then on, 0..1
/// @param atFirst the others when all of them fall silent at once
/// @param later the others from then on
public record SilentCost(int devices, long pauseNanos, double share, Others atFirst, Others later) {
  /// How the devices fare that answer.
  ///
  /// @param worstTag of their tags in the three upper classes the one that waits longest measured
  ///   by its period, empty if there is none
  /// @param ageNanos how old it gets at most; `Long.MAX_VALUE` without an end
  /// @param lateTags how many tags of these classes may miss a turn
  public record Others(String worstTag, long ageNanos, int lateTags) {}
}
