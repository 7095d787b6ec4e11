package io.plantbus.junit;

/// Where a TCP line of a bench listens.
///
/// @param host address to connect to
/// @param port 1..65535
/// @param secured whether it speaks TLS, with the files of the bench
public record TcpEndpoint(String host, int port, boolean secured) {}
