package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.EchoMode;
import java.util.function.IntPredicate;

/// Whom a server on a line in ASCII mode serves, and what it keeps to; times in nanoseconds, not
/// negative.
///
/// @param units unit ids that are served; asked with 1..255
/// @param reservedUnits whether 248..255 are served if `units` says so (SL 2.2 reserves them)
/// @param characterNanos time of one character on the wire, of 7 or 8 data bits, for telling a gap
///   from bytes that were handed over together; 0 where the wire takes no time
/// @param replySilenceNanos silence kept between the last byte received and an answer; ASCII frames
///   need none (SL 2.5.2.1)
/// @param interCharacterNanos longest gap inside a frame (SL 2.5.2.1)
/// @param delimiter the last character of frames, at first
/// @param echo whether the line hears what it sends
public record AsciiServerSettings(
    IntPredicate units,
    boolean reservedUnits,
    long characterNanos,
    long replySilenceNanos,
    long interCharacterNanos,
    int delimiter,
    EchoMode echo) {
  private static final int LAST_UNIT = 247;

  public AsciiServerSettings {
    if (characterNanos < 0 || replySilenceNanos < 0 || interCharacterNanos < 0) {
      throw new IllegalArgumentException("times must not be negative");
    }
    AsciiFrame.requireDelimiter(delimiter);
  }

  /// Answers at once, gaps up to 1 s, line feeds, no echo, no reserved units.
  ///
  /// @param characterNanos see [io.plantbus.protocols.modbus.framing.RtuTiming#characterNanos()]
  public static AsciiServerSettings of(long characterNanos, IntPredicate units) {
    return new AsciiServerSettings(
        units,
        false,
        characterNanos,
        0,
        AsciiClientSettings.DEFAULT_INTER_CHARACTER_NANOS,
        AsciiFrame.LINE_FEED,
        EchoMode.NONE);
  }

  /// ASCII frames on a stream link such as TCP, where characters take no time.
  public static AsciiServerSettings overStream(IntPredicate units) {
    return of(0, units);
  }

  /// The same with or without units 248..255.
  public AsciiServerSettings withReservedUnits(boolean served) {
    return new AsciiServerSettings(
        units, served, characterNanos, replySilenceNanos, interCharacterNanos, delimiter, echo);
  }

  /// The same with another silence before an answer.
  public AsciiServerSettings withReplySilenceNanos(long nanos) {
    return new AsciiServerSettings(
        units, reservedUnits, characterNanos, nanos, interCharacterNanos, delimiter, echo);
  }

  /// The same with another longest gap.
  public AsciiServerSettings withInterCharacterNanos(long nanos) {
    return new AsciiServerSettings(
        units, reservedUnits, characterNanos, replySilenceNanos, nanos, delimiter, echo);
  }

  /// The same with another last character.
  public AsciiServerSettings withDelimiter(int character) {
    return new AsciiServerSettings(
        units,
        reservedUnits,
        characterNanos,
        replySilenceNanos,
        interCharacterNanos,
        character,
        echo);
  }

  /// The same with or without an echo.
  public AsciiServerSettings withEcho(EchoMode mode) {
    return new AsciiServerSettings(
        units,
        reservedUnits,
        characterNanos,
        replySilenceNanos,
        interCharacterNanos,
        delimiter,
        mode);
  }

  /// Whether requests to a unit are answered here.
  ///
  /// @param unit 1..255
  public boolean serves(int unit) {
    return (unit <= LAST_UNIT || reservedUnits) && units.test(unit);
  }
}
