package io.plantbus.benchmarks.net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.plantbus.benchmarks.net.Load;
import io.plantbus.benchmarks.net.server.PlantbusServer;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.tcp.NettyStreamPort;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a transaction allocates on the threads of the TCP port once everything is compiled. A run
/// that is still being compiled allocates more, so the best of several counts.
class TcpAllocationTest {
  private static final int MOST_RUNS = 40;
  private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String THREADS = "plantbus-tcp-";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final StreamPort served = new NettyStreamPort(NanoClock.system(), 1, (_, _) -> {});
  private long[] serving = {};
  private int port;

  @BeforeEach
  void serve() throws Exception {
    assumeTrue(
        threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled(),
        "this JVM does not tell what a thread allocates");
    StreamListener listener = served.listen("127.0.0.1", 0, 4, PlantbusServer.acceptor());
    port = listener.port();
    serving = portThreads();
  }

  @AfterEach
  void end() {
    served.close();
  }

  private long[] portThreads() {
    return Arrays.stream(threads.dumpAllThreads(false, false))
        .filter(thread -> thread.getThreadName().startsWith(THREADS))
        .mapToLong(ThreadInfo::getThreadId)
        .toArray();
  }

  private long allocated(long[] ids) {
    return Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
  }

  @Test
  void aLineAllocatesNothingForATransaction() throws Exception {
    assertEquals(0, least(new Load(1, 1, 125), LineClient::new, false, 0));
  }

  @Test
  void aLineAllocatesNothingForAWindowOfTransactions() throws Exception {
    assertEquals(0, least(new Load(1, 16, 10), LineClient::new, false, 0));
  }

  /// The request, the response and a block of its own with the registers.
  @Test
  void aServerAllocatesWhatItHandsOutAndNoMore() throws Exception {
    int bound = 200;
    long few = least(new Load(1, 1, 10), SocketClient::new, true, bound);
    long many = least(new Load(1, 1, 125), SocketClient::new, true, bound + 230);
    assertTrue(few <= bound, few + " bytes for ten registers");
    assertTrue(many <= bound + 230, many + " bytes for 125 registers");
  }

  /// Whole bytes for each transaction in the most frugal run, or the first that is good enough.
  private long least(Load load, Supplier<Client> kind, boolean ofServer, long goodEnough)
      throws Exception {
    long least = Long.MAX_VALUE;
    for (int run = 0; run < MOST_RUNS && least > goodEnough; run++) {
      Client client = kind.get();
      client.open(port, load);
      try {
        long[] ids = ofServer ? serving : clientThreads();
        long before = allocated(ids);
        Meter meter = new Meter(RUN_NANOS);
        client.run(meter);
        least = Math.min(least, (allocated(ids) - before) / meter.transactions());
      } finally {
        client.end();
      }
    }
    return least;
  }

  private long[] clientThreads() {
    return Arrays.stream(portThreads())
        .filter(id -> Arrays.stream(serving).noneMatch(server -> server == id))
        .toArray();
  }
}
