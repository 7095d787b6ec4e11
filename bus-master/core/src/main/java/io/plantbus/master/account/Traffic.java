package io.plantbus.master.account;

/// What was asked and what came, counted.
///
/// @param transactions that ended, whatever their outcome
/// @param answers as asked
/// @param refusals answers that were exceptions
/// @param timeouts requests that met silence
/// @param noises requests that met bytes without a valid answer among them, bad checksums included
/// @param checksumErrors requests that met an answer with a wrong checksum
/// @param retries requests that were sent again
/// @param lateAnswers answers that came after their time-out; of a device only on lines with one
///   transaction under way
/// @param missedDeadlines turns of polls that were over before they could be sent, and left out
/// @param payloadBytes registers and bits that were transferred, 2 bytes a register
/// @param overheadBytes all other bytes of requests and of their valid answers
public record Traffic(
    long transactions,
    long answers,
    long refusals,
    long timeouts,
    long noises,
    long checksumErrors,
    long retries,
    long lateAnswers,
    long missedDeadlines,
    long payloadBytes,
    long overheadBytes) {
  /// None at all.
  public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// Valid answers, refusals included.
  public long validAnswers() {
    return answers + refusals;
  }

  Traffic plus(Traffic other) {
    return new Traffic(
        transactions + other.transactions,
        answers + other.answers,
        refusals + other.refusals,
        timeouts + other.timeouts,
        noises + other.noises,
        checksumErrors + other.checksumErrors,
        retries + other.retries,
        lateAnswers + other.lateAnswers,
        missedDeadlines + other.missedDeadlines,
        payloadBytes + other.payloadBytes,
        overheadBytes + other.overheadBytes);
  }
}
