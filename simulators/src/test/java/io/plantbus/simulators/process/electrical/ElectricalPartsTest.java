package io.plantbus.simulators.process.electrical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.simulators.process.ProcessPart;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElectricalPartsTest {
  private static final double STEP = 0.05;

  private final Drive drive = drive(300, 0.7);
  private final Battery battery =
      new Battery("battery", new Battery.Rating(100, 44, 54, 0.02, 80, 40_000, 5, 20), 0.5);

  private static Drive drive(double thermalSeconds, double load) {
    return new Drive(
        "drive",
        new Motor.Rating(5_500, 1_500, 1_455, 400, 0.85, 0.9, 0.1, 1),
        new Drive.Settings(3, 3, 2, thermalSeconds, 0.7, load));
  }

  private static Inverter inverter(double hour) {
    return new Inverter(
        "inverter",
        new Inverter.Rating(10_000, 12_000, 800, 20, 20),
        new Sun(new Sun.Day(hour, 6, 20, 0), new SplittableRandom(1)));
  }

  private static void run(ProcessPart part, double seconds) {
    run(part, seconds, STEP);
  }

  private static void run(ProcessPart part, double seconds, double step) {
    for (int i = 0; i < Math.round(seconds / step); i++) {
      part.step(step);
    }
  }

  @Test
  void aDriveRampsItsMotorUpAndDownAgain() {
    assertEquals(0, drive.quantity("state"));
    drive.command("run", 1);
    run(drive, 1.5);
    assertEquals(1, drive.quantity("state"));
    assertEquals(0.5, drive.quantity("frequency"), 1e-9);
    run(drive, 5);
    assertEquals(2, drive.quantity("state"));
    assertEquals(1 + 2 + 4, drive.quantity("status"));
    drive.command("run", 0);
    run(drive, 1);
    assertEquals(3, drive.quantity("state"));
    run(drive, 5);
    assertEquals(0, drive.quantity("state"));
    assertEquals(0, drive.quantity("current"));
  }

  @Test
  void underFullLoadTheMotorHasTheDataOfItsPlate() {
    drive.command("load", 1);
    drive.command("run", 1);
    run(drive, 10);
    assertEquals(1_455, drive.quantity("rpm"), 1);
    assertEquals(0.03, drive.quantity("slip"), 0.001);
    assertEquals(5_500 / (1_455 * Math.PI / 30), drive.quantity("torque"), 0.2);
    assertEquals(5_500 / 0.9, drive.quantity("power"), 20);
    assertEquals(5_500 / (Math.sqrt(3) * 400 * 0.85 * 0.9), drive.quantity("current"), 0.1);
  }

  @Test
  void whatTheMotorTakesBecomesWorkMotionAndHeat() {
    SplittableRandom random = new SplittableRandom(4);
    drive.command("run", 1);
    for (int i = 0; i < 60; i++) {
      drive.command("speed", 0.3 + random.nextDouble(0.7));
      drive.command("load", random.nextDouble(1.1));
      run(drive, 20);
    }
    double taken = drive.quantity("energy");
    assertTrue(taken > 1e6);
    assertEquals(
        taken,
        drive.quantity("work") + drive.quantity("heat") + drive.quantity("motion"),
        1e-5 * taken);
  }

  @Test
  void aJammedMotorTripsAndStaysSoUntilItIsReset() {
    drive.command("run", 1);
    run(drive, 10);
    drive.command("jam", 1);
    run(drive, 3);
    assertEquals(4, drive.quantity("state"));
    assertEquals(1, drive.quantity("fault"));
    drive.command("jam", 0);
    run(drive, 1);
    assertEquals(4, drive.quantity("state"));
    drive.command("control", 1 | 1 << 7);
    run(drive, 1);
    assertEquals(0, drive.quantity("state"), "run must be given anew");
    drive.command("control", 0);
    run(drive, 1);
    drive.command("control", 1);
    run(drive, 10);
    assertEquals(2, drive.quantity("state"));
  }

  @Test
  void anOverloadTripsByItsHeat() {
    Drive overloaded = drive(30, 1.4);
    overloaded.command("run", 1);
    run(overloaded, 10);
    assertEquals(0, overloaded.quantity("tripped"));
    for (int i = 0; i < 2_400 && overloaded.quantity("tripped") == 0; i++) {
      overloaded.step(STEP);
    }
    assertEquals(2, overloaded.quantity("fault"));
    overloaded.command("reset", 1);
    assertEquals(1, overloaded.quantity("tripped"), "still too hot");
    run(overloaded, 60);
    overloaded.command("reset", 0);
    overloaded.command("reset", 1);
    assertEquals(0, overloaded.quantity("tripped"));
  }

  @Test
  void aDipOfTheSupplyTrips() {
    drive.command("run", 1);
    run(drive, 10);
    drive.command("supply", 0.5);
    run(drive, STEP);
    assertEquals(4, drive.quantity("fault"));
    assertTrue(drive.quantity("speed") > 0.9, "it coasts");
    run(drive, 60);
    assertTrue(drive.quantity("speed") < 0.1);
  }

  @Test
  void energyIsTheIntegralOfPower() {
    EnergyMeter meter = new EnergyMeter("meter", 230, 50, 0.8, 6_000);
    meter.command("single-phase-load", 2_300);
    run(meter, 1_800);
    assertEquals(8_300 * 1_800, meter.quantity("import"), 1e-3);
    assertEquals(4_300, meter.quantity("power-l1"), 1e-9);
    assertEquals(4_300 / 0.8 / 230, meter.quantity("current-l1"), 1e-9);
    assertEquals(2_000 * 0.75, meter.quantity("reactive-l2"), 1e-9);
    assertEquals(0.8, meter.quantity("power-factor"), 1e-12);
    meter.command("generation", 10_300);
    run(meter, 1_800);
    assertEquals(-2_000, meter.quantity("power"), 1e-9);
    assertEquals(2_000 * 1_800, meter.quantity("export"), 1e-3);
    assertEquals(8_300 * 1_800, meter.quantity("import"), 1e-3);
    assertEquals(
        Math.hypot(meter.quantity("power-l2"), meter.quantity("reactive-l2")),
        meter.quantity("apparent-l2"),
        1e-9);
  }

  @Test
  void theBatteryCountsItsChargeAndLosesNothing() {
    SplittableRandom random = new SplittableRandom(8);
    double before = battery.quantity("stored");
    for (int i = 0; i < 200; i++) {
      battery.command("power", random.nextDouble(-6_000, 6_000));
      run(battery, 60, 0.5);
    }
    double flown = battery.quantity("charged") - battery.quantity("discharged");
    assertTrue(battery.quantity("charged") > 1e6 && battery.quantity("heat") > 1e4);
    assertEquals(
        before + flown, battery.quantity("stored") + battery.quantity("heat"), 1e-9 * before);
    assertTrue(battery.quantity("temperature") > 20);
  }

  @Test
  void theBatteryHoldsItsLimits() {
    battery.command("power", 1e6);
    battery.step(1);
    assertEquals(80, battery.quantity("current"), 1e-9);
    assertEquals(3, battery.quantity("charging"));
    run(battery, 3_600, 1);
    assertEquals(0, battery.quantity("soc"), 1e-12);
    battery.step(1);
    assertEquals(0, battery.quantity("current"));
    assertEquals(2, battery.quantity("charging"));
    battery.command("power", -1_000);
    battery.step(1);
    assertEquals(-1_000, battery.quantity("power"), 1);
  }

  @Test
  void theInverterFindsTheMostPowerOfItsPanels() {
    Inverter inverter = inverter(12);
    inverter.command("irradiance", 500);
    inverter.command("ambient", 10);
    run(inverter, 19);
    assertEquals(3, inverter.quantity("state"));
    run(inverter, 120);
    assertEquals(4, inverter.quantity("state"));
    Panels panels = new Panels(12_000, 800);
    double best = 0;
    for (int volts = 1; volts < 900; volts++) {
      best = Math.max(best, volts * panels.amperes(volts, 0.5, 10));
    }
    assertEquals(best, inverter.quantity("dc-power"), 0.01 * best);
    assertEquals(
        inverter.quantity("dc-energy"),
        inverter.quantity("energy") + inverter.quantity("heat"),
        1e-9 * inverter.quantity("dc-energy"));
    assertEquals(0.97, inverter.quantity("efficiency"), 0.02);
  }

  @Test
  void theInverterObeysItsLimitAndSleepsAtNight() {
    Inverter inverter = inverter(12.5);
    run(inverter, 200);
    assertEquals(5, inverter.quantity("state"), "12 kW of panels, 10 kW of inverter");
    assertEquals(10_000, inverter.quantity("power"), 1);
    inverter.command("limit", 0.3);
    inverter.command("limit-enable", 1);
    run(inverter, 1);
    assertEquals(3_000, inverter.quantity("power"), 1);
    inverter.command("trip", 1);
    run(inverter, 1);
    assertEquals(7, inverter.quantity("state"));
    assertEquals(0, inverter.quantity("power"));
    inverter.command("trip", 0);
    run(inverter, 60);
    assertEquals(3_000, inverter.quantity("power"), 1);
    run(inverter, 8 * 3_600, 1);
    assertEquals(2, inverter.quantity("state"));
    assertEquals(0, inverter.quantity("power"));
  }

  @Test
  void aHotInverterDerates() {
    Inverter inverter = inverter(13);
    inverter.command("ambient", 70);
    inverter.command("irradiance", 1_000);
    run(inverter, 3_600, 1);
    assertTrue(inverter.quantity("temperature") > 70);
    assertTrue(inverter.quantity("power") < 5_000);
    assertEquals(5, inverter.quantity("state"));
  }
}
