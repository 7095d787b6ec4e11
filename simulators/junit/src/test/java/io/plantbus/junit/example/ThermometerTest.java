package io.plantbus.junit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import io.plantbus.junit.BenchTime;
import io.plantbus.junit.SimulatedBench;
import io.plantbus.junit.SimulatedPlant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody's driver for Pi4J against the simulated chip that it is made for.
@SimulatedPlant("cabinet.yaml")
class ThermometerTest {
  private static final long CONVERSION_NANOS = 16_000_000;

  /// The driver: it knows nothing of simulations, and waits as it must with hardware.
  record Thermometer(I2C sht31) {
    static Thermometer on(Context pi4j) {
      return new Thermometer(
          pi4j.create(I2C.newConfigBuilder(pi4j).id("sht31").bus(1).device(0x44).build()));
    }

    double celsius() {
      sht31.write(new byte[] {0x24, 0x00}); // measure once
      long end = System.nanoTime() + CONVERSION_NANOS;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      byte[] answer = new byte[6];
      sht31.read(answer);
      int raw = (answer[0] & 0xFF) << 8 | (answer[1] & 0xFF);
      return -45 + 175.0 * raw / 65_535;
    }
  }

  private Context context;

  @BeforeEach
  void keep(Context pi4j) {
    context = pi4j;
  }

  @Test
  void measuresWithoutAnybodyAdvancingTheClock(Context pi4j, SimulatedBench bench) {
    assertSame(context, pi4j);
    bench.slave("cabinet").set("temperature", 31.25);
    assertEquals(31.25, Thermometer.on(pi4j).celsius(), 0.01);
  }

  @Test
  void throwsWhenTheSensorIsUnplugged(Context pi4j, SimulatedBench bench) {
    Thermometer thermometer = Thermometer.on(pi4j);
    bench.faults().unplug("cabinet");
    assertThrows(Pi4JException.class, thermometer::celsius);
    bench.faults().plugIn("cabinet");
    assertEquals(24, thermometer.celsius(), 0.01);
  }

  @Test
  @SimulatedPlant(value = "cabinet.yaml", time = BenchTime.REAL)
  void measuresInRealTime(Context pi4j) {
    assertEquals(24, Thermometer.on(pi4j).celsius(), 0.01);
  }
}
