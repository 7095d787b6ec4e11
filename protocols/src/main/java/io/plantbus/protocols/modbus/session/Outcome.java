package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Response;

/// What became of a client's transaction. Silence, noise and refusal are different things.
///
/// An outcome, and the blocks in its response, may be reused by the session: valid until the
/// callback that brings it returns.
public sealed interface Outcome {
  /// The server did as asked.
  ///
  /// @param response never a refusal
  record Answered(Response response) implements Outcome {}

  /// The server refused.
  ///
  /// @param refusal the exception code
  record Refused(Response.Refusal refusal) implements Outcome {}

  /// Not a single byte came within the time-out.
  record Silence() implements Outcome {}

  /// Bytes came, and no valid answer among them within the time-out.
  ///
  /// @param reason what was wrong with the last frame seen
  record Noise(NoiseReason reason) implements Outcome {}

  /// The link was lost, or the session was reset, before an answer came; whether the server
  /// executed is unknown.
  record Aborted() implements Outcome {}

  /// A broadcast went out and its turnaround delay is over; nobody answers a broadcast (SL 2.1).
  record Broadcast() implements Outcome {}

  /// What was wrong with bytes that came instead of an answer.
  enum NoiseReason {
    /// Bytes that make no frame.
    GARBAGE,
    /// A frame that ended before its length.
    TRUNCATED,
    /// A checksum did not match.
    CHECKSUM,
    /// An answer of another unit.
    WRONG_UNIT,
    /// An answer to another function.
    WRONG_FUNCTION,
    /// A byte count, quantity or echo that does not belong to the request.
    WRONG_CONTENT
  }
}
