package io.plantbus.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class BusSimulationTest {
  private final BusSimulation simulation = new BusSimulation(1);
  private final List<String> happened = new ArrayList<>();

  private Agent agent(String name, LongUnaryOperator step) {
    return new Agent() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long step(long nowNanos) {
        happened.add(name + "@" + nowNanos);
        return step.applyAsLong(nowNanos);
      }

      @Override
      public void stopped() {
        happened.add(name + " stopped");
      }
    };
  }

  @Test
  void agentsAreSteppedAtTheirDeadlinesInTheOrderOfAsking() {
    simulation.start(agent("a", now -> now + 10));
    simulation.start(agent("b", now -> now + 5));
    simulation.runFor(10);
    assertEquals(List.of("a@0", "b@0", "b@5", "a@10", "b@10"), happened);
    assertEquals(10, simulation.nowNanos());
  }

  @Test
  void aWokenAgentIsSteppedBeforeItsDeadlineAndOnlyOnce() {
    AgentHandle handle = simulation.start(agent("a", _ -> Agent.NEVER));
    simulation.at(
        7,
        () -> {
          handle.wake();
          handle.wake();
        });
    simulation.runFor(100);
    assertEquals(List.of("a@0", "a@7"), happened);
  }

  @Test
  void aWakeDuringAStepBringsAnotherStep() {
    AgentHandle[] handle = new AgentHandle[1];
    handle[0] =
        simulation.start(
            agent(
                "a",
                _ -> {
                  if (happened.size() == 1) {
                    handle[0].wake();
                  }
                  return Agent.NEVER;
                }));
    simulation.runFor(1);
    assertEquals(List.of("a@0", "a@0"), happened);
  }

  @Test
  void anOccupiedAgentIsNotSteppedMeanwhile() {
    AgentHandle handle =
        simulation.start(
            agent(
                "a",
                _ -> {
                  simulation.occupy(50);
                  return Agent.NEVER;
                }));
    simulation.at(10, handle::wake);
    simulation.runFor(100);
    assertEquals(List.of("a@0", "a@50"), happened);
  }

  @Test
  void aStoppedAgentGetsItsLastCallAndNoFurtherStep() throws InterruptedException {
    AgentHandle handle = simulation.start(agent("a", now -> now + 1));
    simulation.runFor(1);
    handle.stop();
    handle.wake();
    assertTrue(handle.awaitStopped(1_000));
    simulation.runFor(10);
    assertEquals(List.of("a@0", "a@1", "a stopped"), happened);
  }

  @Test
  void anAgentThatThrowsIsStoppedAndReported() {
    simulation.start(
        agent(
            "a",
            _ -> {
              throw new IllegalArgumentException("broken");
            }));
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> simulation.runFor(1));
    assertTrue(failure.toString().contains("agent a failed"), failure.toString());
    assertEquals(List.of("a@0", "a stopped"), happened);
  }

  @Test
  void anAgentThatSpinsIsReported() {
    Agent spinning =
        new Agent() {
          @Override
          public String name() {
            return "spinning";
          }

          @Override
          public long step(long nowNanos) {
            return nowNanos;
          }

          @Override
          public void stopped() {}
        };
    simulation.start(spinning);
    assertThrows(IllegalStateException.class, () -> simulation.runFor(1));
  }

  @Test
  void theWallClockFollowsVirtualTime() {
    simulation.runUntil(2_000_000_000L);
    assertEquals(
        BusSimulation.START.getEpochSecond() * 1_000_000 + 2_000_000,
        simulation.clock().epochMicros());
  }

  @Test
  void aConditionEndsTheRunAtItsEvent() {
    simulation.at(30, () -> happened.add("now"));
    assertTrue(simulation.runUntil(() -> !happened.isEmpty(), 100));
    assertEquals(30, simulation.nowNanos());
    assertFalse(simulation.runUntil(() -> false, 100));
    assertEquals(100, simulation.nowNanos());
  }

  @Test
  void anAlarmIsSetMovedAndCancelledAndComesLastAmongItsTime() {
    Alarm[] alarms = new Alarm[50];
    for (int i = 0; i < alarms.length; i++) {
      int number = i;
      alarms[i] = simulation.alarm(() -> happened.add(number + "@" + simulation.nowNanos()));
      alarms[i].at(1_000 - 10L * i);
    }
    for (int i = 0; i < alarms.length; i++) {
      if (i % 10 == 5) {
        alarms[i].at(5);
      } else {
        alarms[i].cancel();
      }
    }
    alarms[5].at(5);
    assertTrue(alarms[5].isSet());
    simulation.runFor(2_000);
    assertEquals(List.of("15@5", "25@5", "35@5", "45@5", "5@5"), happened);
    assertFalse(alarms[5].isSet());
  }

  @Test
  void randomNumbersDependOnSeedAndNameAlone() {
    long first = simulation.random("a").nextLong();
    assertEquals(first, new BusSimulation(1).random("a").nextLong());
    assertNotEquals(first, simulation.random("b").nextLong());
    assertNotEquals(first, new BusSimulation(2).random("a").nextLong());
  }

  @Test
  void aFingerprintIsTheDigestOfTheSameLines() {
    Transcript kept = Transcript.bounded(5);
    Transcript fingerprint = Transcript.fingerprint();
    for (Transcript transcript : List.of(kept, fingerprint)) {
      transcript.note(12_345_678_901L, "line", "x", "word");
    }
    assertEquals(List.of("12.345678901 line x word"), kept.lines());
    assertEquals(List.of(), fingerprint.lines());
    assertEquals(kept.digest(), fingerprint.digest());
  }

  @Test
  void aBoundedTranscriptKeepsTheLatestLinesAndTheDigestOfAll() {
    Transcript one = Transcript.bounded(2);
    Transcript other = Transcript.bounded(2);
    one.note(1, "line", "x", "first");
    other.note(1, "line", "y", "first");
    for (Transcript transcript : List.of(one, other)) {
      transcript.bytes(1_500_000_000L, "line", "master", new byte[] {1, (byte) 0xC4}, 0, 2);
      transcript.note(2, "line", "slave", "mute");
    }
    assertEquals(
        List.of("1.500000000 line master > 01 c4", "0.000000002 line slave mute"), one.lines());
    assertEquals(one.lines(), other.lines());
    assertEquals(3, one.count());
    assertNotEquals(one.digest(), other.digest());
  }
}
