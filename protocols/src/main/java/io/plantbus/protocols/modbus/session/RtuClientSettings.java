package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.RtuTiming;

/// The times that a client keeps on a serial line, all in nanoseconds and not negative.
///
/// @param characterNanos time of one character on the wire, for computing when sending ends; 0
///   where the wire takes no time
/// @param silenceNanos silence kept before each request, from the last byte sent or received; at
///   least T3.5, more behind adapters that deliver late
/// @param turnaroundNanos time that servers get to execute a broadcast (SL 2.4.1)
/// @param drainNanos time that the line is left alone after a request without an answer. On a
///   serial line nothing but unit, function and length tells whose answer a read's answer is: one
///   that is later than time-out and drain together, to a request that looks like the current one,
///   is taken for the current one's
/// @param echo whether the line hears what it sends
public record RtuClientSettings(
    long characterNanos, long silenceNanos, long turnaroundNanos, long drainNanos, EchoMode echo) {
  private static final long DEFAULT_TURNAROUND_NANOS = 100_000_000;
  private static final long DEFAULT_DRAIN_NANOS = 50_000_000;

  public RtuClientSettings {
    if (characterNanos < 0 || silenceNanos < 0 || turnaroundNanos < 0 || drainNanos < 0) {
      throw new IllegalArgumentException("times must not be negative");
    }
  }

  /// A line that does not hear what it sends.
  public RtuClientSettings(
      long characterNanos, long silenceNanos, long turnaroundNanos, long drainNanos) {
    this(characterNanos, silenceNanos, turnaroundNanos, drainNanos, EchoMode.NONE);
  }

  /// T3.5 of silence, 100 ms of turnaround, 50 ms of drain.
  public static RtuClientSettings of(RtuTiming timing) {
    return new RtuClientSettings(
        timing.characterNanos(),
        timing.interFrameNanos(),
        DEFAULT_TURNAROUND_NANOS,
        DEFAULT_DRAIN_NANOS);
  }

  /// RTU frames on a stream link such as TCP, where nothing is delimited by time: no silence is
  /// kept and characters take no time; 100 ms of turnaround, 50 ms of drain.
  public static RtuClientSettings overStream() {
    return new RtuClientSettings(0, 0, DEFAULT_TURNAROUND_NANOS, DEFAULT_DRAIN_NANOS);
  }

  /// The same with another silence.
  public RtuClientSettings withSilenceNanos(long nanos) {
    return new RtuClientSettings(characterNanos, nanos, turnaroundNanos, drainNanos, echo);
  }

  /// The same with another turnaround delay.
  public RtuClientSettings withTurnaroundNanos(long nanos) {
    return new RtuClientSettings(characterNanos, silenceNanos, nanos, drainNanos, echo);
  }

  /// The same with another drain.
  public RtuClientSettings withDrainNanos(long nanos) {
    return new RtuClientSettings(characterNanos, silenceNanos, turnaroundNanos, nanos, echo);
  }

  /// The same with or without an echo.
  public RtuClientSettings withEcho(EchoMode mode) {
    return new RtuClientSettings(characterNanos, silenceNanos, turnaroundNanos, drainNanos, mode);
  }

  SerialClientTimes times() {
    return new SerialClientTimes(characterNanos, silenceNanos, turnaroundNanos, drainNanos);
  }
}
