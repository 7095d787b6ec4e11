package io.plantbus.simulators.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.simulators.BusSimulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private final BusSimulation simulation = new BusSimulation(11);
  private final FaultPlan plan = new FaultPlan(simulation);

  private List<Integer> strikes(FaultPlan struck, String target) {
    List<Integer> strikes = new ArrayList<>();
    for (int answer = 0; answer < 1_000; answer++) {
      if (struck.strike(FaultKind.DROP, 0, target, "line") != null) {
        strikes.add(answer);
      }
    }
    return strikes;
  }

  @Test
  void aRateHitsItsShareInTheSameOrderForTheSameSeed() {
    plan.add(Fault.sometimes("pump", FaultKind.DROP, 0.1));
    List<Integer> first = strikes(plan, "pump");
    assertTrue(first.size() > 60 && first.size() < 140, first.size() + " of 1000");
    FaultPlan again = new FaultPlan(new BusSimulation(11));
    again.add(Fault.sometimes("other", FaultKind.DROP, 0.5));
    again.add(Fault.sometimes("pump", FaultKind.DROP, 0.1));
    assertEquals(first, strikes(again, "pump"));
  }

  @Test
  void aFaultOfTheLineHitsEveryUnit() {
    plan.add(Fault.always("line", FaultKind.DROP));
    assertEquals(1_000, strikes(plan, "anybody").size());
  }

  @Test
  void unpluggingLastsUntilReplugging() {
    plan.add(Fault.always("pump", FaultKind.MUTE).during(0, 5));
    plan.unplug("pump");
    plan.unplug("pump");
    assertNotNull(plan.strike(FaultKind.MUTE, 10, "pump"));
    assertNull(plan.strike(FaultKind.MUTE, 10, "valve"));
    plan.replug("pump");
    assertNull(plan.strike(FaultKind.MUTE, 10, "pump"));
    assertNotNull(plan.strike(FaultKind.MUTE, 1, "pump"));
    assertEquals(1, plan.faults().size());
  }
}
