package io.plantbus.master.write;

import io.plantbus.protocols.modbus.Response;

/// What the device answered to a write, or why it was not asked. Nothing else is ever called
/// success than the device's own acknowledgement; whether the value is really there is told later,
/// by [WriteState#CONFIRMED] or [WriteState#DIVERGED].
public sealed interface WriteOutcome {
  /// Why it is no plain acknowledgement, for a person; empty if it is one.
  String reason();

  /// The state that a write has by this answer.
  default WriteState state() {
    return switch (this) {
      case Acknowledged _, Accepted _ -> WriteState.ACKNOWLEDGED;
      case Refused _ -> WriteState.REFUSED;
      case Unknown _ -> WriteState.UNKNOWN;
      case Expired _ -> WriteState.EXPIRED;
      case Rejected _ -> WriteState.REJECTED;
      case Superseded _ -> WriteState.SUPERSEDED;
    };
  }

  /// The device acknowledged.
  record Acknowledged() implements WriteOutcome {
    @Override
    public String reason() {
      return "";
    }
  }

  /// The device took it and is still working on it (exception 05, AP 7): it is not sent again, and
  /// its value tells when it is done.
  record Accepted() implements WriteOutcome {
    @Override
    public String reason() {
      return "accepted by the device, which is still working on it (exception 05)";
    }
  }

  /// The device refused.
  ///
  /// @param refusal the exception
  record Refused(Response.Refusal refusal) implements WriteOutcome {
    @Override
    public String reason() {
      return "refused by the device with exception %02x".formatted(refusal.code());
    }
  }

  /// It was sent and no valid answer came: the device may or may not have done it.
  ///
  /// @param reason what came instead, for a person
  record Unknown(String reason) implements WriteOutcome {}

  /// Its time to live ended before it could be sent; it never will be.
  record Expired() implements WriteOutcome {
    @Override
    public String reason() {
      return "could not be sent within its time to live";
    }
  }

  /// It was never sent: no such tag, not writable, out of range, or too many writes waiting.
  ///
  /// @param reason what is wrong and what to do, for a person
  record Rejected(String reason) implements WriteOutcome {}

  /// It was not sent, because a later write to the same tag took its place.
  ///
  /// @param by the id of that write
  record Superseded(long by) implements WriteOutcome {
    @Override
    public String reason() {
      return "write " + by + " to the same tag took its place";
    }
  }
}
