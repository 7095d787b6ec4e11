package io.plantbus.simulators.fault;

/// What a simulated pair does to answers and a plain link cannot. Called on the thread of the
/// line's server.
public interface PairFaults {
  /// A second device puts an answer on the pair.
  ///
  /// @param unit the one whose unit id it shares, by name
  /// @param atNanos when; at once if that is over
  void answerToo(String unit, byte[] answer, long atNanos);

  /// Characters as everybody else hears them from a device with other settings.
  ///
  /// @param kind [FaultKind#WRONG_BAUD] or [FaultKind#WRONG_PARITY]
  byte[] misheard(FaultKind kind, byte[] sent);
}
