package com.example.level;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.junit.SimulatedBench;
import io.plantbus.junit.SimulatedPlant;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SimulatedPlant("bench.yaml")
class LevelKeeperTest {
  private LevelKeeper keeper;

  @BeforeEach
  void connect(SimulatedBench bench) throws Exception {
    keeper = new LevelKeeper(bench.tcp("net").host(), bench.tcp("net").port());
  }

  @AfterEach
  void disconnect() {
    keeper.close();
  }

  @Test
  void startsThePumpWhenTheLevelIsLow(SimulatedBench bench) throws Exception {
    bench.slave("tank").set("level", 1.0);
    keeper.check();
    bench.slave("pump").awaitWrite("run", Duration.ofSeconds(2));
    assertTrue(bench.slave("pump").is("run"));
  }

  @Test
  void stopsThePumpWhenTheLevelIsUnknown(SimulatedBench bench) throws Exception {
    bench.slave("pump").set("run", true);
    bench.faults().unplug("tank");
    keeper.check();
    assertTrue(keeper.alarm());
    assertFalse(bench.slave("pump").is("run"));
  }

  @Test
  void keepsTheLevelForTenMinutes(SimulatedBench bench) throws Exception {
    for (int second = 0; second < 600; second++) {
      bench.clock().advance(Duration.ofSeconds(1)); // a second of water, at once
      keeper.check();
      double level = bench.process("basin").get("level");
      assertTrue(level > 0.8 && level < 2.6, "the level was " + level);
    }
    assertFalse(keeper.alarm());
  }
}
