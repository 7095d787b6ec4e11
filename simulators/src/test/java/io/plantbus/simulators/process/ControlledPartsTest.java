package io.plantbus.simulators.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ControlledPartsTest {
  private static final double STEP = 0.05;

  /// The flow through a valve under a PI loop: how often the valve's stem turns in half an hour,
  /// once it has settled.
  private static int turns(Stiction.Rating stiction) {
    Tank tank = new Tank("tank", 1e6, 20, 10.1971621, 20);
    Valve valve = new Valve("valve", 36, 2, 0.3, new Valve.Trim(1, false, stiction), tank, null);
    double integral = 0.3;
    double before = 0.3;
    double direction = 0;
    int turns = 0;
    for (int i = 0; i < 3_600 / STEP; i++) {
      double missing = 0.5 - valve.quantity("flow") / 0.01;
      integral += 0.2 * missing * STEP;
      valve.command("setpoint", 0.3 * missing + integral);
      valve.step(STEP);
      double moved = valve.quantity("position") - before;
      before = valve.quantity("position");
      if (i > 1_800 / STEP && Math.abs(moved) > 1e-3) {
        turns += direction * moved < 0 ? 1 : 0;
        direction = moved;
      }
    }
    return turns;
  }

  @Test
  void aStickyValveMakesALoopHuntAndAFreeOneDoesNot() {
    assertEquals(0, turns(Stiction.NONE));
    assertTrue(turns(new Stiction.Rating(0.06, 0.03)) > 10);
  }

  @Test
  void aStemWithHysteresisFollowsAfterTheBand() {
    Stiction stiction = new Stiction(new Stiction.Rating(0.1, 0), 0.5);
    assertEquals(0.5, stiction.follow(0.54));
    assertEquals(0.55, stiction.follow(0.6), 1e-12);
    assertEquals(0.55, stiction.follow(0.51), 1e-12);
    assertEquals(0.50, stiction.follow(0.45), 1e-12);
    assertEquals(1, stiction.follow(1));
    assertEquals(0, stiction.follow(0));
  }

  @Test
  void anEqualPercentageValveGainsTheSameShareWithEachStep() {
    Tank tank = new Tank("tank", 1e6, 20, 10.1971621, 20);
    List<Double> flows = new ArrayList<>();
    for (double position : List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0)) {
      Valve.Trim trim = new Valve.Trim(50, false, Stiction.NONE);
      Valve valve = new Valve("valve", 36, 0, position, trim, tank, null);
      valve.step(STEP);
      flows.add(valve.quantity("flow"));
    }
    assertEquals(0, flows.get(0));
    assertEquals(0.01, flows.get(5), 1e-6);
    for (int i = 2; i < flows.size(); i++) {
      assertEquals(Math.pow(50, 0.2), flows.get(i) / flows.get(i - 1), 1e-4);
    }
  }

  @Test
  void heatArrivesAfterTheDeadTimeAndNotAStepEarlier() {
    Tank tank = new Tank("tank", 1, 1, 1, 20);
    Heater.Rating rating = new Heater.Rating(1_000, 5, 0, 20);
    Heater heater = new Heater("heater", rating, new Heater.Element(0, 2), tank, 50);
    for (int i = 0; i < 40; i++) {
      heater.step(STEP);
    }
    assertEquals(20, tank.temperatureCelsius());
    heater.step(STEP);
    assertEquals(20 + 1_000 * STEP / 4_186_000, tank.temperatureCelsius(), 1e-12);
  }

  @Test
  void theElementWarmsUpAsAFirstOrderLag() {
    Tank tank = new Tank("tank", 1, 1, 1, 20);
    Heater.Rating rating = new Heater.Rating(1_000, 5, 0, 20);
    Heater heater = new Heater("heater", rating, new Heater.Element(10, 0), tank, 90);
    for (int i = 0; i < 200; i++) {
      heater.step(STEP);
    }
    // 1 - e^(-t/τ) integrated over one τ is τ / e.
    assertEquals(1_000 * 10 / Math.E, heater.quantity("heat"), 1e-6);
  }

  @Test
  void noJouleOfTheHeaterIsLost() {
    Tank tank = new Tank("tank", 0.2, 1, 1, 20);
    Heater.Rating rating = new Heater.Rating(20_000, 5, 30, 5);
    Heater heater = new Heater("heater", rating, new Heater.Element(20, 7), tank, 60);
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 2 * 3_600 / STEP; i++) {
      if (i % 1_000 == 0) {
        heater.command("enable", random.nextInt(2));
        heater.command("setpoint", 20 + random.nextDouble(60));
        heater.command("manual", random.nextInt(2));
        heater.command("output", random.nextDouble());
      }
      heater.step(STEP);
    }
    double taken = heater.quantity("energy");
    double water = tank.massKilograms() * 4_186 * (tank.temperatureCelsius() - 20);
    assertTrue(taken > 1e6);
    assertEquals(taken, water + heater.quantity("loss") + heater.quantity("stored"), 1e-9 * taken);
  }

  @Test
  void aDelayIsBounded() {
    assertThrows(IllegalArgumentException.class, () -> DelayLine.of(1e9, 0.001));
    assertThrows(IllegalArgumentException.class, () -> new Stiction.Rating(0.1, 0.2));
  }

  @Test
  void theEncoderCountsTheDrumAndTheEyeSeesEachItemOnce() {
    Conveyor.Rating rating = new Conveyor.Rating(6, 0.5, 1, 1_000, 4, 0.3, 1);
    Conveyor belt = new Conveyor("belt", rating, new SplittableRandom(3));
    belt.command("run", 1);
    int seen = 0;
    double eye = 0;
    for (int i = 0; i < 600 / STEP; i++) {
      belt.step(STEP);
      seen += eye == 0 && belt.quantity("eye") == 1 ? 1 : 0;
      eye = belt.quantity("eye");
    }
    assertEquals(1_000 * belt.quantity("position"), belt.quantity("counts"), 1);
    assertEquals(300, belt.quantity("position"), 1);
    assertEquals(seen - eye, belt.quantity("items"));
    assertEquals(296, belt.quantity("items"), 60);
    assertTrue(belt.quantity("on-belt") <= belt.quantity("fed") - belt.quantity("items") + 4);
  }

  @Test
  void aBeltThatSlipsFallsBehindItsEncoderAndAJamStopsBoth() {
    Conveyor.Rating rating = new Conveyor.Rating(6, 0.5, 0, 1_000, 4, 0.3, 1);
    Conveyor belt = new Conveyor("belt", rating, new SplittableRandom(3));
    belt.command("run", 1);
    belt.command("slip", 0.2);
    for (int i = 0; i < 20 / STEP; i++) {
      belt.step(STEP);
    }
    assertEquals(10_000, belt.quantity("counts"), 1);
    assertEquals(8, belt.quantity("position"), 1e-9);
    belt.command("jam", 1);
    belt.step(STEP);
    assertEquals(0, belt.quantity("speed"));
    assertEquals(8, belt.quantity("position"), 1e-9);
  }
}
