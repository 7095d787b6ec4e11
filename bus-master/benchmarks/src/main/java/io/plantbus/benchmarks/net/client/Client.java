package io.plantbus.benchmarks.net.client;

import io.plantbus.benchmarks.net.Load;

/// A Modbus TCP client under full load, for one run.
interface Client {
  /// Opens the connections and waits for that.
  ///
  /// @param port of the server on the loopback interface
  void open(int port, Load load) throws Exception;

  /// Sends requests until the time is over, and returns when all are answered.
  void run(Meter meter) throws Exception;

  /// Closes the connections and ends its threads.
  void end() throws Exception;
}
