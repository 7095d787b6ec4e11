package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.RtuRequestDeframer;

/// The server of any number of units on a serial line (SL 2.4.2).
///
/// ```
///  request ── requested ── answer ── silence ── [answer]
///                 └─ another request on the line: the answer is abandoned, its client went on
/// ```
///
/// Requests to units that are not served are heard and not answered. Broadcast writes are executed
/// and never answered, broadcast reads are ignored. Diagnostics are answered by the session itself
/// (see [ServerServices]). A request that is malformed but whole is refused: at once if its length
/// is the one that its function tells, else when the line falls silent.
public final class RtuServerSession extends SerialServerSession {
  private final RtuServerSettings settings;
  private final RtuRequestDeframer deframer;

  private boolean listening;

  /// Makes a session on a line that nothing was heard on, with diagnostics of its own.
  public RtuServerSession(RtuServerSettings settings, ServerEffects effects) {
    this(settings, ServerServices.of(new LineDiagnostics()), effects);
  }

  /// Makes a session on a line that nothing was heard on.
  public RtuServerSession(
      RtuServerSettings settings, ServerServices services, ServerEffects effects) {
    super(
        settings::serves,
        settings.replySilenceNanos(),
        settings.characterNanos(),
        settings.echo(),
        services,
        RtuRequestDeframer.MAX_FRAME_BYTES,
        effects);
    this.settings = settings;
    this.deframer = new RtuRequestDeframer(services.functions());
  }

  @Override
  int seal(byte[] unitAndPdu, int length) {
    return Crc16.append(unitAndPdu, 0, length);
  }

  @Override
  void expectAnswer() {
    deframer.expectAnswer();
  }

  @Override
  void listen(byte[] bytes, int offset, int length, long nowNanos) {
    if (listening && deframer.buffered() > 0) {
      long gapNanos = nowNanos - length * settings.characterNanos() - lastByteNanos;
      if (gapNanos >= settings.resyncNanos()) {
        fallSilent(nowNanos);
      } else if (settings.gapNanos() > 0 && gapNanos > settings.gapNanos()) {
        deframer.spoil();
      }
    }
    listening = true;
    lastByteNanos = nowNanos;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      at += deframer.store(bytes, at, end - at);
      while (deframer.next()) {
        hear(nowNanos);
      }
    }
  }

  @Override
  public void advance(long nowNanos) {
    if (deframer.buffered() > 0 && nowNanos >= lastByteNanos + settings.resyncNanos()) {
      fallSilent(nowNanos);
    }
    sendIfSilent(nowNanos);
  }

  private void fallSilent(long nowNanos) {
    int heard = deframer.buffered();
    if (deframer.silence()) {
      counters.bytesDiscarded += heard - deframer.buffered();
      hear(nowNanos);
    } else {
      counters.bytesDiscarded += heard;
      communicationError();
    }
    deframer.clear();
  }

  private void hear(long nowNanos) {
    int pduLength = deframer.pduLength();
    hear(deframer.bytes(), deframer.offset(), pduLength, 1 + pduLength + Crc16.BYTES, nowNanos);
  }

  @Override
  public long deadline() {
    return deframer.buffered() > 0
        ? Math.min(answerDeadline(), lastByteNanos + settings.resyncNanos())
        : answerDeadline();
  }

  @Override
  public void reset() {
    super.reset();
    deframer.reset();
    listening = false;
  }
}
