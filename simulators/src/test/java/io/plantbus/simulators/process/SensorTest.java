package io.plantbus.simulators.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SensorTest {
  private double quantity;
  private double shown = Double.NaN;

  private final SimulatedSlave slave =
      new SimulatedSlave() {
        @Override
        public String name() {
          return "tank";
        }

        @Override
        public boolean set(String resource, TagValue value) {
          shown = value.asDouble();
          return true;
        }

        @Override
        public @Nullable TagValue get(String resource) {
          return TagValue.of(shown);
        }
      };

  private Sensor sensor(double noise, Transmitter.Behaviour behaviour) {
    Sensor.Scaling scaling = new Sensor.Scaling(1, 0, noise, -1e300, 1e300);
    Sensor sensor =
        new Sensor(slave, "level", () -> quantity, scaling, behaviour, new SplittableRandom(1));
    sensor.measure();
    return sensor;
  }

  private static Transmitter.Behaviour loop() {
    return new Transmitter.Behaviour(0, 0, 0, 0, 0, new Transmitter.Loop(0, 10), 0);
  }

  @Test
  void aLagAnswersAStepExponentially() {
    Sensor sensor = sensor(0, new Transmitter.Behaviour(4, 0, 0, 0, 0, null, 0));
    quantity = 1;
    for (int i = 0; i < 80; i++) {
      sensor.step(0.05);
    }
    assertEquals(1 - Math.exp(-1), shown, 1e-9);
  }

  @Test
  void whatIsSampledStaysUntilTheNextSample() {
    Sensor sensor = sensor(0, new Transmitter.Behaviour(0, 1, 0, 0, 0, null, 0));
    for (int i = 1; i <= 19; i++) {
      quantity = i;
      sensor.step(0.05);
    }
    assertEquals(0, shown);
    quantity = 20;
    sensor.step(0.05);
    assertEquals(20, shown);
  }

  @Test
  void driftGrowsAndResolutionRounds() {
    Sensor sensor = sensor(0, new Transmitter.Behaviour(0, 0, 0.6, 0, 0.25, null, 0));
    quantity = 10;
    for (int i = 0; i < 36; i++) {
      sensor.step(100);
    }
    assertEquals(10.5, shown, 1e-12);
  }

  @Test
  void aRandomWalkSpreadsAsSaid() {
    double squares = 0;
    for (int seed = 0; seed < 400; seed++) {
      Sensor sensor =
          new Sensor(
              slave,
              "level",
              () -> 0,
              Sensor.Scaling.NONE,
              new Transmitter.Behaviour(0, 0, 0, 2, 0, null, 0),
              new SplittableRandom(seed));
      for (int i = 0; i < 36; i++) {
        sensor.step(100);
      }
      squares += shown * shown;
    }
    assertEquals(2, Math.sqrt(squares / 400), 0.3);
  }

  @Test
  void noiseHasItsDeviation() {
    Sensor sensor = sensor(0.5, Transmitter.Behaviour.IDEAL);
    double squares = 0;
    for (int i = 0; i < 4_000; i++) {
      sensor.step(0.05);
      squares += shown * shown;
    }
    assertEquals(0.5, Math.sqrt(squares / 4_000), 0.05);
  }

  @Test
  void aLoopMeasuresWithinItsLimitsAndTellsFaultsBeyondThem() {
    Sensor sensor = sensor(0, loop());
    double[][] expected = {{0, 4}, {5, 12}, {10, 20}, {11, 20.5}, {-1, 3.8}};
    for (double[] pair : expected) {
      quantity = pair[0];
      sensor.step(0.05);
      assertEquals(pair[1], shown, 1e-12);
    }
    sensor.command("failed", 1);
    sensor.step(0.05);
    assertTrue(shown >= 21);
    sensor.command("failed", -1);
    sensor.step(0.05);
    assertTrue(shown <= 3.6 && shown > 0);
    sensor.command("broken", 1);
    sensor.step(0.05);
    assertEquals(0, shown);
    sensor.command("broken", 0);
    sensor.command("failed", 0);
    sensor.step(0.05);
    assertEquals(3.8, shown, 1e-12);
  }

  @Test
  void aStuckSensorKeepsItsValueAndABiasedOneIsWrong() {
    Sensor sensor = sensor(0, Transmitter.Behaviour.IDEAL);
    sensor.command("stuck", 1);
    quantity = 3;
    sensor.step(0.05);
    assertEquals(0, shown);
    assertEquals(3, sensor.quantity("true"));
    sensor.command("stuck", 0);
    sensor.command("bias", -0.5);
    sensor.step(0.05);
    assertEquals(2.5, shown);
    assertEquals(2.5, sensor.quantity("value"));
  }

  @Test
  void aSensorIsAddressedByThePlaceWhereItShows() {
    assertEquals("sensor.tank.level", sensor(0, Transmitter.Behaviour.IDEAL).name());
    assertThrows(
        IllegalArgumentException.class,
        () -> sensor(0, Transmitter.Behaviour.IDEAL).command("sulk", 1));
  }
}
