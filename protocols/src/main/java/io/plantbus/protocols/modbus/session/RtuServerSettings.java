package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.util.function.IntPredicate;

/// Whom a server on a serial line serves, and the times that it keeps, all in nanoseconds and not
/// negative.
///
/// @param units unit ids that are served; asked with 1..255
/// @param reservedUnits whether 248..255 are served if `units` says so (SL 2.2 reserves them)
/// @param characterNanos time of one character on the wire, for telling a gap from bytes that were
///   handed over together; 0 where the wire takes no time
/// @param replySilenceNanos silence kept between the last byte received and an answer
/// @param resyncNanos silence after which bytes that make no frame so far never will; longer than
///   the gaps that adapters and operating systems tear into a frame
/// @param gapNanos longest gap inside a frame, longer ones spoil it (T1.5 in SL 2.5.1.1); 0 allows
///   any, as behind USB adapters
/// @param echo whether the line hears what it sends
public record RtuServerSettings(
    IntPredicate units,
    boolean reservedUnits,
    long characterNanos,
    long replySilenceNanos,
    long resyncNanos,
    long gapNanos,
    EchoMode echo) {
  private static final int LAST_UNIT = 247;
  private static final long DEFAULT_RESYNC_NANOS = 20_000_000;

  /// Longer than the 200 ms after which a lost segment is sent again at the earliest, shorter than
  /// the usual time-outs of clients.
  private static final long STREAM_RESYNC_NANOS = 300_000_000;

  public RtuServerSettings {
    if (characterNanos < 0 || replySilenceNanos < 0 || resyncNanos < 0 || gapNanos < 0) {
      throw new IllegalArgumentException("times must not be negative");
    }
  }

  /// T3.5 before an answer, 20 ms (or T3.5 if that is longer) to resynchronise, any gap, no
  /// reserved units.
  public static RtuServerSettings of(RtuTiming timing, IntPredicate units) {
    return new RtuServerSettings(
        units,
        false,
        timing.characterNanos(),
        timing.interFrameNanos(),
        Math.max(DEFAULT_RESYNC_NANOS, timing.interFrameNanos()),
        0,
        EchoMode.NONE);
  }

  /// RTU frames on a stream link such as TCP, where nothing is delimited by time: answers go out at
  /// once and characters take no time; 300 ms to resynchronise, no reserved units.
  public static RtuServerSettings overStream(IntPredicate units) {
    return new RtuServerSettings(units, false, 0, 0, STREAM_RESYNC_NANOS, 0, EchoMode.NONE);
  }

  /// The same with or without units 248..255.
  public RtuServerSettings withReservedUnits(boolean served) {
    return new RtuServerSettings(
        units, served, characterNanos, replySilenceNanos, resyncNanos, gapNanos, echo);
  }

  /// The same with another silence before an answer.
  public RtuServerSettings withReplySilenceNanos(long nanos) {
    return new RtuServerSettings(
        units, reservedUnits, characterNanos, nanos, resyncNanos, gapNanos, echo);
  }

  /// The same with another silence to resynchronise.
  public RtuServerSettings withResyncNanos(long nanos) {
    return new RtuServerSettings(
        units, reservedUnits, characterNanos, replySilenceNanos, nanos, gapNanos, echo);
  }

  /// The same with another longest gap.
  public RtuServerSettings withGapNanos(long nanos) {
    return new RtuServerSettings(
        units, reservedUnits, characterNanos, replySilenceNanos, resyncNanos, nanos, echo);
  }

  /// The same with or without an echo.
  public RtuServerSettings withEcho(EchoMode mode) {
    return new RtuServerSettings(
        units, reservedUnits, characterNanos, replySilenceNanos, resyncNanos, gapNanos, mode);
  }

  /// Whether requests to a unit are answered here.
  ///
  /// @param unit 1..255
  public boolean serves(int unit) {
    return (unit <= LAST_UNIT || reservedUnits) && units.test(unit);
  }
}
