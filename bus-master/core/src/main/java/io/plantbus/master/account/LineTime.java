package io.plantbus.master.account;

/// Time of a line by cause, in nanoseconds; none negative.
///
/// @param payloadNanos see [Cause#PAYLOAD]
/// @param overheadNanos see [Cause#OVERHEAD]
/// @param silenceNanos see [Cause#SILENCE]
/// @param turnaroundNanos see [Cause#TURNAROUND]
/// @param timeoutNanos see [Cause#TIMEOUTS]
/// @param retryNanos see [Cause#RETRIES]
/// @param idleNanos see [Cause#IDLE]; 0 for a device
/// @param closedNanos see [Cause#CLOSED]; 0 for a device
public record LineTime(
    long payloadNanos,
    long overheadNanos,
    long silenceNanos,
    long turnaroundNanos,
    long timeoutNanos,
    long retryNanos,
    long idleNanos,
    long closedNanos) {
  /// No time at all.
  public static final LineTime NONE = new LineTime(0, 0, 0, 0, 0, 0, 0, 0);

  /// The time of one cause.
  public long nanos(Cause cause) {
    return switch (cause) {
      case PAYLOAD -> payloadNanos;
      case OVERHEAD -> overheadNanos;
      case SILENCE -> silenceNanos;
      case TURNAROUND -> turnaroundNanos;
      case TIMEOUTS -> timeoutNanos;
      case RETRIES -> retryNanos;
      case IDLE -> idleNanos;
      case CLOSED -> closedNanos;
    };
  }

  /// Time in which the line worked as it should: payload and what it takes to bring it.
  public long usefulNanos() {
    return payloadNanos + overheadNanos + silenceNanos + turnaroundNanos;
  }

  /// Time in which the line was taken, for better or worse.
  public long takenNanos() {
    return usefulNanos() + timeoutNanos + retryNanos;
  }

  /// All of it.
  public long totalNanos() {
    return takenNanos() + idleNanos + closedNanos;
  }

  LineTime plus(LineTime other) {
    return new LineTime(
        payloadNanos + other.payloadNanos,
        overheadNanos + other.overheadNanos,
        silenceNanos + other.silenceNanos,
        turnaroundNanos + other.turnaroundNanos,
        timeoutNanos + other.timeoutNanos,
        retryNanos + other.retryNanos,
        idleNanos + other.idleNanos,
        closedNanos + other.closedNanos);
  }
}
