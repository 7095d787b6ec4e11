package io.plantbus.hal.tcp;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.tcp.tls.TlsSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// TCP, TLS and UDP through Netty, over Linux epoll where its native library loads and the JDK's
/// selectors elsewhere.
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
/// Ports made from this one by [#secured(TlsSettings)], [#keptAlive(KeepAlive)] and [#datagrams()]
/// share its threads, and agents on any of its runners may own their links. They are closed with
/// it; closing one of them closes its listeners only.
///
/// Safe for use by any thread.
public final class NettyStreamPort implements StreamPort {
  private static final int DEFAULT_THREADS = 2;

  private final EventLoops loops;
  private final NameResolver names;
  private final StreamOptions options;
  private final boolean derived;

  /// How to close listeners, and ports made from this one.
  private final Map<Object, Runnable> parts = new ConcurrentHashMap<>();

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
    this.names = new NameResolver();
    this.options = new StreamOptions(transport, KeepAlive.DEFAULT, null);
    this.derived = false;
  }

  private NettyStreamPort(NettyStreamPort base, StreamOptions options) {
    this.loops = base.loops;
    this.names = base.names;
    this.options = options;
    this.derived = true;
    this.closed = base.closed;
  }

  /// The same port speaking TLS, for openers and listeners both.
  public NettyStreamPort secured(TlsSettings tls) {
    return derive(new StreamOptions(options.transport(), options.keepAlive(), tls));
  }

  /// The same port with another watch over silent peers.
  public NettyStreamPort keptAlive(KeepAlive keepAlive) {
    return derive(new StreamOptions(options.transport(), keepAlive, options.tls()));
  }

  private NettyStreamPort derive(StreamOptions other) {
    NettyStreamPort port = new NettyStreamPort(this, other);
    parts.put(port, port::close);
    return port;
  }

  /// UDP on the threads of this port.
  public DatagramPort datagrams() {
    NettyDatagramPort port = new NettyDatagramPort(loops, names);
    parts.put(port, port::close);
    return port;
  }

  @Override
  public AgentRunner newRunner() {
    return loops.nextRunner();
  }

  /// {@inheritDoc}
  ///
  /// A name with several addresses is tried address by address, each for its share of the time-out;
  /// a TLS handshake has its own time-out after that. The opener throws `IllegalStateException` on
  /// another thread than the runner's.
  @Override
  public LinkOpener opener(AgentRunner runner, String host, int port, long connectTimeoutNanos) {
    EventLoopRunner ours = loops.requireOurs(runner);
    TcpNames.requirePort(port, 1);
    if (connectTimeoutNanos <= 0) {
      throw new IllegalArgumentException("connect time-out must be above 0");
    }
    return new TcpOpener(
        ours, options, names, TcpNames.withoutBrackets(host), port, connectTimeoutNanos);
  }

  /// {@inheritDoc}
  ///
  /// Waits for the name server, if `host` is a name, and for the operating system.
  ///
  /// @throws IllegalStateException if called on an event loop of this port, that is by an agent
  @Override
  public StreamListener listen(
      String host, int port, ListenSettings settings, StreamAcceptor acceptor)
      throws PortException {
    TcpNames.requirePort(port, 0);
    loops.requireOutside();
    String name = options.scheme() + TcpNames.endpoint(host, port);
    if (closed) {
      throw TcpFault.portClosed(name).exception();
    }
    InetSocketAddress address = TcpNames.local(name, host, port);
    NettyStreamListener listener =
        new NettyStreamListener(loops, options, address, settings, acceptor, parts::remove);
    parts.put(listener, listener::close);
    return listener;
  }

  /// Closes listeners, stops agents, closes what they left open and ends the threads. Waits for
  /// that up to some seconds, and not at all on one of its own event loops. A name look-up that the
  /// system has not answered may keep its daemon thread for longer. A port made from another one
  /// closes its listeners only.
  @Override
  public void close() {
    closed = true;
    List.copyOf(parts.values()).forEach(Runnable::run);
    if (!derived) {
      names.close();
      loops.close();
    }
  }
}
