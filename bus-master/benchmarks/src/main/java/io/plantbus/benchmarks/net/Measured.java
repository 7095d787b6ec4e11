package io.plantbus.benchmarks.net;

/// What a party tells of one run, in the words that all of them print: `done TRANSACTIONS NANOS P50
/// P99 P99.9 CPU_NANOS ALLOCATED LONGEST_GAP SILENT UNANSWERED`.
///
/// @param transactions answered
/// @param nanos that took
/// @param p50 latency that half of the transactions do not exceed, in nanoseconds
/// @param p99 the same of 99 %
/// @param p999 the same of 99.9 %
/// @param cpuNanos of all threads of the process
/// @param allocatedBytes by all threads of the process, -1 if that cannot be told
/// @param gapNanos the longest time that any connection was without an answer
/// @param silent connections that were without one for a second or more
/// @param unanswered connections that never got one
public record Measured(
    long transactions,
    long nanos,
    long p50,
    long p99,
    long p999,
    long cpuNanos,
    long allocatedBytes,
    long gapNanos,
    long silent,
    long unanswered) {

  /// Reads what a party printed.
  ///
  /// @throws IllegalArgumentException if that is another line
  public static Measured parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 11 || !words[0].equals("done")) {
      throw new IllegalArgumentException("expected a result, got: " + line);
    }
    return new Measured(
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        Long.parseLong(words[5]),
        Long.parseLong(words[6]),
        Long.parseLong(words[7]),
        Long.parseLong(words[8]),
        Long.parseLong(words[9]),
        Long.parseLong(words[10]));
  }

  /// What a load generator measured, with the costs of its server in place of its own.
  public Measured ofServer(long serverCpuNanos, long serverAllocatedBytes) {
    return new Measured(
        transactions,
        nanos,
        p50,
        p99,
        p999,
        serverCpuNanos,
        serverAllocatedBytes,
        gapNanos,
        silent,
        unanswered);
  }

  /// Transactions per second.
  public double perSecond() {
    return transactions * 1e9 / nanos;
  }

  /// Seconds of a processor for a million transactions, NaN without any.
  public double cpuSecondsPerMillion() {
    return transactions == 0 ? Double.NaN : cpuNanos * 1e-3 / transactions;
  }

  /// Bytes per transaction, NaN if unknown or without any.
  public double allocatedEach() {
    return allocatedBytes < 0 || transactions == 0
        ? Double.NaN
        : (double) allocatedBytes / transactions;
  }

  /// The line that [#parse] reads.
  public String line() {
    return "done %d %d %d %d %d %d %d %d %d %d"
        .formatted(
            transactions,
            nanos,
            p50,
            p99,
            p999,
            cpuNanos,
            allocatedBytes,
            gapNanos,
            silent,
            unanswered);
  }
}
