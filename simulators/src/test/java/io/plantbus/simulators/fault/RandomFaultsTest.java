package io.plantbus.simulators.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.document.Reading;
import io.plantbus.simulators.bench.document.FaultText;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomFaultsTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final List<String> LINES = List.of("line");
  private static final List<String> UNITS = List.of("one", "two");

  @Test
  void aSeedDecidesTheFaultsAndMoreOfThemBeginWithTheSame() {
    List<Fault> faults = RandomFaults.draw(4, LINES, UNITS, HOUR, 50);
    assertEquals(faults, RandomFaults.draw(4, LINES, UNITS, HOUR, 80).subList(0, 50));
    assertNotEquals(faults, RandomFaults.draw(5, LINES, UNITS, HOUR, 50));
  }

  @Test
  void everyFaultLiesWithinTheSpanAndManyKindsAppear() {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    for (Fault fault : RandomFaults.draw(9, LINES, UNITS, HOUR, 500)) {
      kinds.add(fault.kind());
      assertTrue(fault.untilNanos() <= HOUR, fault.toString());
      assertTrue(!fault.kind().equals(FaultKind.NOISE) || fault.target().equals("line"));
    }
    assertEquals(14, kinds.size(), kinds.toString());
  }

  @Test
  void eachIsReadBackFromItsLine() {
    for (Fault fault : RandomFaults.draw(2, LINES, UNITS, HOUR, 300)) {
      assertEquals(fault, FaultText.read(FaultText.of(fault)).valueOrThrow());
    }
  }

  private static boolean lasts(FaultKind kind) {
    return kind == FaultKind.BLACK_HOLE || kind == FaultKind.SLOW_READER;
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void everyKindAndTimeIsReadBack(FaultKind kind) {
    Fault fault =
        Fault.sometimes("pump-1", kind, lasts(kind) ? 1 : 0.1 + 0.2)
            .during(1_234_567_890_123L, 1_000_001)
            .delayedBy(1_000_003);
    assertEquals(fault, FaultText.read(FaultText.of(fault)).valueOrThrow());
    Fault forGood = Fault.always("pump-1", kind);
    assertEquals("{target: pump-1, kind: " + FaultText.word(kind) + "}", FaultText.of(forGood));
    assertEquals(forGood, FaultText.read(FaultText.of(forGood)).valueOrThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{target: a, kind: drop, rate: 1.5}",
        "{target: a, kind: noise, rate: 0}",
        "{target: a, kind: noise, rate: 1001}",
        "{target: a, kind: unheard-of}"
      })
  void whatIsNoFaultIsToldWithARemedy(String text) {
    Reading<Fault> reading = FaultText.read(text);
    assertNull(reading.value());
    assertEquals(1, reading.problems().size());
    assertTrue(!reading.problems().getFirst().remedy().isEmpty());
  }

  @Test
  void nobodyToHitIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> RandomFaults.draw(1, List.of(), List.of(), HOUR, 1));
  }
}
