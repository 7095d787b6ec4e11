package io.plantbus.hal.tcp;

import io.plantbus.hal.Agent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agents that serve the links of a listener, each on the event loop of its link.
final class Serving {
  private static final Logger LOGGER = LoggerFactory.getLogger(Serving.class);

  private final String listener;
  private final Set<EventLoopAgent> agents = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /// @param listener its name in the log
  Serving(String listener) {
    this.listener = listener;
  }

  /// Starts what serves a link; called on the loop of the runner.
  ///
  /// @param acceptor makes the agent
  /// @return null if there is none, and the link is closed
  @Nullable EventLoopAgent serve(
      AcceptedLink link, EventLoopRunner runner, Supplier<Agent> acceptor) {
    Waker waker = new Waker();
    link.onActivity(waker);
    Agent agent;
    try {
      agent = acceptor.get();
    } catch (RuntimeException | Error failure) {
      LOGGER
          .atError()
          .addKeyValue("listener", listener)
          .addKeyValue("peer", link.peer())
          .setCause(failure)
          .log("connection closed: it could not be served");
      link.close();
      return null;
    }
    EventLoopAgent run = runner.start(agent, ended -> left(ended, link));
    waker.agent = run;
    link.onFinished(run::stop);
    agents.add(run);
    if (stopped) {
      run.stop();
    }
    return run;
  }

  private void left(EventLoopAgent run, AcceptedLink link) {
    agents.remove(run);
    link.close();
  }

  /// Stops all, and whoever comes later.
  void stopAll() {
    stopped = true;
    agents.forEach(EventLoopAgent::stop);
  }

  boolean isStopped() {
    return stopped;
  }

  /// Waits for those that were stopped.
  ///
  /// @param endNanos when to give up, as `System.nanoTime`
  void awaitStopped(long endNanos) {
    EventLoops.awaitStopped(agents, endNanos);
  }

  /// Wakes the agent of a link, which is known only after the link was handed to it.
  private static final class Waker implements Runnable {
    private @Nullable EventLoopAgent agent;

    @Override
    public void run() {
      if (agent != null) {
        agent.wake();
      }
    }
  }
}
