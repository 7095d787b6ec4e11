package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.framing.AsciiDeframer;
import io.plantbus.protocols.modbus.framing.AsciiFrame;

/// The server of any number of units on a serial line in ASCII mode (SL 2.4.2, 2.5.2).
///
/// Requests to units that are not served are heard and not answered, and what answers them is told
/// from requests. Broadcast writes are executed and never answered, broadcast reads are ignored. A
/// request that is malformed but whole is refused. An answer that is not sent yet is abandoned when
/// another request is heard: its client went on.
public final class AsciiServerSession extends SerialServerSession {
  private final AsciiServerSettings settings;
  private final AsciiDeframer deframer = new AsciiDeframer();
  private final RequestHead otherRequest;

  private int otherUnit;
  private boolean answerExpected;
  private int delimiter;
  private int toldDelimiter;

  /// Makes a session on a line that nothing was heard on, with diagnostics of its own.
  public AsciiServerSession(AsciiServerSettings settings, ServerEffects effects) {
    this(settings, ServerServices.of(new LineDiagnostics()), effects);
  }

  /// Makes a session on a line that nothing was heard on.
  public AsciiServerSession(
      AsciiServerSettings settings, ServerServices services, ServerEffects effects) {
    super(
        settings::serves,
        settings.replySilenceNanos(),
        settings.characterNanos(),
        settings.echo(),
        services,
        AsciiFrame.MAX_CHARACTERS,
        effects);
    this.settings = settings;
    this.otherRequest = new RequestHead(services.functions());
    this.toldDelimiter = diagnostics.asciiDelimiter();
    delimiter(settings.delimiter());
  }

  /// Ends requests and answers with another character from the next frame on, as sub-function 3 of
  /// function code 8 does too (AP 6.8.1); an answer given before keeps its own.
  ///
  /// @throws IllegalArgumentException if it is `:`, carriage return or a hexadecimal digit
  public void delimiter(int character) {
    deframer.delimiter(character);
    delimiter = character;
  }

  @Override
  int seal(byte[] unitAndPdu, int length) {
    return AsciiFrame.seal(unitAndPdu, length, delimiter);
  }

  @Override
  void expectAnswer() {
    byte[] frame = deframer.bytes();
    otherUnit = frame[0] & 0xFF;
    otherRequest.set(frame, 1, deframer.pduLength());
    answerExpected = true;
  }

  @Override
  void listen(byte[] bytes, int offset, int length, long nowNanos) {
    long gapNanos = nowNanos - length * settings.characterNanos() - lastByteNanos;
    if (deframer.isInside() && gapNanos > settings.interCharacterNanos()) {
      spoil();
    }
    lastByteNanos = nowNanos;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      at += deframer.take(bytes, at, end - at);
      switch (deframer.event()) {
        case NONE -> {}
        case FRAME -> hear(nowNanos);
        case CHECKSUM, BROKEN -> communicationError();
      }
    }
    counters.bytesDiscarded += deframer.drainDiscarded();
  }

  private void hear(long nowNanos) {
    boolean answer = answerExpected && isAnswer();
    answerExpected = false;
    if (!answer) {
      hear(deframer.bytes(), 0, deframer.pduLength(), deframer.frameCharacters(), nowNanos);
      followDelimiter();
    }
  }

  /// A client may have changed it with the request just heard.
  private void followDelimiter() {
    int told = diagnostics.asciiDelimiter();
    if (told != toldDelimiter && AsciiFrame.isDelimiter(told)) {
      delimiter(told);
    }
    toldDelimiter = told;
  }

  /// Whether it is of the form that the other unit's answer has; what was asked may make no sense.
  private boolean isAnswer() {
    byte[] frame = deframer.bytes();
    int length = deframer.pduLength();
    if ((frame[0] & 0xFF) != otherUnit) {
      return false;
    }
    return (frame[1] & 0xFF) == (otherRequest.function() | 0x80)
        ? length == 2 && frame[2] != 0
        : otherRequest.isAnsweredWhollyBy(frame, 1, length);
  }

  @Override
  public void advance(long nowNanos) {
    if (deframer.isInside() && nowNanos > lastByteNanos + settings.interCharacterNanos()) {
      spoil();
    }
    sendIfSilent(nowNanos);
  }

  private void spoil() {
    deframer.discard();
    counters.bytesDiscarded += deframer.drainDiscarded();
    communicationError();
  }

  @Override
  public long deadline() {
    return deframer.isInside()
        ? Math.min(answerDeadline(), lastByteNanos + settings.interCharacterNanos() + 1)
        : answerDeadline();
  }

  @Override
  public void reset() {
    super.reset();
    deframer.discard();
    counters.bytesDiscarded += deframer.drainDiscarded();
    answerExpected = false;
  }
}
