package io.plantbus.benchmarks;

import io.plantbus.hal.NanoClock;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.tcp.NettyStreamPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Modbus TCP transactions per second of one line at full speed, beside a plain socket ping-pong of
/// the same bytes in the same run: interleaved rounds, medians.
public final class TcpLine {
  private static final int ROUNDS = 7;
  private static final int TRANSACTIONS = 200_000;

  private TcpLine() {}

  /// Runs the comparison and prints a Markdown table.
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "%d processors, %s, Java %s, %d rounds of %d transactions, loopback%n%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        Runtime.version(),
        ROUNDS,
        TRANSACTIONS);
    System.out.println(
        "| registers | socket ping-pong /s | line, 1 in flight /s | ratio | allocated B/tx | line, 16 in flight /s |");
    System.out.println("|---:|---:|---:|---:|---:|---:|");
    try (StreamPort port =
        new NettyStreamPort(NanoClock.system(), (agent, failure) -> failure.printStackTrace())) {
      compare(port, 10);
      compare(port, 125);
    }
  }

  private static void compare(StreamPort port, int count) throws IOException, InterruptedException {
    List<Double> floor = new ArrayList<>();
    List<Double> line = new ArrayList<>();
    List<Double> pipelined = new ArrayList<>();
    double allocated = 0;
    try (RegisterResponder responder = new RegisterResponder(count)) {
      for (int round = -1; round < ROUNDS; round++) {
        double socket = SocketPingPong.run(responder.port(), count, TRANSACTIONS);
        LinePingPong.Result one = LinePingPong.run(port, responder.port(), count, TRANSACTIONS, 1);
        LinePingPong.Result many =
            LinePingPong.run(port, responder.port(), count, TRANSACTIONS, 16);
        if (round >= 0) {
          floor.add(socket);
          line.add(one.perSecond());
          pipelined.add(many.perSecond());
          allocated = one.bytesAllocated();
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %d | %.0f | %.0f | %.2f | %.1f | %.0f |%n",
        count,
        median(floor),
        median(line),
        median(line) / median(floor),
        allocated,
        median(pipelined));
  }

  private static double median(List<Double> figures) {
    Collections.sort(figures);
    return figures.get(figures.size() / 2);
  }
}
