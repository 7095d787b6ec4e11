package io.plantbus.protocols.modbus.session;

/// What a client session has seen since it was made. Written by the session's owner, may be read by
/// any thread with the freshness of plain fields.
public final class ClientCounters {
  long requests;
  long answers;
  long refusals;
  long silences;
  long noises;
  long lateAnswers;
  long checksumErrors;
  long bytesSent;
  long bytesReceived;
  long bytesDiscarded;

  ClientCounters() {}

  /// Requests sent.
  public long requests() {
    return requests;
  }

  /// Requests answered as asked.
  public long answers() {
    return answers;
  }

  /// Requests refused with an exception.
  public long refusals() {
    return refusals;
  }

  /// Requests that met silence.
  public long silences() {
    return silences;
  }

  /// Requests that met noise.
  public long noises() {
    return noises;
  }

  /// Valid answers that came after their request had ended; never taken for another request's.
  public long lateAnswers() {
    return lateAnswers;
  }

  /// Frames whose checksum did not match.
  public long checksumErrors() {
    return checksumErrors;
  }

  /// Bytes sent.
  public long bytesSent() {
    return bytesSent;
  }

  /// Bytes received, whatever they were.
  public long bytesReceived() {
    return bytesReceived;
  }

  /// Bytes received that belonged to no answer.
  public long bytesDiscarded() {
    return bytesDiscarded;
  }
}
