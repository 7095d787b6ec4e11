package io.plantbus.simulators.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HydraulicNetworkTest {
  private static final double STEP = 0.05;
  private static final Valve.Trim SUBMERGED = new Valve.Trim(1, true, Stiction.NONE);

  private static void run(ProcessPart part, double seconds) {
    for (int i = 0; i < Math.round(seconds / STEP); i++) {
      part.step(STEP);
    }
  }

  private static Pump pump(Pump.Installation installation, Tank from, Tank into) {
    return new Pump("pump", new Pump.Rating(0.02, 20, 8, 0, 3_000, 12), installation, from, into);
  }

  private static Pump.Installation installed(boolean checkValve, DryRun.Suction suction) {
    return new Pump.Installation(4, true, checkValve, 0.4, suction);
  }

  @Test
  void aTankDrainsAsTorricelliSays() {
    Tank tank = new Tank("tank", 1, 5, 4, 15);
    Valve drain = new Valve("drain", 36, 0, 1, tank, null);
    HydraulicNetwork network = new HydraulicNetwork(List.of(tank), List.of(drain));
    run(network, 100);
    // dh/dt = -k·√h has √h = √4 - k·t / 2, with k = 0.01 m³/s · √(ρ·g / 1 bar).
    double root = 2 - 0.01 * Math.sqrt(9_806.65 / 100_000) * 100 / 2;
    assertEquals(root * root, tank.levelMetres(), 1e-6);
    run(network, 3_600);
    assertEquals(0, tank.levelMetres(), 1e-3);
    assertEquals(4, drain.quantity("volume") + tank.volumeCubicMetres(), 1e-12);
  }

  @Test
  void communicatingTanksSettleAtOneLevel() {
    Tank left = new Tank("left", 1, 3, 2, 10);
    Tank right = new Tank("right", 3, 3, 0.4, 30);
    Valve pipe = new Valve("pipe", 400, 0, 1, SUBMERGED, left, right);
    HydraulicNetwork network = new HydraulicNetwork(List.of(left, right), List.of(pipe));
    run(network, 600);
    assertEquals(0.8, left.levelMetres(), 1e-6);
    assertEquals(0.8, right.levelMetres(), 1e-6);
    assertEquals(0, pipe.quantity("flow"), 1e-7);
    assertEquals(0, network.quantity("implicit-steps"));
  }

  @Test
  void noDropAndNoJouleIsLostOverHoursOfRandomCommands() {
    SplittableRandom random = new SplittableRandom(5);
    Tank upper = new Tank("upper", 0.5, 3, 2, 10);
    Tank middle = new Tank("middle", 0.2, 2, 0.5, 40);
    Tank lower = new Tank("lower", 2, 1, 0.9, 30);
    Pump pump = pump(installed(false, DryRun.Suction.FLOODED), lower, upper);
    Pump well = new Pump("well", new Pump.Rating(0.001, 20, 5, 2, 0, 12), null, middle);
    Valve first = new Valve("first", 200, 4, 0.5, SUBMERGED, upper, middle);
    Valve second = new Valve("second", 150, 4, 0.5, middle, lower);
    Valve away = new Valve("away", 10, 4, 0.1, lower, null);
    HydraulicNetwork network =
        new HydraulicNetwork(
            List.of(upper, middle, lower), List.of(pump, well, first, second, away));
    double before = content(upper, middle, lower);
    double heat = heat(upper, middle, lower);
    double gone = 0;
    for (int step = 0; step < 3 * 3_600 / STEP; step++) {
      if (step % 400 == 0) {
        pump.command("run", random.nextInt(2));
        pump.command("speed", random.nextDouble());
        well.command("run", random.nextInt(2));
        first.command("setpoint", random.nextDouble());
        second.command("setpoint", random.nextDouble());
        away.command("setpoint", random.nextDouble());
      }
      double overflow = overflow(upper, middle, lower);
      network.step(STEP);
      heat += 12 * well.quantity("flow") * STEP;
      gone += overflow(upper, middle, lower) - overflow;
    }
    double after =
        content(upper, middle, lower) + overflow(upper, middle, lower) + away.quantity("volume");
    assertEquals(before + well.quantity("volume"), after, 1e-9 * after);
    assertTrue(gone > 0 && well.quantity("volume") > 1 && away.quantity("volume") > 1);
    // What stays, overflows and flows away has no more heat than there was.
    assertTrue(heat(upper, middle, lower) < heat);
    for (Tank tank : List.of(upper, middle, lower)) {
      assertTrue(tank.temperatureCelsius() > 9.99 && tank.temperatureCelsius() < 40.01);
    }
  }

  @Test
  void mixingInTheNetworkConservesHeat() {
    Tank upper = new Tank("upper", 0.5, 3, 2, 10);
    Tank lower = new Tank("lower", 2, 3, 0.2, 70);
    Pump pump = pump(installed(true, DryRun.Suction.FLOODED), lower, upper);
    Valve back = new Valve("back", 150, 4, 0.7, upper, lower);
    HydraulicNetwork network = new HydraulicNetwork(List.of(upper, lower), List.of(pump, back));
    double before = heat(upper, lower);
    pump.command("run", 1);
    run(network, 3_600);
    assertTrue(pump.quantity("volume") > 1);
    assertEquals(before, heat(upper, lower), 1e-9 * before);
  }

  @Test
  void thePumpWorksWhereItsCurveMeetsThePipe() {
    Tank sump = new Tank("sump", 1e6, 3, 1, 15);
    Tank tower = new Tank("tower", 1e6, 3, 2, 15);
    Pump pump = pump(installed(true, DryRun.Suction.FLOODED), sump, tower);
    HydraulicNetwork network = new HydraulicNetwork(List.of(sump, tower), List.of(pump));
    pump.command("run", 1);
    run(network, 1);
    // 20 - (8 + 1 m of level) = 11 m are left of the 12 m at the rated flow.
    double share = Math.sqrt(11 / 12.0);
    assertEquals(0.02 * share, pump.quantity("flow"), 1e-7);
    assertEquals(20 - 8 * share * share, pump.quantity("head"), 1e-4);
    double power = 3_000 * (0.4 + 0.6 * share);
    assertEquals(power, pump.quantity("power"), 0.1);
    assertEquals(
        9_806.65 * pump.quantity("flow") * pump.quantity("head") / power,
        pump.quantity("efficiency"),
        1e-4);
    pump.command("speed", 0.5);
    run(network, 1);
    assertEquals(0, pump.quantity("flow"));
  }

  @Test
  void withoutACheckValveWaterRunsBackThroughAPumpAtRest() {
    for (boolean checked : List.of(true, false)) {
      Tank sump = new Tank("sump", 5, 3, 1, 15);
      Tank tower = new Tank("tower", 1, 3, 2, 15);
      Pump pump = pump(installed(checked, DryRun.Suction.FLOODED), sump, tower);
      run(new HydraulicNetwork(List.of(sump, tower), List.of(pump)), 30);
      assertEquals(checked, pump.quantity("flow") == 0);
      assertEquals(checked ? 2 : 1, tower.levelMetres(), checked ? 0 : 0.7);
      assertEquals(7, sump.volumeCubicMetres() + tower.volumeCubicMetres(), 1e-12);
    }
  }

  @Test
  void aPumpThatRunsDryTripsAndStartsAfterAReset() {
    Tank sump = new Tank("sump", 0.1, 1, 0.3, 15);
    Tank tower = new Tank("tower", 1, 3, 0, 15);
    DryRun.Suction suction = new DryRun.Suction(0, 0, 0.1, 2);
    Pump pump = pump(installed(true, suction), sump, tower);
    HydraulicNetwork network = new HydraulicNetwork(List.of(sump, tower), List.of(pump));
    pump.command("run", 1);
    run(network, 2);
    assertEquals(1, pump.quantity("dry"));
    assertEquals(0, pump.quantity("tripped"));
    run(network, 2);
    assertEquals(1, pump.quantity("tripped"));
    assertEquals(0, pump.quantity("running"));
    assertEquals(0.1, sump.levelMetres(), 0.02);
    sump.command("level", 1);
    pump.command("reset", 1);
    run(network, 1);
    assertEquals(0, pump.quantity("tripped"));
    assertTrue(pump.quantity("flow") > 0.01);
  }

  @Test
  void hotWaterLeavesLessSuctionHeadAndThePumpCavitates() {
    DryRun.Suction suction = new DryRun.Suction(6, 1, 0, 0);
    for (boolean hot : List.of(false, true)) {
      Tank sump = new Tank("sump", 1e6, 3, 0.5, hot ? 90 : 15);
      Pump pump =
          new Pump(
              "pump", new Pump.Rating(0.02, 20, 8, 0, 0, 12), installed(true, suction), sump, null);
      pump.command("run", 1);
      run(new HydraulicNetwork(List.of(sump), List.of(pump)), 1);
      assertEquals(hot ? 1 : 0, pump.quantity("dry"));
      // 10.33 + 0.5 - 1 m, less 0.17 m of vapour pressure at 15 °C and 7.2 m at 90 °C.
      assertEquals(hot ? 2.6 : 9.66, pump.quantity("npsh"), 0.1);
      assertEquals(hot, pump.quantity("flow") < 0.015);
    }
  }

  @Test
  void aNetworkTooStiffToFollowStaysBalanced() {
    Tank thimble = new Tank("thimble", 1e-6, 1, 0.5, 15);
    Tank basin = new Tank("basin", 1, 1, 0.2, 15);
    Valve pipe = new Valve("pipe", 10_000, 0, 1, SUBMERGED, thimble, basin);
    HydraulicNetwork network = new HydraulicNetwork(List.of(thimble, basin), List.of(pipe));
    double before = content(thimble, basin);
    run(network, 2);
    assertEquals(before, content(thimble, basin), 1e-12);
    assertEquals(0.2, basin.levelMetres(), 1e-3);
    assertTrue(Double.isFinite(thimble.levelMetres()) && thimble.levelMetres() <= 1);
  }

  private static double content(Tank... tanks) {
    double sum = 0;
    for (Tank tank : tanks) {
      sum += tank.volumeCubicMetres();
    }
    return sum;
  }

  private static double overflow(Tank... tanks) {
    double sum = 0;
    for (Tank tank : tanks) {
      sum += tank.overflowCubicMetres();
    }
    return sum;
  }

  private static double heat(Tank... tanks) {
    double sum = 0;
    for (Tank tank : tanks) {
      sum += tank.volumeCubicMetres() * tank.temperatureCelsius();
    }
    return sum;
  }
}
