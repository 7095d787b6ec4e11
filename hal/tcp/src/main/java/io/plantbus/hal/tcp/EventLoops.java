package io.plantbus.hal.tcp;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// The event loops of one port, each with its runner, and their threads. Safe for use by any
/// thread.
final class EventLoops implements AutoCloseable {
  private static final long AGENTS_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long THREADS_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Transport transport;
  private final NanoClock clock;
  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoopRunner> runners = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  EventLoops(
      Transport transport, NanoClock clock, int threads, BiConsumer<Agent, Throwable> onFailure) {
    this.transport = transport;
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    this.group =
        new MultiThreadIoEventLoopGroup(
            threads,
            task -> {
              Thread thread =
                  new FastThreadLocalThread(task, "plantbus-tcp-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            transport.ioHandlers());
    for (EventExecutor loop : group) {
      runners.add(new EventLoopRunner((EventLoop) loop, clock, onFailure));
    }
  }

  Transport transport() {
    return transport;
  }

  NanoClock clock() {
    return clock;
  }

  MultiThreadIoEventLoopGroup group() {
    return group;
  }

  /// The runners in turn.
  EventLoopRunner nextRunner() {
    return runners.get(Math.floorMod(next.getAndIncrement(), runners.size()));
  }

  /// The runner of a registered channel.
  EventLoopRunner runnerOf(Channel channel) {
    for (EventLoopRunner runner : runners) {
      if (runner.loop().equals(channel.eventLoop())) {
        return runner;
      }
    }
    throw new IllegalArgumentException("a channel of another port: " + channel);
  }

  /// @throws IllegalArgumentException if the runner belongs to somebody else
  EventLoopRunner requireOurs(AgentRunner runner) {
    if (runner instanceof EventLoopRunner ours && runners.contains(ours)) {
      return ours;
    }
    throw new IllegalArgumentException("the runner was not made by this port");
  }

  /// @throws IllegalStateException on one of these loops
  void requireOutside() {
    if (isInside()) {
      throw new IllegalStateException("an agent cannot listen: that waits for its own thread");
    }
  }

  /// Whether the calling thread is one of these loops', which must not wait for them.
  boolean isInside() {
    for (EventLoopRunner runner : runners) {
      if (runner.loop().inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  /// Tells when the operating system has let go of a channel that is being closed.
  ///
  /// A closed channel is not enough: the JDK keeps the descriptor of a channel that is registered
  /// with a selector, and the kernel goes on accepting connections for it, until the next
  /// selection.
  static Future<Void> released(Channel closing) {
    EventLoop loop = closing.eventLoop();
    Promise<Void> released = loop.newPromise();
    closing
        .closeFuture()
        .addListener(_ -> nextRound(loop, () -> nextRound(loop, () -> released.trySuccess(null))));
    return released;
  }

  /// Runs the task in the next round of the loop: two rounds on, it has selected in between.
  private static void nextRound(EventLoop loop, Runnable task) {
    try {
      var _ = loop.schedule(task, 1, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      task.run();
    }
  }

  /// Stops all agents, then the threads; waits up to 4 s in all, and not at all on one of these
  /// loops.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    boolean inside = isInside();
    long end = System.nanoTime() + AGENTS_NANOS;
    List<EventLoopAgent> stopping = new ArrayList<>();
    runners.forEach(runner -> stopping.addAll(runner.stopAll()));
    if (!inside) {
      awaitStopped(stopping, end);
    }
    group.terminationFuture().addListener(_ -> runners.forEach(EventLoopRunner::release));
    var _ = group.shutdownGracefully(0, THREADS_NANOS, TimeUnit.NANOSECONDS);
    if (!inside) {
      group.terminationFuture().awaitUninterruptibly(THREADS_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  /// Waits for agents that were told to stop; returns early if the thread is interrupted, which
  /// stays visible.
  ///
  /// @param endNanos when to give up, as `System.nanoTime`
  static void awaitStopped(Collection<EventLoopAgent> agents, long endNanos) {
    try {
      for (EventLoopAgent agent : agents) {
        agent.awaitStopped(endNanos - System.nanoTime());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
