package io.plantbus.protocols.modbus.trace;

/// Listens to a line: takes the bytes of both directions with their times, cuts them into frames,
/// and says of each whose it is and what is wrong with it. It keeps at most a frame per direction
/// and a bounded number of open requests.
///
/// ```
///  bytes + time ──▶ heard ──▶ frames ──▶ pairs ──▶ FrameListener
///  time         ──▶ advance ──▶ silence, requests without an answer
/// ```
///
/// Times may be on any scale in nanoseconds. Owned by one thread.
public final class LineEavesdropper {
  private final EavesdropperSettings settings;
  private final FrameListener listener;
  private final TracedFrame frame = new TracedFrame();
  private final FrameCutter fromClient;
  private final FrameCutter fromServer;
  private final FrameCutter fromEither;
  private final OpenRequests open;
  private long requests;

  /// Listens to a line at a boundary between frames.
  public LineEavesdropper(EavesdropperSettings settings, FrameListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.open = new OpenRequests(settings.framing().isSerial());
    this.fromClient = cutter(Channel.FROM_CLIENT, this::request);
    this.fromServer = cutter(Channel.FROM_SERVER, this::response);
    this.fromEither = cutter(Channel.EITHER, this::requestOrResponse);
  }

  private FrameCutter cutter(Channel channel, FrameCutter.Cut cut) {
    return switch (settings.framing()) {
      case RTU -> new RtuCutter(channel, frame, cut);
      case ASCII -> new AsciiCutter(frame, cut);
      case MBAP_STREAM -> new MbapCutter(false, frame, cut);
      case MBAP_DATAGRAM -> new MbapCutter(true, frame, cut);
    };
  }

  /// Bytes came.
  ///
  /// @param nowNanos when the last of them came
  public void heard(Channel channel, byte[] bytes, int offset, int length, long nowNanos) {
    if (settings.framing().isSerial()) {
      endOfTurn(channel, nowNanos);
    }
    advance(nowNanos);
    cutter(channel).feed(bytes, offset, length, nowNanos);
  }

  private FrameCutter cutter(Channel channel) {
    return switch (channel) {
      case FROM_CLIENT -> fromClient;
      case FROM_SERVER -> fromServer;
      case EITHER -> fromEither;
    };
  }

  /// On a serial line one side talks at a time: what the other has not finished stays unfinished.
  private void endOfTurn(Channel talking, long nowNanos) {
    for (FrameCutter each : new FrameCutter[] {fromClient, fromServer, fromEither}) {
      if (each != cutter(talking) && each.unfinishedSinceNanos() <= nowNanos) {
        each.flush();
      }
    }
  }

  /// Time passes without a byte.
  public void advance(long nowNanos) {
    silence(fromClient, nowNanos);
    silence(fromServer, nowNanos);
    silence(fromEither, nowNanos);
    open.expire(settings.answerTimeoutNanos(), nowNanos, listener);
  }

  private void silence(FrameCutter cutter, long nowNanos) {
    long since = cutter.unfinishedSinceNanos();
    if (since != Long.MAX_VALUE && nowNanos - since >= settings.silenceNanos()) {
      cutter.flush();
    }
  }

  /// When [#advance] is wanted at the latest; [Long#MAX_VALUE] if nothing is awaited.
  public long deadline() {
    long unfinished =
        Math.min(
            fromEither.unfinishedSinceNanos(),
            Math.min(fromClient.unfinishedSinceNanos(), fromServer.unfinishedSinceNanos()));
    long silence =
        unfinished == Long.MAX_VALUE ? Long.MAX_VALUE : unfinished + settings.silenceNanos();
    return Math.min(silence, open.deadline(settings.answerTimeoutNanos()));
  }

  /// The line was opened anew, or bytes of it are missing: the next byte begins a frame.
  public void interrupted(long nowNanos) {
    fromClient.flush();
    fromServer.flush();
    fromEither.flush();
    open.clear(nowNanos, listener);
  }

  private void request(TracedFrame heard) {
    heard.response = false;
    if (heard.verdict == Verdict.VALID) {
      heard.number = ++requests;
    }
    listener.frame(heard);
    boolean answered = !(settings.framing().isSerial() && heard.unit == 0);
    if (heard.verdict == Verdict.VALID && answered) {
      open.opened(heard, listener);
    }
  }

  private void response(TracedFrame heard) {
    heard.response = true;
    if (heard.verdict == Verdict.VALID) {
      open.answered(heard);
    }
    listener.frame(heard);
  }

  private void requestOrResponse(TracedFrame heard) {
    if (heard.verdict.isFrame() && !open.isAwaited(heard) && (heard.function() & 0x80) == 0) {
      request(heard);
    } else {
      response(heard);
    }
  }
}
