package io.plantbus.benchmarks.net.client;

import io.plantbus.benchmarks.net.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Blocking calls, one connection and one thread for each.
abstract class ThreadPerConnection implements Client {
  /// One connection.
  interface Connection {
    /// Asks and waits for the answer.
    void ask() throws Exception;

    /// Closes it.
    void end();
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Connection> connections = new ArrayList<>();

  abstract Connection connect(int port, int registers) throws Exception;

  @Override
  public void open(int port, Load load) throws Exception {
    for (int i = 0; i < load.connections(); i++) {
      connections.add(connect(port, load.registers()));
    }
  }

  @Override
  public void run(Meter meter) throws Exception {
    if (connections.size() == 1) {
      drive(connections.getFirst(), meter);
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    for (Connection connection : connections) {
      running.add(
          threads.submit(
              () -> {
                drive(connection, meter);
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }
  }

  private static void drive(Connection connection, Meter meter) throws Exception {
    long sent = System.nanoTime();
    boolean more = true;
    while (more) {
      connection.ask();
      long now = System.nanoTime();
      more = meter.answeredBeside(sent, now);
      sent = now;
    }
  }

  @Override
  public void end() throws Exception {
    for (Connection connection : connections) {
      connection.end();
    }
    threads.shutdown();
  }
}
