package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.EchoMode;

/// What a client keeps to on a line in ASCII mode; times in nanoseconds, not negative.
///
/// @param characterNanos time of one character on the wire, of 7 or 8 data bits, for computing when
///   sending ends; 0 where the wire takes no time
/// @param silenceNanos silence kept before each request; ASCII frames need none (SL 2.5.2.1), some
///   adapters do
/// @param turnaroundNanos time that servers get to execute a broadcast (SL 2.4.1)
/// @param drainNanos time that the line is left alone after a request without an answer, see
///   [RtuClientSettings]
/// @param interCharacterNanos longest gap inside a frame (SL 2.5.2.1)
/// @param delimiter the last character of frames, a line feed unless the servers were told another
/// @param echo whether the line hears what it sends
public record AsciiClientSettings(
    long characterNanos,
    long silenceNanos,
    long turnaroundNanos,
    long drainNanos,
    long interCharacterNanos,
    int delimiter,
    EchoMode echo) {
  static final long DEFAULT_INTER_CHARACTER_NANOS = 1_000_000_000;

  private static final long DEFAULT_TURNAROUND_NANOS = 100_000_000;
  private static final long DEFAULT_DRAIN_NANOS = 50_000_000;

  public AsciiClientSettings {
    if (characterNanos < 0
        || silenceNanos < 0
        || turnaroundNanos < 0
        || drainNanos < 0
        || interCharacterNanos < 0) {
      throw new IllegalArgumentException("times must not be negative");
    }
    AsciiFrame.requireDelimiter(delimiter);
  }

  /// No silence, 100 ms of turnaround, 50 ms of drain, gaps up to 1 s, line feeds, no echo.
  ///
  /// @param characterNanos see [io.plantbus.protocols.modbus.framing.RtuTiming#characterNanos()]
  public static AsciiClientSettings of(long characterNanos) {
    return new AsciiClientSettings(
        characterNanos,
        0,
        DEFAULT_TURNAROUND_NANOS,
        DEFAULT_DRAIN_NANOS,
        DEFAULT_INTER_CHARACTER_NANOS,
        AsciiFrame.LINE_FEED,
        EchoMode.NONE);
  }

  /// ASCII frames on a stream link such as TCP, where characters take no time.
  public static AsciiClientSettings overStream() {
    return of(0);
  }

  /// The same with another silence.
  public AsciiClientSettings withSilenceNanos(long nanos) {
    return new AsciiClientSettings(
        characterNanos, nanos, turnaroundNanos, drainNanos, interCharacterNanos, delimiter, echo);
  }

  /// The same with another turnaround delay.
  public AsciiClientSettings withTurnaroundNanos(long nanos) {
    return new AsciiClientSettings(
        characterNanos, silenceNanos, nanos, drainNanos, interCharacterNanos, delimiter, echo);
  }

  /// The same with another drain.
  public AsciiClientSettings withDrainNanos(long nanos) {
    return new AsciiClientSettings(
        characterNanos, silenceNanos, turnaroundNanos, nanos, interCharacterNanos, delimiter, echo);
  }

  /// The same with another longest gap.
  public AsciiClientSettings withInterCharacterNanos(long nanos) {
    return new AsciiClientSettings(
        characterNanos, silenceNanos, turnaroundNanos, drainNanos, nanos, delimiter, echo);
  }

  /// The same with another last character.
  public AsciiClientSettings withDelimiter(int character) {
    return new AsciiClientSettings(
        characterNanos,
        silenceNanos,
        turnaroundNanos,
        drainNanos,
        interCharacterNanos,
        character,
        echo);
  }

  /// The same with or without an echo.
  public AsciiClientSettings withEcho(EchoMode mode) {
    return new AsciiClientSettings(
        characterNanos,
        silenceNanos,
        turnaroundNanos,
        drainNanos,
        interCharacterNanos,
        delimiter,
        mode);
  }

  SerialClientTimes times() {
    return new SerialClientTimes(characterNanos, silenceNanos, turnaroundNanos, drainNanos);
  }
}
