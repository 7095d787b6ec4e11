package io.plantbus.master.line;

import io.plantbus.master.account.LineUsage;

/// How a line is doing: a snapshot taken by its owner, for display and metrics.
///
/// @param name the line
/// @param port what was opened last, a serial port with the settings found in force; empty before
///   the first opening
/// @param connected whether its port is open
/// @param trouble why it is not, for a person; empty when connected and before the first attempt
///   ended
/// @param transactions transactions ended since the start
/// @param errors of these, silence, noise and aborts
/// @param refusals of these, exceptions of devices
/// @param lateAnswers answers that came after their request had ended
/// @param reconnects how often the port was opened again
/// @param utilisation share of the last seconds in which a transaction was under way, 0..1
/// @param transactionsPerSecond over the last seconds
/// @param queuedWrites writes waiting to be sent
/// @param usage where its time goes, as of the last second
public record LineReport(
    String name,
    String port,
    boolean connected,
    String trouble,
    long transactions,
    long errors,
    long refusals,
    long lateAnswers,
    long reconnects,
    double utilisation,
    double transactionsPerSecond,
    int queuedWrites,
    LineUsage usage) {
  /// A line that took no time yet.
  public LineReport(
      String name,
      String port,
      boolean connected,
      String trouble,
      long transactions,
      long errors,
      long refusals,
      long lateAnswers,
      long reconnects,
      double utilisation,
      double transactionsPerSecond,
      int queuedWrites) {
    this(
        name,
        port,
        connected,
        trouble,
        transactions,
        errors,
        refusals,
        lateAnswers,
        reconnects,
        utilisation,
        transactionsPerSecond,
        queuedWrites,
        LineUsage.none(name));
  }
}
