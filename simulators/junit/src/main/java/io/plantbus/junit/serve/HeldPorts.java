package io.plantbus.junit.serve;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.TlsFiles;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchPorts;
import io.plantbus.simulators.i2c.I2cTarget;
import org.jspecify.annotations.Nullable;

/// Real endpoints of a bench whose physics and faults live by a held time. The servers themselves
/// go by the wall, so that they answer at once and tell frames apart by silence; they are woken
/// when time is advanced, for answers that become due.
///
/// @param ports the endpoints
/// @param time what physics and faults live by
/// @param wall what drivers of chips wait by
public record HeldPorts(BenchPorts ports, HeldTime time, NanoClock wall) implements BenchPorts {
  @Override
  public AgentRunner serialRunner(BenchLine.Serial line) {
    AgentRunner runner = ports.serialRunner(line);
    return new AgentRunner() {
      @Override
      public NanoClock clock() {
        return runner.clock();
      }

      @Override
      public AgentHandle start(Agent agent) {
        return runner.start(time.watching(agent));
      }
    };
  }

  @Override
  public LinkOpener serial(BenchLine.Serial line) {
    return ports.serial(line);
  }

  @Override
  public StreamPort streams(@Nullable TlsFiles tls) throws PortException {
    return new WatchingStreams(ports.streams(tls), time);
  }

  @Override
  public DatagramPort datagrams() {
    return new WatchingDatagrams(ports.datagrams(), time);
  }

  @Override
  public I2cTarget soldered(String name, I2cTarget chip) {
    return new WaitedForChip(chip, wall, wall.nanoTime());
  }

  @Override
  public AgentRunner processRunner() {
    return time;
  }

  private record WatchingStreams(StreamPort port, HeldTime time) implements StreamPort {
    @Override
    public AgentRunner newRunner() {
      return port.newRunner();
    }

    @Override
    public LinkOpener opener(AgentRunner runner, String host, int tcpPort, long timeoutNanos) {
      return port.opener(runner, host, tcpPort, timeoutNanos);
    }

    @Override
    public StreamListener listen(
        String host, int tcpPort, ListenSettings settings, StreamAcceptor acceptor)
        throws PortException {
      return port.listen(host, tcpPort, settings, link -> time.watching(acceptor.accept(link)));
    }

    @Override
    public void close() {
      port.close();
    }
  }

  private record WatchingDatagrams(DatagramPort port, HeldTime time) implements DatagramPort {
    @Override
    public AgentRunner newRunner() {
      return port.newRunner();
    }

    @Override
    public LinkOpener opener(AgentRunner runner, String host, int udpPort) {
      return port.opener(runner, host, udpPort);
    }

    @Override
    public DatagramListener listen(
        String host, int udpPort, ListenSettings settings, DatagramAcceptor acceptor)
        throws PortException {
      return port.listen(host, udpPort, settings, link -> time.watching(acceptor.accept(link)));
    }

    @Override
    public void close() {
      port.close();
    }
  }

  /// A chip for which time also goes by on the wall: a driver that waits for a conversion, as it
  /// must with hardware, gets its result though nobody advances the held time.
  private record WaitedForChip(I2cTarget chip, NanoClock wall, long startNanos)
      implements I2cTarget {
    private long time(long heldNanos) {
      return heldNanos + wall.nanoTime() - startNanos;
    }

    @Override
    public boolean start(boolean reading, long nowNanos) {
      return chip.start(reading, time(nowNanos));
    }

    @Override
    public long stretchNanos(long nowNanos) {
      return chip.stretchNanos(time(nowNanos));
    }

    @Override
    public boolean write(int value, long nowNanos) {
      return chip.write(value, time(nowNanos));
    }

    @Override
    public int read(long nowNanos) {
      return chip.read(time(nowNanos));
    }

    @Override
    public void stop(long nowNanos) {
      chip.stop(time(nowNanos));
    }
  }
}
