package io.plantbus.simulators.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.ThreadRunner;
import io.plantbus.hal.TlsFiles;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.BenchProcess.Measurement;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.process.Sensor;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The same bench on threads and the machine's clock.
class RealTimeBenchTest {
  private static final I2cAddress PANEL = I2cAddress.of(0x20);
  private static final byte[] PORT_B = {0x13};
  private static final long GENEROUS_NANOS = 10_000_000_000L;

  private final NanoClock clock = NanoClock.system();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private final class I2cOnly implements BenchPorts {
    @Override
    public AgentRunner serialRunner(BenchLine.Serial line) {
      throw new AssertionError("there is no serial line");
    }

    @Override
    public LinkOpener serial(BenchLine.Serial line) {
      throw new AssertionError("there is no serial line");
    }

    @Override
    public StreamPort streams(@Nullable TlsFiles tls) {
      throw new AssertionError("there is no TCP line");
    }

    @Override
    public DatagramPort datagrams() {
      throw new AssertionError("there is no UDP line");
    }

    @Override
    public AgentRunner processRunner() {
      return new ThreadRunner(clock, (Agent _, Throwable failure) -> failures.add(failure));
    }
  }

  @Test
  void theProcessReachesAChipThatAnotherThreadReads() throws PortException {
    DeviceProfile profile =
        Objects.requireNonNull(ProfileCatalogue.builtIn().find("operator-panel"));
    Bench bench =
        new Bench(
            "panel",
            1,
            List.of(
                new BenchLine.I2c(
                    "i2c", 400_000, List.of(BenchLine.Target.of("panel", PANEL, profile)))),
            new BenchProcess(
                1_000_000,
                List.of(),
                List.of(
                    new Measurement(
                        new Place("panel", "button-start"), null, 1, Sensor.Scaling.NONE)),
                List.of()),
            List.of(),
            Origins.NONE);
    Surroundings surroundings = Surroundings.realTime(clock, 1, Transcript.silent());
    try (RunningBench running = RunningBench.start(bench, surroundings, new I2cOnly());
        I2cBus bus = running.i2c("i2c").open()) {
      byte[] in = new byte[1];
      long end = clock.nanoTime() + GENEROUS_NANOS;
      while (in[0] != 1 && clock.nanoTime() < end) {
        assertEquals(I2cOutcome.COMPLETED, bus.transfer(PANEL, PORT_B, in));
      }
      assertEquals(1, in[0]);
      assertTrue(running.i2c("i2c").busyNanos() > 0);
    }
    assertTrue(failures.isEmpty(), failures.toString());
  }
}
