package io.plantbus.protocols.modbus.trace;

/// What must be known of a line to listen to it.
///
/// @param framing how its frames are delimited
/// @param silenceNanos pause on a serial line after which nothing more of a frame comes, positive;
///   generous, as adapters gather bytes: it delays only what is told of noise and of functions
///   whose length is unknown
/// @param answerTimeoutNanos from a request to the time at which its answer counts as late,
///   positive
public record EavesdropperSettings(
    LineFraming framing, long silenceNanos, long answerTimeoutNanos) {
  public EavesdropperSettings {
    if (silenceNanos < 1 || answerTimeoutNanos < 1) {
      throw new IllegalArgumentException("silence and time-out must be positive");
    }
  }
}
