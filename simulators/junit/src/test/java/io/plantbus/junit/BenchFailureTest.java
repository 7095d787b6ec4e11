package io.plantbus.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/// What users are told when a test fails, and when a bench is not to be had. The nested classes are
/// run by the tests here.
class BenchFailureTest {
  private static final List<Long> SEEDS = new ArrayList<>();

  @BeforeEach
  void forget() {
    SEEDS.clear();
  }

  @SimulatedPlant("bench.yaml")
  @ExtendWith(OnlyInside.class)
  static class Failing {
    @Test
    void failsAfterARequest(SimulatedBench bench) throws IOException {
      SEEDS.add(bench.seed());
      try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
        assertEquals(4_711, master.read(17, 100));
      }
    }
  }

  @Test
  void aFailedTestIsToldTheSeedHowToRepeatItAndWhatHappenedLast() {
    TestRun run = TestRun.of(Failing.class);
    Throwable[] notes = run.failure().getSuppressed();
    assertEquals(1, notes.length);
    assertEquals(
        """
        bench waterworks had seed 7; repeat with -Dplantbus.seed=7, as in: \
        mvn test -Dtest='BenchFailureTest$Failing#failsAfterARequest' -Dplantbus.seed=7
        what happened last:
        0.000000000 net plc 03 read holding 100 = 1\
        """,
        notes[0].getMessage());
    assertEquals(
        List.of(
            Map.of(
                "plantbus.seed",
                "7",
                "plantbus.repeat",
                "mvn test -Dtest='BenchFailureTest$Failing#failsAfterARequest' -Dplantbus.seed=7",
                "plantbus.transcript",
                "0.000000000 net plc 03 read holding 100 = 1")),
        run.entries());
  }

  @Test
  void theSeedOfTheCommandLineGoesBeforeAllOthers() {
    TestRun run = TestRun.of(Failing.class, Map.of("plantbus.seed", "42"));
    assertEquals(List.of(42L), SEEDS);
    assertTrue(
        String.valueOf(run.failure().getSuppressed()[0].getMessage())
            .contains("-Dplantbus.seed=42"));
  }

  @SimulatedPlant("bench.yaml")
  @ExtendWith(OnlyInside.class)
  static class Seeded {
    @Test
    @SimulatedPlant(value = "bench.yaml", seed = 5)
    void isSaid(SimulatedBench bench) {
      assertEquals(5, bench.seed());
    }

    @Test
    @SimulatedPlant(value = "bench.yaml", seed = SimulatedPlant.ANY)
    void isDrawn(SimulatedBench bench) {
      SEEDS.add(bench.seed());
    }
  }

  @Test
  void theSeedIsThatOfTheFileOrOneThatIsSaidOrDrawn() {
    assertEquals(List.of(), TestRun.of(Seeded.class).failures());
    assertEquals(List.of(), TestRun.of(Seeded.class).failures());
    assertNotEquals(SEEDS.get(0), SEEDS.get(1));
  }

  @SimulatedPlant("bench.yaml")
  @ExtendWith(OnlyInside.class)
  static class Aborted {
    @Test
    void isNotForThisMachine() {
      Assumptions.abort("no such machine");
    }
  }

  @Test
  void aTestThatIsSkippedIsToldNothing() {
    TestRun run = TestRun.of(Aborted.class);
    assertEquals(0, run.failure().getSuppressed().length);
    assertEquals(List.of(), run.entries());
  }

  @SimulatedPlant("nowhere.yaml")
  @ExtendWith(OnlyInside.class)
  static class Missing {
    @Test
    void neverRuns() {
      fail("without a bench");
    }
  }

  @Test
  void aBenchThatIsMissingIsToldWithThePlacesSearched() {
    String message = mistake(Missing.class, Map.of());
    assertTrue(message.startsWith("there is no bench 'nowhere.yaml': no such file in /"), message);
    assertTrue(message.contains("package io.plantbus.junit"), message);
  }

  @SimulatedPlant("wrong.yaml")
  @ExtendWith(OnlyInside.class)
  static class Wrong {
    @Test
    void neverRuns(SimulatedBench bench) {
      fail("with a bench " + bench.name());
    }
  }

  @Test
  void mistakesInABenchAreToldWithFileLineAndKey() {
    String message = mistake(Wrong.class, Map.of());
    assertTrue(
        message.contains("wrong.yaml:4:40: lines.net.units.1.profile: there is no profile"),
        message);
    assertTrue(message.contains("wrong.yaml:5:"), message);
  }

  @SimulatedPlant(value = "taken.yaml", keepEndpoints = true)
  @ExtendWith(OnlyInside.class)
  static class Taken {
    @Test
    void neverRuns(SimulatedBench bench) {
      fail("with a bench " + bench.name());
    }
  }

  @Test
  void aPortThatIsTakenIsToldWithWhereItIsWritten() throws IOException {
    try (ServerSocket taken = new ServerSocket(28_502, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertEquals(28_502, taken.getLocalPort());
      String message = mistake(Taken.class, Map.of());
      assertTrue(message.startsWith("bench taken.yaml was not started: "), message);
      assertTrue(message.contains("taken.yaml:5:11: lines.net.port: "), message);
    }
  }

  @SimulatedPlant(value = "taken.yaml", keepEndpoints = true)
  @ExtendWith(OnlyInside.class)
  static class Kept {
    @Test
    void listensWhereTheFileSays(SimulatedBench bench) {
      assertEquals(28_502, bench.tcp("net").port());
    }
  }

  @Test
  void endpointsOfTheFileCanBeKept() {
    assertEquals(List.of(), TestRun.of(Kept.class).failures());
  }

  @Test
  void aSeedThatIsNoNumberIsToldOf() {
    assertEquals(
        "plantbus.seed is 'many'; write a whole number, such as -Dplantbus.seed=42",
        mistake(Failing.class, Map.of("plantbus.seed", "many")));
  }

  @SimulatedPlant(value = "own-profile.yaml", profiles = "profiles")
  @ExtendWith(OnlyInside.class)
  static class OwnProfile {
    @Test
    void isServed(SimulatedBench bench) {
      assertEquals(21.5, bench.slave("room").get("warmth"), 1e-6);
    }
  }

  @Test
  void profilesOfOnesOwnAreFoundBesideTheBench() {
    assertEquals(List.of(), TestRun.of(OwnProfile.class).failures());
  }

  @SimulatedPlant(value = "own-profile.yaml", profiles = "nowhere")
  @ExtendWith(OnlyInside.class)
  static class NoProfiles {
    @Test
    void neverRuns() {
      fail("without profiles");
    }
  }

  @Test
  void profilesThatAreMissingAreToldOf() {
    String message = mistake(NoProfiles.class, Map.of());
    assertTrue(message.startsWith("there is no folder of profiles 'nowhere'"), message);
  }

  /// The message of a configuration mistake, which has no stack of ours.
  private static String mistake(Class<?> tests, Map<String, String> parameters) {
    Throwable failure = TestRun.of(tests, parameters).failure();
    assertInstanceOf(ExtensionConfigurationException.class, failure);
    assertEquals(0, failure.getStackTrace().length);
    assertEquals(0, failure.getSuppressed().length);
    return String.valueOf(failure.getMessage());
  }
}
