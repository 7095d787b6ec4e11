package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.framing.AsciiDeframer;
import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.ExpectedAnswer;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import org.jspecify.annotations.Nullable;

/// The client of a serial line in ASCII mode (SL 2.4.1, 2.5.2): one transaction at a time.
///
/// ```
///  offer ─[request]── answer awaited ──[answer]───── canOffer
///                           └─ time-out ── drain ─── canOffer
///  offer ─[broadcast]── turnaround ───────────────── canOffer
/// ```
///
/// Frames bear their ends, so whatever stands between them does no harm. A frame that is not the
/// answer leaves the request waiting; if nothing better comes, it ends as noise. A late answer is
/// told from the answer awaited by unit, function, length and echo, as [RtuClientSession] does.
///
/// A time-out is told by `advance`: hand over bytes that arrived before the deadline first.
public final class AsciiClientSession extends SerialClientSession {
  private final AsciiClientSettings settings;
  private final AsciiDeframer deframer = new AsciiDeframer();

  private @Nullable NoiseReason lastNoise;
  private long lastByteNanos;
  private int discarded;

  /// Makes a session on a line that may be used at once.
  public AsciiClientSession(AsciiClientSettings settings, ClientEffects effects) {
    this(settings, UserFunctions.NONE, effects);
  }

  /// Makes a session on a line that may be used at once.
  ///
  /// @param functions user-defined ones, without which the lengths of their answers are not known
  public AsciiClientSession(
      AsciiClientSettings settings, UserFunctions functions, ClientEffects effects) {
    super(settings.times(), settings.echo(), functions, AsciiFrame.MAX_CHARACTERS, effects);
    this.settings = settings;
    deframer.delimiter(settings.delimiter());
  }

  @Override
  int seal(byte[] unitAndPdu, int length) {
    return AsciiFrame.seal(unitAndPdu, length, settings.delimiter());
  }

  @Override
  void search(byte[] bytes, int offset, int length, long nowNanos) {
    long gapNanos = nowNanos - length * settings.characterNanos() - lastByteNanos;
    if (deframer.isInside() && gapNanos > settings.interCharacterNanos()) {
      deframer.discard();
      lastNoise = NoiseReason.TRUNCATED;
    }
    lastByteNanos = nowNanos;
    int at = offset;
    int end = offset + length;
    long offered = lastNumber(); // what follows came before a request offered meanwhile
    while (at < end && isAwaiting() && lastNumber() == offered) {
      at += deframer.take(bytes, at, end - at);
      switch (deframer.event()) {
        case NONE -> {}
        case FRAME -> take(nowNanos);
        case CHECKSUM -> lastNoise = NoiseReason.CHECKSUM;
        case BROKEN -> lastNoise = NoiseReason.GARBAGE;
      }
    }
    counters.bytesDiscarded += end - at;
  }

  private void take(long nowNanos) {
    int characters = deframer.frameCharacters();
    Outcome outcome = decode(expected);
    if (outcome == null || outcome instanceof Outcome.Noise) {
      Outcome late = decode(overdue);
      if (late != null && !(late instanceof Outcome.Noise)) {
        answeredLate(nowNanos);
        return;
      }
      discarded += characters;
      lastNoise =
          outcome instanceof Outcome.Noise(NoiseReason reason) ? reason : NoiseReason.WRONG_UNIT;
      return;
    }
    discardReceived();
    answered(outcome, characters, nowNanos);
  }

  /// @return null if it is not of the unit that is to answer
  private @Nullable Outcome decode(ExpectedAnswer answer) {
    byte[] frame = deframer.bytes();
    return answer.isPending() && (frame[0] & 0xFF) == answer.unit()
        ? decoder.decode(answer.request(), frame, 1, deframer.pduLength())
        : null;
  }

  @Override
  boolean searchLast(long nowNanos) {
    return false;
  }

  @Override
  @Nullable NoiseReason noise() {
    if (deframer.isInside()) {
      return NoiseReason.TRUNCATED;
    }
    if (lastNoise != null) {
      return lastNoise;
    }
    discarded += deframer.drainDiscarded();
    return discarded > 0 ? NoiseReason.GARBAGE : null;
  }

  @Override
  void discardReceived() {
    deframer.discard();
    counters.bytesDiscarded += discarded + deframer.drainDiscarded();
    discarded = 0;
    lastNoise = null;
  }
}
