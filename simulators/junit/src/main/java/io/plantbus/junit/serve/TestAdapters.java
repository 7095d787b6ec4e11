package io.plantbus.junit.serve;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.Link;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.ThreadRunner;
import io.plantbus.hal.TlsFiles;
import io.plantbus.hal.linux.PseudoTerminal;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.hal.tcp.tls.TlsSettings;
import io.plantbus.simulators.endpoint.EndpointAdapters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The adapters of one bench: pseudo terminals of Linux, and what it listens with on the threads
/// that all benches share. Safe for use by any thread.
public final class TestAdapters implements EndpointAdapters, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TestAdapters.class);

  private final NettyStreamPort sockets;
  private final ThreadRunner threads = new ThreadRunner(NanoClock.system(), TestAdapters::failed);
  private final List<Runnable> closing = new ArrayList<>();

  /// @param sockets stays the caller's
  public TestAdapters(NettyStreamPort sockets) {
    this.sockets = sockets;
  }

  /// Sockets for any number of benches, on one thread.
  public static NettyStreamPort sockets() {
    return new NettyStreamPort(NanoClock.system(), 1, TestAdapters::failed);
  }

  @Override
  public NanoClock clock() {
    return NanoClock.system();
  }

  @Override
  public AgentRunner threads() {
    return threads;
  }

  @Override
  public Link terminal(Path name, SerialSettings settings) throws PortException {
    return PseudoTerminal.open(name, settings, clock());
  }

  @Override
  public StreamPort streams(@Nullable TlsFiles tls) throws PortException {
    if (tls == null) {
      return sockets;
    }
    NettyStreamPort secured = sockets.secured(TlsSettings.load(tls));
    whenClosed(secured::close);
    return secured;
  }

  @Override
  public DatagramPort datagrams() {
    DatagramPort datagrams = sockets.datagrams();
    whenClosed(datagrams::close);
    return datagrams;
  }

  private synchronized void whenClosed(Runnable close) {
    closing.add(close);
  }

  private static void failed(Agent agent, Throwable failure) {
    LOG.atError().addKeyValue("agent", agent.name()).setCause(failure).log("agent failed");
  }

  /// Closes what was made for this bench.
  @Override
  public synchronized void close() {
    closing.forEach(Runnable::run);
    closing.clear();
  }
}
