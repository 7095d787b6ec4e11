package io.plantbus.benchmarks.rtu;

/// One that asks and waits for the answer, again and again: FC 3 of unit 1.
interface Master {
  /// Asks for a while.
  ///
  /// @param device the slave's
  /// @param count registers per request
  /// @param millis how long
  /// @param baud the speed that its silence goes by
  /// @return transactions per second
  /// @throws Exception whatever keeps it from asking
  double perSecond(String device, int count, long millis, int baud) throws Exception;
}
