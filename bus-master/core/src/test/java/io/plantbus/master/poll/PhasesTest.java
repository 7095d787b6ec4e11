package io.plantbus.master.poll;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhasesTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 100, 1000})
  void turnsOfTheSamePeriodAreSpreadOverIt(int count) {
    Phases phases = new Phases();
    long period = 1_000_000_000;
    long[] at = new long[count];
    for (int i = 0; i < count; i++) {
      at[i] = phases.next(period);
      assertTrue(at[i] >= 0 && at[i] < period);
    }
    Arrays.sort(at);
    long widest = at[0] + period - at[count - 1];
    for (int i = 1; i < count; i++) {
      widest = Math.max(widest, at[i] - at[i - 1]);
    }
    assertTrue(widest < 2 * period / count, "the widest gap is " + widest);
  }
}
