package io.plantbus.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@SimulatedPlant("bench.yaml")
class VirtualTimeTest {
  private static final int DRIVE = 1;
  private static final int PLC = 17;

  @Test
  void timeStandsUntilItIsAdvanced(SimulatedBench bench) {
    assertEquals(Duration.ZERO, bench.clock().now());
    assertEquals(1.5, bench.slave("tank").get("level"), 1e-6);
    bench.clock().advance(Duration.ofHours(1));
    assertEquals(Duration.ofHours(1), bench.clock().now());
  }

  @Test
  void physicsGoesByTheClockToTheStep(SimulatedBench bench) throws IOException {
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      master.coil(DRIVE, 0, true);
    }
    bench.clock().advance(Duration.ofMillis(49));
    assertEquals(1.5, bench.process("basin").get("level"), 0);
    bench.clock().advance(Duration.ofSeconds(10));
    double level = bench.process("basin").get("level");
    assertTrue(level > 1.8, "the pump has filled the tank to " + level);
    assertEquals(level, bench.slave("tank").get("level"), 1e-6);
  }

  @Test
  void theSameTimeGivesTheSameLevelHoweverItIsAdvanced(SimulatedBench bench) {
    bench.slave("drive").set("run", true);
    assertTrue(
        bench
            .clock()
            .advanceUntil(() -> bench.slave("tank").get("level") >= 2, Duration.ofMinutes(5)));
    Duration filled = bench.clock().now();
    assertEquals(0, filled.toMillis() % 50, "a condition is asked at each step");
    assertTrue(bench.slave("tank").get("level") < 2.01);
  }

  @Test
  void aConditionThatNeverHoldsEndsAtItsLimit(BenchClock clock) {
    assertFalse(clock.advanceUntil(() -> false, Duration.ofSeconds(3)));
    assertEquals(Duration.ofSeconds(3), clock.now());
  }

  @Test
  void timeNeverGoesBack(BenchClock clock) {
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofNanos(-1)));
  }

  @Test
  void aFaultOfTheFileOpensAndClosesToTheNanosecond(SimulatedBench bench) throws IOException {
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      bench.clock().advance(Duration.ofSeconds(60).minusNanos(1));
      assertEquals(1, master.read(PLC, 100));
      bench.clock().advance(Duration.ofNanos(1));
      assertFalse(master.answers(PLC, 100));
      bench.clock().advance(Duration.ofSeconds(10));
      assertEquals(1, master.read(PLC, 100));
    }
  }

  @Test
  void aLateAnswerComesWhenTimeHasGoneBy(SimulatedBench bench) throws IOException {
    bench.faults().add(Fault.always("plc", FaultKind.LATE).delayedBy(2_000_000_000L));
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      master.send(PLC, 3, 100, 1);
      assertNull(master.receive(Duration.ofMillis(200)));
      bench.clock().advance(Duration.ofMillis(1_999));
      assertNull(master.receive(Duration.ofMillis(200)));
      bench.clock().advance(Duration.ofMillis(1));
      assertNotNull(master.receive(Duration.ofSeconds(10)));
    }
  }

  @Test
  void theTurnaroundOfTheFileIsLeftOut(SimulatedBench bench) throws IOException {
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      master.send(DRIVE, 3, 100, 1);
      assertNotNull(master.receive(Duration.ofSeconds(4)), "the file says 5 s");
    }
  }

  @Test
  void aFaultCanBeAddedFromNowOn(SimulatedBench bench, BenchFaults faults) throws IOException {
    bench.clock().advance(Duration.ofHours(2));
    faults.add(Fault.always("drive", FaultKind.DROP), Duration.ofSeconds(5));
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      assertFalse(master.answers(DRIVE, 100));
      bench.clock().advance(Duration.ofSeconds(5));
      assertEquals(4_000, master.read(DRIVE, 100));
    }
  }
}
