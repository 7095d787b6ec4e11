package io.plantbus.benchmarks.net.client;

import io.plantbus.benchmarks.net.Load;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.tcp.NettyStreamPort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Lines of this project, each an agent on the event loop of its channel.
final class LineClient implements Client {
  private final StreamPort port =
      new NettyStreamPort(NanoClock.system(), (_, failure) -> failure.printStackTrace());
  private final List<LineAtFullSpeed> lines = new ArrayList<>();
  private final List<AgentHandle> handles = new ArrayList<>();

  @Override
  public void open(int tcpPort, Load load) throws InterruptedException {
    for (int i = 0; i < load.connections(); i++) {
      AgentRunner runner = port.newRunner();
      LineAtFullSpeed line =
          new LineAtFullSpeed(
              port.opener(runner, "127.0.0.1", tcpPort, TimeUnit.SECONDS.toNanos(5)), load);
      lines.add(line);
      handles.add(runner.start(line));
    }
    for (LineAtFullSpeed line : lines) {
      line.awaitOpen();
    }
  }

  @Override
  public void run(Meter meter) throws InterruptedException {
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).begin(meter);
      handles.get(i).wake();
    }
    for (LineAtFullSpeed line : lines) {
      line.awaitEnd();
    }
  }

  @Override
  public void end() {
    port.close();
  }
}
