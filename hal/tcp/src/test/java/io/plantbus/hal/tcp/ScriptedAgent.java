package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An agent whose step is a lambda, and which can be awaited.
final class ScriptedAgent implements Agent {
  /// What an agent does in a step.
  interface Script {
    long step(long nowNanos) throws Exception;
  }

  /// Long enough for any machine; a test that waits this long has failed.
  static final long PATIENCE_SECONDS = 20;

  final AtomicInteger steps = new AtomicInteger();
  final CountDownLatch done = new CountDownLatch(1);
  final CountDownLatch started = new CountDownLatch(1);
  final CountDownLatch stopped = new CountDownLatch(1);
  private final String name;
  private final Script script;
  private volatile AgentHandle handle =
      new AgentHandle() {
        @Override
        public void wake() {}

        @Override
        public void stop() {}

        @Override
        public boolean awaitStopped(long timeoutNanos) {
          return false;
        }
      };

  ScriptedAgent(String name, Script script) {
    this.name = name;
    this.script = script;
  }

  /// Starts this agent and makes its handle known to its steps.
  AgentHandle startOn(AgentRunner runner) {
    handle = runner.start(this);
    started.countDown();
    return handle;
  }

  AgentHandle handle() {
    return handle;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long step(long nowNanos) {
    try {
      assertTrue(started.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
      steps.incrementAndGet();
      return script.step(nowNanos);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stopped() {
    stopped.countDown();
  }

  void awaitDone() throws InterruptedException {
    await(done, name + " did not get done");
  }

  static void await(CountDownLatch latch, String otherwise) throws InterruptedException {
    assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS), otherwise);
  }
}
