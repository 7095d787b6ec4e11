package io.plantbus.app.scada;

/// How the SCADA endpoint does, at one moment.
///
/// @param name where a client finds it, such as `tls://127.0.0.1:802`
/// @param clients connected now
/// @param denials requests that a client's role is not allowed, since the start
/// @param turnedAway connections that were not let in, since the start: too many, an address that
///   is not admitted, or no certificate that is trusted
public record ScadaReport(String name, int clients, long denials, long turnedAway) {}
