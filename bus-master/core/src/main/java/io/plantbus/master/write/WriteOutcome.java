package io.plantbus.master.write;

import io.plantbus.protocols.modbus.Response;

/// What became of a write. Nothing else is ever called success than the device's own
/// acknowledgement.
public sealed interface WriteOutcome {
  /// The device acknowledged.
  record Acknowledged() implements WriteOutcome {}

  /// The device took it and is still working on it (exception 05, AP 7): it is not sent again, and
  /// its value tells when it is done.
  record Accepted() implements WriteOutcome {}

  /// The device refused.
  ///
  /// @param refusal the exception
  record Refused(Response.Refusal refusal) implements WriteOutcome {}

  /// It was sent and no valid answer came: the device may or may not have done it.
  ///
  /// @param reason what came instead, for a person
  record Unknown(String reason) implements WriteOutcome {}

  /// Its time to live ended before it could be sent; it never will be.
  record Expired() implements WriteOutcome {}

  /// It was never sent: no such tag, not writable, out of range, or too many writes waiting.
  ///
  /// @param reason what is wrong and what to do, for a person
  record Rejected(String reason) implements WriteOutcome {}
}
