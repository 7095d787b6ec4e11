package io.plantbus.simulators.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.i2c.I2cDriver;
import io.plantbus.devices.i2c.I2cDrivers;
import io.plantbus.devices.i2c.I2cStep;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The master's drivers against the simulated chips, each written from the data sheet.
class DriversAndChipsTest {
  private final BusSimulation simulation = new BusSimulation(4);

  private final class Device {
    final DeviceProfile profile;
    final I2cDriver driver;
    final RunningBench bench;
    final I2cBus bus;

    Device(String profileName, int address) throws PortException {
      I2cAddress at = I2cAddress.of(address);
      profile = Objects.requireNonNull(ProfileCatalogue.builtIn().find(profileName));
      driver = I2cDrivers.create(profile, at, Map.of());
      BenchLine line =
          new BenchLine.I2c("i2c", 100_000, List.of(BenchLine.Target.of("chip", at, profile)));
      bench =
          RunningBench.start(
              Bench.of("bench", 4, List.of(line)), simulation, new VirtualPorts(simulation));
      bus = bench.i2c("i2c").open();
    }

    DeviceResource resource(String name) {
      return Objects.requireNonNull(profile.resource(name));
    }

    I2cStep poll() throws PortException {
      I2cStep step = driver.poll(bus, simulation.nowNanos());
      while (step instanceof I2cStep.Waiting(long untilNanos)) {
        simulation.runUntil(untilNanos);
        step = driver.poll(bus, simulation.nowNanos());
      }
      return step;
    }

    I2cStep write(String name, TagValue value) throws PortException {
      I2cStep step = driver.write(bus, resource(name), value, simulation.nowNanos());
      while (step instanceof I2cStep.Waiting(long untilNanos)) {
        simulation.runUntil(untilNanos);
        step = driver.write(bus, resource(name), value, simulation.nowNanos());
      }
      return step;
    }

    double read(String name) {
      I2cStep.Channel channel = driver.channel(resource(name));
      assertEquals(Quality.GOOD, channel.quality(), name);
      return Objects.requireNonNull(channel.value()).asDouble();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cabinet-climate,0x44,temperature,-12.5",
    "cabinet-climate,0x44,humidity,81",
    "pressure-inputs,0x48,suction-pressure,-0.5",
    "pressure-inputs,0x48,discharge-pressure,7.25",
    "pressure-inputs,0x48,supply-voltage,23.5",
    "operator-panel,0x20,button-stop,1",
    "operator-panel,0x20,switch-automatic,1"
  })
  void aDriverReadsWhatTheChipMeasures(
      String profile, String address, String resource, double value) throws PortException {
    Device device = new Device(profile, Integer.decode(address));
    assertInstanceOf(I2cStep.Done.class, device.poll());
    Objects.requireNonNull(device.bench.slave("chip")).set(resource, TagValue.of(value));
    assertInstanceOf(I2cStep.Done.class, device.poll());
    assertEquals(value, device.read(resource), 0.01);
  }

  @Test
  void whatADriverWritesStandsAtThePinsOfTheChip() throws PortException {
    Device device = new Device("operator-panel", 0x20);
    assertInstanceOf(I2cStep.Done.class, device.poll());
    assertInstanceOf(I2cStep.Done.class, device.write("horn", TagValue.of(true)));
    TagValue horn = Objects.requireNonNull(device.bench.slave("chip")).get("horn");
    assertEquals(1, Objects.requireNonNull(horn).asDouble());
  }

  @ParameterizedTest
  @ValueSource(strings = {"MUTE", "DROP", "STUCK", "ARBITRATION", "LATE"})
  void faultsOfTheBusAreFailuresAndPass(FaultKind kind) throws PortException {
    Device device = new Device("cabinet-climate", 0x44);
    assertInstanceOf(I2cStep.Done.class, device.poll());
    device.bench.faults().add(Fault.always("chip", kind));
    assertInstanceOf(I2cStep.Failed.class, device.poll());
    device.bench.faults().clear("chip");
    device.driver.reset();
    assertInstanceOf(I2cStep.Done.class, device.poll());
    assertEquals(24, device.read("temperature"), 0.01);
  }
}
