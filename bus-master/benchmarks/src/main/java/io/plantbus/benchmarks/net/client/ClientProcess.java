package io.plantbus.benchmarks.net.client;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.plantbus.benchmarks.net.Load;
import io.plantbus.benchmarks.net.Measured;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// One client in a process of its own: reads `run PORT CONNECTIONS WINDOW REGISTERS MILLIS`, does
/// that, and prints what it measured.
public final class ClientProcess {
  private ClientProcess() {}

  /// Measures until the end of its input.
  ///
  /// @param args the [ClientKind]
  public static void main(String[] args) throws Exception {
    ClientKind kind = ClientKind.valueOf(args[0]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int[] words =
          Arrays.stream(line.split(" ", -1)).skip(1).mapToInt(Integer::parseInt).toArray();
      System.out.println(
          measure(kind, words[0], new Load(words[1], words[2], words[3]), words[4]).line());
    }
    System.exit(0);
  }

  private static Measured measure(ClientKind kind, int port, Load load, int millis)
      throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Client client = kind.make();
    try {
      client.open(port, load);
      long cpu = process.getProcessCpuTime();
      long allocated = threads.getTotalThreadAllocatedBytes();
      Meter meter = new Meter(TimeUnit.MILLISECONDS.toNanos(millis));
      client.run(meter);
      long nanos = System.nanoTime() - meter.startNanos();
      return new Measured(
          meter.transactions(),
          nanos,
          meter.percentile(0.5),
          meter.percentile(0.99),
          meter.percentile(0.999),
          process.getProcessCpuTime() - cpu,
          threads.getTotalThreadAllocatedBytes() - allocated,
          0,
          0,
          0);
    } finally {
      client.end();
    }
  }
}
