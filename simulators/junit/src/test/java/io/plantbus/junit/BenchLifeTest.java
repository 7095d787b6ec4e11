package io.plantbus.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How long benches live, whatever becomes of the tests. The nested classes are run by the tests
/// here.
class BenchLifeTest {
  private static final List<SimulatedBench> SEEN = Collections.synchronizedList(new ArrayList<>());
  private static final CyclicBarrier TOGETHER = new CyclicBarrier(4);

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @SimulatedPlant("bench.yaml")
  @ExtendWith(OnlyInside.class)
  static class EachItsOwn {
    private final SimulatedBench bench;

    EachItsOwn(SimulatedBench bench) {
      this.bench = bench;
    }

    @BeforeEach
    void before(SimulatedBench same) {
      assertSame(bench, same);
    }

    @RepeatedTest(3)
    void changesItsBench(SimulatedBench same) {
      assertSame(bench, same);
      assertEquals(1, bench.slave("plc").holding(100));
      bench.slave("plc").holding(100, 9);
      SEEN.add(bench);
    }
  }

  @Test
  void eachTestHasABenchOfItsOwn() {
    assertEquals(List.of(), TestRun.of(EachItsOwn.class).failures());
    assertEquals(3, new HashSet<>(SEEN).size());
    SEEN.forEach(BenchLifeTest::requireClosed);
  }

  @SimulatedPlant(value = "bench.yaml", scope = BenchScope.CLASS)
  @ExtendWith(OnlyInside.class)
  static class AllTheSame {
    @BeforeAll
    static void before(SimulatedBench bench) {
      bench.slave("plc").holding(100, 0);
    }

    @RepeatedTest(2)
    void counts(SimulatedBench bench) {
      count(bench);
    }

    @Nested
    class Inside {
      @Test
      void countsToo(SimulatedBench bench) {
        count(bench);
      }

      @Test
      @SimulatedPlant("bench.yaml")
      void hasItsOwn(SimulatedBench bench) {
        assertNotSame(SEEN.getFirst(), bench);
        assertEquals(1, bench.slave("plc").holding(100));
      }
    }

    @AfterAll
    static void after(SimulatedBench bench) {
      assertEquals(3, bench.slave("plc").holding(100));
    }

    private static void count(SimulatedBench bench) {
      bench.slave("plc").holding(100, bench.slave("plc").holding(100) + 1);
      SEEN.add(bench);
    }
  }

  @Test
  void aClassWithItsNestedClassesSharesOne() {
    TestRun run = TestRun.of(AllTheSame.class);
    assertEquals(List.of(), run.failures());
    assertEquals(4, run.count());
    assertEquals(1, new HashSet<>(SEEN).size());
    requireClosed(SEEN.getFirst());
  }

  @SimulatedPlant("bench.yaml")
  @ExtendWith(OnlyInside.class)
  static class Failing {
    @Test
    void leavesEverythingOpen(SimulatedBench bench) throws IOException {
      SEEN.add(bench);
      assertTrue(Files.exists(bench.serial("rs485").path()));
      try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
        fail("with a plc that says " + master.read(17, 100));
      }
    }
  }

  @Test
  void everythingIsClosedAfterATestThatFailed() {
    assertEquals(1, TestRun.of(Failing.class).failures().size());
    requireClosed(SEEN.getFirst());
  }

  private static void requireClosed(SimulatedBench bench) {
    assertThrows(ConnectException.class, () -> new ModbusTcp(bench.tcp("net")).close());
    assertFalse(Files.exists(bench.serial("rs485").path()));
    assertFalse(Files.exists(bench.serial("rs485").path().getParent()));
  }

  @SimulatedPlant("bench.yaml")
  @ExtendWith(OnlyInside.class)
  static class SideBySide {
    @Test
    void talksToItsOwnSlaves(SimulatedBench bench) throws Exception {
      SEEN.add(bench);
      int number = TOGETHER.await(30, TimeUnit.SECONDS);
      bench.slave("plc").holding(100, number);
      TOGETHER.await(30, TimeUnit.SECONDS);
      try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
        assertEquals(number, master.read(17, 100));
      }
    }
  }

  @Test
  void testsThatRunAtTheSameTimeDoNotCollide() throws Exception {
    List<Future<TestRun>> runs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(TOGETHER.getParties())) {
      for (int i = 0; i < TOGETHER.getParties(); i++) {
        runs.add(threads.submit(() -> TestRun.of(SideBySide.class)));
      }
    }
    for (Future<TestRun> run : runs) {
      assertEquals(List.of(), run.get().failures());
    }
    assertEquals(4, new HashSet<>(SEEN).size());
    assertNotEquals(SEEN.get(0).serial("rs485").path(), SEEN.get(1).serial("rs485").path());
  }

  @SimulatedPlant("bench.yaml")
  @ExtendWith(OnlyInside.class)
  static class TooEarly {
    @BeforeAll
    static void before(SimulatedBench bench) {
      fail("there is no bench yet, and not " + bench.name());
    }

    @Test
    void neverRuns() {}
  }

  @Test
  void aBenchOfEachTestIsNotThereBeforeAll() {
    String message = String.valueOf(TestRun.of(TooEarly.class).failure().getMessage());
    assertTrue(message.contains("scope = BenchScope.CLASS"), message);
  }
}
