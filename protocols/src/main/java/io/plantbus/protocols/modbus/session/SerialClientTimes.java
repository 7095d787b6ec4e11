package io.plantbus.protocols.modbus.session;

/// The times that a client keeps on a serial line of any framing, all in nanoseconds and not
/// negative.
///
/// @param characterNanos time of one character on the wire
/// @param silenceNanos silence before each request
/// @param turnaroundNanos time that servers get to execute a broadcast
/// @param drainNanos time that the line is left alone after a request without an answer
record SerialClientTimes(
    long characterNanos, long silenceNanos, long turnaroundNanos, long drainNanos) {}
