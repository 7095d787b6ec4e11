package io.plantbus.simulators.process.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IntegrationTest {
  private static double decayed(Integration integration, int steps, double step) {
    double[] state = {1};
    for (int i = 0; i < steps; i++) {
      integration.advance(state, step);
    }
    return state[0];
  }

  private static Integration decay(double perSecond) {
    return new Integration((state, rates) -> rates[0] = -perSecond * state[0], new double[] {1e-6});
  }

  @Test
  void aSmoothStateNeedsNoAdaptiveStep() {
    Integration smooth = decay(0.1);
    assertEquals(Math.exp(-1), decayed(smooth, 200, 0.05), 1e-6);
    assertEquals(0, smooth.adaptiveSteps());
  }

  @Test
  void aQuickStateIsCarriedByTheAdaptiveSolver() {
    Integration quick = decay(50);
    assertEquals(Math.exp(-5), decayed(quick, 2, 0.05), 1e-5);
    assertEquals(2, quick.adaptiveSteps());
    assertEquals(0, quick.implicitSteps());
  }

  @Test
  void aStateTooStiffForThatStaysStable() {
    Integration stiff = decay(1e9);
    assertEquals(0, decayed(stiff, 10, 0.05), 1e-6);
    assertTrue(stiff.implicitSteps() > 0);
  }

  @Test
  void theSameCallsGiveTheSameBits() {
    double[] first = {1, 0};
    double[] again = {1, 0};
    for (double[] state : new double[][] {first, again}) {
      Integration swing =
          new Integration(
              (now, rates) -> {
                rates[0] = now[1];
                rates[1] = -400 * now[0];
              },
              new double[] {1e-7, 1e-7});
      for (int i = 0; i < 100; i++) {
        swing.advance(state, 0.05);
      }
    }
    assertArrayEquals(first, again, 0);
    assertEquals(Math.cos(20 * 5), first[0], 1e-4);
  }
}
