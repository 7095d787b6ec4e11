package io.plantbus.simulators.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessPartsTest {
  private static final double STEP = 0.05;

  private final Tank upper = new Tank("upper", 0.5, 3, 2, 10);
  private final Tank lower = new Tank("lower", 2, 1, 0.2, 30);
  private final Pump pump =
      new Pump("pump", new Pump.Rating(0.05, 20, 5, 2, 1_500, 12), lower, upper);
  private final Valve valve = new Valve("valve", 60, 4, 0.5, upper, lower);

  private void run(double seconds) {
    for (double time = 0; time < seconds; time += STEP) {
      pump.step(STEP);
      valve.step(STEP);
      upper.step(STEP);
      lower.step(STEP);
    }
  }

  @Test
  void noDropIsLost() {
    double before = upper.volumeCubicMetres() + lower.volumeCubicMetres();
    pump.command("run", 1);
    valve.command("setpoint", 1);
    run(120);
    double after =
        upper.volumeCubicMetres()
            + lower.volumeCubicMetres()
            + upper.overflowCubicMetres()
            + lower.overflowCubicMetres();
    assertEquals(before, after, 1e-9);
    assertTrue(pump.quantity("volume") > 0);
  }

  @Test
  void aTankIsNeverBelowEmptyNorAboveItsRim() {
    Tank tank = new Tank("tank", 1, 1, 0.5, 20);
    assertEquals(0.5, tank.let(2), 1e-12);
    assertEquals(0, tank.levelMetres());
    tank.take(3, 20);
    tank.step(1);
    assertEquals(1, tank.levelMetres(), 1e-12);
    assertEquals(2, tank.overflowCubicMetres(), 1e-12);
    assertEquals(3, tank.quantity("inflow"), 1e-12);
    assertEquals(0.5, tank.quantity("outflow"), 1e-12);
  }

  @Test
  void mixingConservesHeat() {
    Tank tank = new Tank("tank", 1, 2, 1, 20);
    tank.take(1, 40);
    assertEquals(30, tank.temperatureCelsius(), 1e-12);
  }

  @Test
  void aPumpRampsUpAndFollowsTheAffinityLaws() {
    Pump alone = new Pump("alone", new Pump.Rating(0.1, 20, 5, 2, 1_000, 12), null, null);
    alone.command("run", 1);
    alone.step(1);
    assertEquals(0.5, alone.quantity("speed"), 1e-12);
    assertEquals(0, alone.quantity("flow"), 1e-12);
    alone.step(1);
    assertEquals(0.1, alone.quantity("flow"), 1e-12);
    assertEquals(1_000, alone.quantity("power"), 1e-9);
    alone.command("speed", 0.8);
    alone.step(1);
    assertEquals(0.1 * Math.sqrt((0.64 * 20 - 5) / 15), alone.quantity("flow"), 1e-12);
    alone.command("run", 0);
    alone.step(5);
    assertEquals(0, alone.quantity("running"));
  }

  @Test
  void aValveMovesAtItsSpeedAndFlowsByTheRootOfPressure() {
    Tank tank = new Tank("tank", 1e6, 20, 10.1971621, 20);
    Valve drain = new Valve("drain", 36, 4, 0, tank, null);
    drain.command("setpoint", 1);
    drain.step(1);
    assertEquals(0.25, drain.quantity("position"), 1e-12);
    drain.step(3);
    // 10.197 m of water are 1 bar: the flow is Kv.
    assertEquals(0.01, drain.quantity("flow"), 1e-6);
    drain.command("stuck", 1);
    drain.command("setpoint", 0);
    drain.step(4);
    assertEquals(1, drain.quantity("position"), 1e-12);
  }

  @Test
  void aHeaterKeepsItsPowerLimitAndSettlesWhereLossesBalance() {
    Tank tank = new Tank("tank", 0.01, 1, 1, 20);
    Heater heater = new Heater("heater", new Heater.Rating(1_000, 5, 10, 20), tank, 50);
    heater.step(1);
    assertEquals(1_000, heater.quantity("power"), 1e-9);
    assertEquals(20 + 1_000 / (10 * 4_186.0), tank.temperatureCelsius(), 1e-9);
    for (int second = 0; second < 100_000; second++) {
      heater.step(1);
    }
    // P = 1000 · (50 - T) / 5 and U · (T - 20) = 10 · (T - 20) meet at T = 10200 / 210.
    assertEquals(10_200 / 210.0, tank.temperatureCelsius(), 1e-6);
  }

  @Test
  void anUnknownQuantityOrCommandSaysWhatThereIs() {
    String complaint =
        assertThrows(IllegalArgumentException.class, () -> upper.quantity("depth")).toString();
    assertTrue(complaint.contains("level, volume"), complaint);
    assertThrows(IllegalArgumentException.class, () -> pump.command("start", 1));
  }
}
