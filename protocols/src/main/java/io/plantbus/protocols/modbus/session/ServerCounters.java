package io.plantbus.protocols.modbus.session;

/// What a server session has seen since it was made. Written by the session's owner, may be read by
/// any thread with the freshness of plain fields.
public final class ServerCounters {
  long requests;
  long broadcasts;
  long answers;
  long refusals;
  long ignored;
  long abandoned;
  long otherUnits;
  long checksumErrors;
  long bytesSent;
  long bytesReceived;
  long bytesDiscarded;

  ServerCounters() {}

  /// Requests to units served here, malformed ones included, broadcasts not.
  public long requests() {
    return requests;
  }

  /// Broadcast writes executed.
  public long broadcasts() {
    return broadcasts;
  }

  /// Requests answered as asked.
  public long answers() {
    return answers;
  }

  /// Requests refused with an exception, by the executor or for their form.
  public long refusals() {
    return refusals;
  }

  /// Requests left without an answer by [ServerSession#ignore].
  public long ignored() {
    return ignored;
  }

  /// Answers never sent because the client had gone on to another request.
  public long abandoned() {
    return abandoned;
  }

  /// Requests on a serial line to units that are not served here.
  public long otherUnits() {
    return otherUnits;
  }

  /// Bursts on a serial line without any valid frame.
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

  /// Bytes received that belonged to no frame.
  public long bytesDiscarded() {
    return bytesDiscarded;
  }
}
