package io.plantbus.benchmarks.net;

/// What is asked of a party: function code 3, as fast as it goes.
///
/// @param connections how many at once, 1..4096
/// @param window requests under way on each, 1..16
/// @param registers read by each request, 1..125
public record Load(int connections, int window, int registers) {
  /// The command that runs it.
  ///
  /// @param port TCP port of the server on the loopback interface
  /// @param millis for how long new requests are sent
  public String command(int port, long millis) {
    return "run %d %d %d %d %d".formatted(port, connections, window, registers, millis);
  }
}
