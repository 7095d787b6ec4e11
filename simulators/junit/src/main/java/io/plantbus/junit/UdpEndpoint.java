package io.plantbus.junit;

/// Where a UDP line of a bench listens.
///
/// @param host address to send to
/// @param port 1..65535
public record UdpEndpoint(String host, int port) {}
