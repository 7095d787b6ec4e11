package io.plantbus.benchmarks.net.client;

import io.plantbus.benchmarks.net.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.PlcDriverManager;
import org.apache.plc4x.java.api.messages.PlcReadRequest;

/// Apache PLC4X, its request made once and executed again and again.
final class Plc4xClient implements Client {
  private final List<PlcConnection> connections = new ArrayList<>();
  private final List<Supplier<CompletionStage<?>>> calls = new ArrayList<>();
  private int window;

  @Override
  public void open(int port, Load load) throws Exception {
    window = load.window();
    for (int i = 0; i < load.connections(); i++) {
      PlcConnection connection =
          PlcDriverManager.getDefault()
              .getConnectionManager()
              .getConnection("modbus-tcp:tcp://127.0.0.1:" + port);
      PlcReadRequest request =
          connection
              .readRequestBuilder()
              .addTagAddress("registers", "holding-register:1:UINT[" + load.registers() + "]")
              .build();
      connections.add(connection);
      calls.add(request::execute);
    }
  }

  @Override
  public void run(Meter meter) throws InterruptedException {
    Futures.drive(calls, window, meter);
  }

  /// Each waits two idle seconds for its threads to end, which nobody waits for here.
  @Override
  public void end() {
    for (PlcConnection connection : connections) {
      Thread.ofPlatform().daemon(true).start(() -> close(connection));
    }
  }

  private static void close(PlcConnection connection) {
    try {
      connection.close();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
