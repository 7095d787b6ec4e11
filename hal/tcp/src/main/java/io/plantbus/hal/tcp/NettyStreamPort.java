package io.plantbus.hal.tcp;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// TCP through Netty, over Linux epoll where its native library loads and the JDK's selectors
/// elsewhere.
///
/// The threads `plantbus-tcp-N` are daemons. An agent steps on the thread on which its channel's
/// bytes arrive, inside the call that brings them, so an agent that computes or blocks for long
/// delays everybody on its runner.
///
/// Accepted links: the listener wakes the agent at every activity of its link, so the agent need
/// not set a callback. The agent is stopped when it has closed its link, when a `read` or `write`
/// has thrown the loss of the link, or one second after the loss whether it looked or not. Once the
/// agent has stopped, for whatever reason, its link is closed.
///
/// Safe for use by any thread.
public final class NettyStreamPort implements StreamPort {
  private static final int DEFAULT_THREADS = 2;

  private final EventLoops loops;
  private final NameResolver names = new NameResolver();
  private final Set<StreamListener> listeners = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// A port on two threads, or on one where there is one processor.
  ///
  /// @param clock read before each step; must run at the pace of real time
  /// @param onFailure told when an agent throws, on the agent's thread, before the agent is
  ///   stopped; must not throw
  public NettyStreamPort(NanoClock clock, BiConsumer<Agent, Throwable> onFailure) {
    this(clock, Math.min(DEFAULT_THREADS, Runtime.getRuntime().availableProcessors()), onFailure);
  }

  /// @param threads how many event loops, 1..64
  public NettyStreamPort(NanoClock clock, int threads, BiConsumer<Agent, Throwable> onFailure) {
    this(Transport.best(), clock, threads, onFailure);
  }

  NettyStreamPort(
      Transport transport, NanoClock clock, int threads, BiConsumer<Agent, Throwable> onFailure) {
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("threads must be 1..64, was " + threads);
    }
    this.loops = new EventLoops(transport, clock, threads, onFailure);
  }

  @Override
  public AgentRunner newRunner() {
    return loops.nextRunner();
  }

  /// {@inheritDoc}
  ///
  /// A name with several addresses is tried address by address, each for its share of the time-out.
  /// The opener throws `IllegalStateException` on another thread than the runner's.
  @Override
  public LinkOpener opener(AgentRunner runner, String host, int port, long connectTimeoutNanos) {
    if (!(runner instanceof EventLoopRunner ours) || !loops.holds(ours)) {
      throw new IllegalArgumentException("the runner was not made by this port");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1..65535, was " + port);
    }
    if (connectTimeoutNanos <= 0) {
      throw new IllegalArgumentException("connect time-out must be above 0");
    }
    return new TcpOpener(
        ours, loops.transport(), names, withoutBrackets(host), port, connectTimeoutNanos);
  }

  /// {@inheritDoc}
  ///
  /// Waits for the name server, if `host` is a name, and for the operating system.
  ///
  /// @throws IllegalStateException if called on an event loop of this port, that is by an agent
  @Override
  public StreamListener listen(String host, int port, int maxConnections, StreamAcceptor acceptor)
      throws PortException {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0..65535, was " + port);
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("connections must be above 0, was " + maxConnections);
    }
    if (loops.isInside()) {
      throw new IllegalStateException("an agent cannot listen: that waits for its own thread");
    }
    String name = "tcp://" + TcpNames.endpoint(host, port);
    if (closed) {
      throw TcpFault.portClosed(name).exception();
    }
    InetSocketAddress address;
    try {
      address = new InetSocketAddress(InetAddress.getByName(withoutBrackets(host)), port);
    } catch (UnknownHostException _) {
      throw TcpFault.unknownHost(name, host).exception();
    }
    StreamListener listener =
        new NettyStreamListener(loops, address, maxConnections, acceptor, listeners::remove);
    listeners.add(listener);
    return listener;
  }

  /// Closes listeners, stops agents, closes what they left open and ends the threads. Waits for
  /// that up to some seconds, and not at all on one of its own event loops. A name look-up that the
  /// system has not answered may keep its daemon thread for longer.
  @Override
  public void close() {
    closed = true;
    names.close();
    List.copyOf(listeners).forEach(StreamListener::close);
    loops.close();
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
