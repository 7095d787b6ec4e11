package io.plantbus.simulators.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.simulators.BusSimulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessModelTest {
  private static final long SECOND = 1_000_000_000L;

  /// Any resource, kept in a map.
  private static final class Cabinet implements SimulatedSlave {
    final Map<String, TagValue> values = new HashMap<>();

    @Override
    public String name() {
      return "cabinet";
    }

    @Override
    public boolean set(String resource, TagValue value) {
      values.put(resource, value);
      return true;
    }

    @Override
    public @Nullable TagValue get(String resource) {
      return values.get(resource);
    }

    double number(String resource) {
      TagValue value = values.get(resource);
      return value == null ? Double.NaN : value.asDouble();
    }
  }

  private static List<Double> levels(long seed) {
    BusSimulation simulation = new BusSimulation(seed);
    Cabinet cabinet = new Cabinet();
    Tank tank = new Tank("tank", 1, 2, 1, 20);
    Pump pump = new Pump("pump", new Pump.Rating(0.1, 20, 5, 0, 1_000, 12), null, tank);
    simulation.start(
        new ProcessModel(
            SECOND / 10,
            List.of(pump, tank),
            List.of(new Actuator(cabinet, "run", pump, "run", 1, 0)),
            List.of(
                new Sensor(
                    cabinet,
                    "level",
                    tank::levelMetres,
                    new Sensor.Scaling(100, 0, 0.5, 0, 150),
                    simulation.random("sensor")))));
    List<Double> levels = new ArrayList<>();
    for (int second = 0; second < 10; second++) {
      simulation.runFor(SECOND);
      levels.add(cabinet.number("level"));
      cabinet.set("run", TagValue.of(true));
    }
    return levels;
  }

  @Test
  void commandsReachTheProcessAndMeasurementsReachTheSlave() {
    List<Double> levels = levels(1);
    assertEquals(100, levels.get(0), 3);
    assertEquals(110, levels.get(1), 3);
    assertEquals(150, levels.get(9));
  }

  @Test
  void noiseDependsOnTheSeedAlone() {
    assertEquals(levels(1), levels(1));
    assertNotEquals(levels(1), levels(2));
  }

  @Test
  void aProcessThatFellBehindSkipsInsteadOfRunningForever() {
    Tank tank = new Tank("tank", 1, 2, 1, 20);
    ProcessModel model = new ProcessModel(1_000_000, List.of(tank), List.of(), List.of());
    model.step(0);
    long later = 3_600 * SECOND;
    assertTrue(model.step(later) > later);
  }
}
