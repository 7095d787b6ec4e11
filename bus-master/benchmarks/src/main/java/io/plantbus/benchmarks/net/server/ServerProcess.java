package io.plantbus.benchmarks.net.server;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/// One server in a process of its own: prints `listening PORT`, and then what all of its threads
/// have allocated in bytes, after a collection of garbage if asked to `collect`.
public final class ServerProcess {
  private ServerProcess() {}

  /// Serves until the end of its input.
  ///
  /// @param args the [ServerKind]
  public static void main(String[] args) throws Exception {
    System.out.println("listening " + ServerKind.valueOf(args[0]).start());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("collect")) {
        System.gc();
      }
      System.out.println(threads.getTotalThreadAllocatedBytes());
    }
    System.exit(0);
  }
}
