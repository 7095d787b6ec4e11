package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopRunnerTest {
  private static final long MILLI = 1_000_000;

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final NettyStreamPort port =
      new NettyStreamPort(NanoClock.system(), 1, (_, failure) -> failures.add(failure));
  private final AgentRunner runner = port.newRunner();

  @AfterEach
  void closePort() {
    port.close();
    assertTrue(failures.isEmpty(), () -> "unexpected: " + failures);
  }

  /// Starts an agent and waits for the end of its first step.
  private ScriptedAgent startAndStep(String name, ScriptedAgent.Script script) throws Exception {
    ScriptedAgent agent = start(name, script);
    barrier();
    return agent;
  }

  private ScriptedAgent start(String name, ScriptedAgent.Script script) {
    ScriptedAgent agent = new ScriptedAgent(name, script);
    agent.startOn(runner);
    return agent;
  }

  @Test
  void aDeadlineBringsAStep() throws Exception {
    List<Long> times = new ArrayList<>();
    CountDownLatch second = new CountDownLatch(2);
    start(
        "deadline",
        now -> {
          times.add(now);
          second.countDown();
          return times.size() == 1 ? now + 5 * MILLI : Agent.NEVER;
        });
    ScriptedAgent.await(second, "the deadline brought no step");
    assertTrue(times.get(1) - times.get(0) >= 5 * MILLI);
  }

  @Test
  void aDeadlineThatMovesAwayBringsNoStepAtTheOldOne() throws Exception {
    List<Long> times = new ArrayList<>();
    CountDownLatch third = new CountDownLatch(3);
    ScriptedAgent agent =
        startAndStep(
            "moving",
            now -> {
              times.add(now);
              third.countDown();
              return switch (times.size()) {
                case 1 -> now + 200 * MILLI;
                case 2 -> now + 300 * MILLI;
                default -> Agent.NEVER;
              };
            });
    agent.handle().wake();
    ScriptedAgent.await(third, "the later deadline brought no step");
    assertTrue(times.get(2) - times.get(1) >= 300 * MILLI);
  }

  @Test
  void anEarlierDeadlineReplacesTheArmedOne() throws Exception {
    CountDownLatch third = new CountDownLatch(3);
    ScriptedAgent agent =
        startAndStep(
            "earlier",
            now -> {
              third.countDown();
              return switch ((int) third.getCount()) {
                case 2 -> now + TimeUnit.HOURS.toNanos(5);
                case 1 -> now + MILLI;
                default -> Agent.NEVER;
              };
            });
    agent.handle().wake();
    ScriptedAgent.await(third, "the earlier deadline brought no step");
  }

  @Test
  void wakesDuringAStepAreOneStepMore() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ScriptedAgent agent =
        start(
            "busy",
            _ -> {
              inside.countDown();
              ScriptedAgent.await(go, "never told to go");
              return Agent.NEVER;
            });
    ScriptedAgent.await(inside, "no first step");
    for (int i = 0; i < 1000; i++) {
      agent.handle().wake();
    }
    go.countDown();
    barrier();
    assertEquals(2, agent.steps.get());
  }

  @Test
  void anAgentThatWakesItselfIsNotReentered() throws Exception {
    AtomicBoolean inside = new AtomicBoolean();
    ScriptedAgent[] self = new ScriptedAgent[1];
    ScriptedAgent agent =
        new ScriptedAgent(
            "self",
            _ -> {
              assertFalse(inside.getAndSet(true), "entered twice");
              if (self[0].steps.get() < 5) {
                self[0].handle().wake();
                self[0].handle().wake();
              } else {
                self[0].done.countDown();
              }
              inside.set(false);
              return Agent.NEVER;
            });
    self[0] = agent;
    agent.startOn(runner);
    agent.awaitDone();
    barrier();
    assertEquals(5, agent.steps.get());
  }

  @Test
  void agentsThatWakeEachOtherTakeTurns() throws Exception {
    ScriptedAgent[] pair = new ScriptedAgent[2];
    CountDownLatch turns = new CountDownLatch(10_000);
    for (int i = 0; i < 2; i++) {
      int me = i;
      pair[i] =
          new ScriptedAgent(
              "turn-" + i,
              _ -> {
                turns.countDown();
                if (turns.getCount() > 0) {
                  pair[1 - me].handle().wake();
                }
                return Agent.NEVER;
              });
    }
    pair[0].startOn(runner);
    pair[1].startOn(runner);
    ScriptedAgent.await(turns, "a wake was lost");
  }

  @Test
  void anAgentThatAlwaysWantsAnotherStepStarvesNobody() throws Exception {
    ScriptedAgent greedy = start("greedy", now -> now);
    CountDownLatch ticks = new CountDownLatch(20);
    start(
        "modest",
        now -> {
          ticks.countDown();
          return ticks.getCount() == 0 ? Agent.NEVER : now + MILLI / 10;
        });
    ScriptedAgent.await(ticks, "the other agent got no steps");
    assertTrue(greedy.steps.get() > 20);
  }

  @Test
  void anAgentThatThrowsIsReportedAndStoppedAlone() throws Exception {
    IllegalStateException bug = new IllegalStateException("bug");
    ScriptedAgent other = start("other", _ -> Agent.NEVER);
    ScriptedAgent failing =
        start(
            "failing",
            _ -> {
              throw bug;
            });
    ScriptedAgent.await(failing.stopped, "stopped() was not called");
    assertSame(bug, failures.remove());
    failing.handle().wake();
    int before = other.steps.get();
    other.handle().wake();
    barrier();
    assertEquals(1, failing.steps.get());
    assertTrue(other.steps.get() > before);
    assertTrue(failing.handle().awaitStopped(1));
  }

  @Test
  void noStepBeginsAfterAStop() throws Exception {
    ScriptedAgent agent = start("ending", now -> now + MILLI / 10);
    AgentHandle handle = agent.handle();
    handle.stop();
    assertTrue(handle.awaitStopped(TimeUnit.SECONDS.toNanos(ScriptedAgent.PATIENCE_SECONDS)));
    assertEquals(0, agent.stopped.getCount());
    int steps = agent.steps.get();
    handle.wake();
    barrier();
    assertEquals(steps, agent.steps.get());
  }

  @Test
  void aClosedPortStopsItsAgentsAndTakesNoMore() throws Exception {
    ScriptedAgent agent = start("left", _ -> Agent.NEVER);
    port.close();
    assertTrue(agent.handle().awaitStopped(1));
    agent.handle().wake();
    agent.handle().stop();
    assertThrows(
        IllegalStateException.class,
        () -> runner.start(new ScriptedAgent("late", _ -> Agent.NEVER)));
  }

  /// Returns once everything that the loop was asked for before is done.
  private void barrier() throws InterruptedException {
    for (int round = 0; round < 2; round++) {
      ScriptedAgent[] self = new ScriptedAgent[1];
      ScriptedAgent agent =
          new ScriptedAgent(
              "barrier",
              now -> {
                if (self[0].steps.get() < 3) {
                  return now;
                }
                self[0].done.countDown();
                return Agent.NEVER;
              });
      self[0] = agent;
      agent.startOn(runner);
      agent.awaitDone();
    }
  }
}
