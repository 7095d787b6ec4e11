package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Comparison;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.master.proof.WriteBound;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.simulators.stream.NetworkConditions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was proven of a plan is never exceeded by what a master then does on a simulated pair, of
/// plants made by seed.
class ProofHoldsTest {
  private static final long[] PERIODS = {50, 100, 150, 200, 250, 400, 500, 1000, 2000};
  private static final long WARM_UP = 5 * SECOND;
  private static final long MEASURED = 20 * SECOND;

  private static Transport serial(SerialSettings settings) {
    return new Transport.Serial(
        "/dev/null", SerialFraming.RTU, settings, EchoMode.NONE, 0, 100 * MS, SerialDriver.AUTO);
  }

  private static DeviceSpec stated(DeviceSpec plain, long turnaroundNanos) {
    return new DeviceSpec(
        plain.name(),
        plain.line(),
        plain.address(),
        plain.profile(),
        plain.options(),
        plain.inService(),
        plain.tags(),
        turnaroundNanos);
  }

  /// A plant made by seed, run in virtual time.
  private static final class Trial {
    final Bench bench;
    final List<DeviceSpec> devices = new ArrayList<>();
    final Map<String, Long> latest = new HashMap<>();
    final Map<String, Long> ages = new HashMap<>();
    final Map<Priority, Long> latencies = new EnumMap<>(Priority.class);
    private final SplittableRandom random;
    private final long roundTripNanos;
    private boolean writing;

    Trial(long seed) {
      this(seed, false);
    }

    /// @param network whether it is on a network, with a window
    Trial(long seed, boolean network) {
      random = new SplittableRandom(seed);
      bench = new Bench(seed);
      roundTripNanos = network ? 2 * NetworkConditions.LOCAL.latencyNanos() : 0;
      int baud = List.of(9600, 19_200, 115_200).get(random.nextInt(3));
      SerialSettings settings = SerialSettings.of(baud, "8E1");
      Transport transport =
          network
              ? new Transport.Tcp(
                  "localhost", Bench.PORT, StreamFraming.MBAP, random.nextInt(1, 6), SECOND, null)
              : serial(settings);
      bench.line(
          new LineSpec(
              "line",
              transport,
              random.nextInt(300, 500) * MS,
              random.nextInt(3),
              100 * MS,
              5 * SECOND));
      int count = random.nextInt(2, 9);
      for (int unit = 1; unit <= count; unit++) {
        device(unit, Math.max(1L, 19_200 / baud) * (1 + count / 3));
      }
      if (network) {
        bench.serveTcp();
      } else {
        bench.serveRtu(settings);
      }
    }

    private void device(int unit, long slower) {
      bench.slave(unit, new AddressRange(0, 200));
      List<TagSpec> tags = new ArrayList<>();
      int groups = random.nextInt(1, 4);
      for (int group = 0; group < groups; group++) {
        long period = PERIODS[random.nextInt(PERIODS.length)] * slower * MS;
        Priority priority = List.of(Priority.values()).get(random.nextInt(4));
        int width = random.nextInt(1, 12);
        for (int i = 0; i < width; i++) {
          TagSpec tag =
              Plants.holding(
                  "d" + unit + "." + group + "." + i,
                  40 * group + i * random.nextInt(1, 3),
                  period);
          tags.add(Plants.with(tag, priority));
        }
      }
      DeviceSpec plain = Plants.modbus("d" + unit, "line", unit, tags.toArray(new TagSpec[0]));
      long turnaround = random.nextInt(1, 16) * MS;
      DeviceSpec device = stated(plain, turnaround + roundTripNanos);
      bench.unit(unit).fault(new SlaveFault.Late(turnaround));
      devices.add(device);
      bench.device(device);
    }

    boolean isMute(DeviceSpec device) {
      return device.address() instanceof DeviceSpec.Address.Modbus(var unit)
          && bench.unit(unit.value()).fault() instanceof SlaveFault.Mute;
    }

    void run() {
      BusMaster master = bench.start();
      master
          .image()
          .onSample(
              (tag, sample) -> {
                if (sample.quality() == Quality.GOOD) {
                  Long former = latest.put(tag.name(), sample.sourceNanos());
                  if (former != null && former > WARM_UP) {
                    ages.merge(tag.name(), sample.sourceNanos() - former, Math::max);
                  }
                }
              });
      write(master);
      bench.run(WARM_UP + MEASURED);
      // a value that never came again is as old as it is
      latest.forEach(
          (tag, nanos) -> {
            if (nanos > WARM_UP) {
              ages.merge(tag, bench.simulation.nowNanos() - nanos, Math::max);
            }
          });
    }

    /// One write at a time, a second apart at least.
    private void write(BusMaster master) {
      bench.simulation.after(
          SECOND + random.nextLong(SECOND / 2),
          () -> {
            if (!writing) {
              writeNow(master);
            }
            write(master);
          });
    }

    private void writeNow(BusMaster master) {
      List<DeviceSpec> living = devices.stream().filter(device -> !isMute(device)).toList();
      List<TagSpec> tags = living.get(random.nextInt(living.size())).tags();
      TagSpec tag = tags.get(random.nextInt(tags.size()));
      long began = bench.simulation.nowNanos();
      writing = true;
      master.write(
          new WriteCommand(tag.name(), TagValue.of(random.nextInt(100)), "test", 60 * SECOND),
          outcome -> {
            writing = false;
            assertEquals(new WriteOutcome.Acknowledged(), outcome);
            if (began > WARM_UP) {
              latencies.merge(tag.priority(), bench.simulation.nowNanos() - began, Math::max);
            }
          });
    }

    LineProof proof() {
      return PlanProof.of(bench.plant(), Observations.NONE).lines().getFirst();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everyAgeAndLatencyStaysWithinTheProof(long seed) {
    mustHold(new Trial(seed), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54, 55, 56, 57, 58, 59, 60})
  void theSameHoldsOnANetworkWithAWindow(long seed) {
    mustHold(new Trial(seed, true), seed);
  }

  private static void mustHold(Trial trial, long seed) {
    PlanProof proof = PlanProof.of(trial.bench.plant(), Observations.NONE);
    trial.run();

    Comparison comparison =
        Comparison.of(proof, trial.ages, Map.of("line", trial.bench.report("line").utilisation()));
    assertFalse(comparison.tags().isEmpty());
    assertTrue(comparison.lines().getFirst().holds(), comparison.lines() + " of seed " + seed);
    for (Comparison.TagAge age : comparison.tags()) {
      assertTrue(age.holds(), age + " of seed " + seed);
    }
    for (WriteBound bound : proof.lines().getFirst().writes()) {
      long measured = trial.latencies.getOrDefault(bound.priority(), 0L);
      assertTrue(measured <= bound.latencyNanos(), bound + " took " + measured + ", seed " + seed);
    }
  }

  @Test
  void theLongestWaitOfAWriteIsMetToTheNanosecond() {
    SerialSettings settings = SerialSettings.of(9600, "8E1");
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 125));
    bench.slave(2, new AddressRange(0, 1));
    bench.serveRtu(settings);
    bench.line(new LineSpec("line", serial(settings), SECOND, 0, 100 * MS, 5 * SECOND));
    TagSpec[] wide = new TagSpec[125];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Plants.tag("w" + i, DataTable.INPUT_REGISTERS, i, DataType.UINT16, 2 * SECOND);
    }
    TagSpec output = Plants.with(Plants.holding("out", 0, 0), Priority.SAFETY);
    bench.device(stated(Plants.modbus("reads", "line", 1, wide), MS));
    bench.device(stated(Plants.modbus("written", "line", 2, output), MS));
    WriteBound bound =
        PlanProof.of(bench.plant(), Observations.NONE).lines().getFirst().writes().getFirst();

    BusMaster master = bench.start();
    bench.run(9 * SECOND);
    long heard = bench.seen(1).getLast().nanos();
    long nextPoll = heard - 8 * settings.characterNanos() + 2 * SECOND;
    bench.run(nextPoll + 1 - bench.simulation.nowNanos());
    AtomicLong acknowledged = new AtomicLong();
    master.write(
        new WriteCommand("out", TagValue.of(1), "test", SECOND),
        _ -> acknowledged.set(bench.simulation.nowNanos()));
    bench.run(SECOND);

    assertEquals(bound.latencyNanos(), acknowledged.get() - nextPoll);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42})
  void silentDevicesCostTheOthersNoMoreThanTheProofSays(long seed) {
    Trial trial = new Trial(seed);
    int dead = 1 + (int) (seed % Math.max(1, trial.devices.size() - 1));
    for (int unit = 1; unit <= dead; unit++) {
      trial.bench.mute(unit);
    }
    LineProof proof = trial.proof();
    trial.run();

    proof
        .tags()
        .forEach(
            bound -> {
              Long age = trial.ages.get(bound.tag().name());
              assertTrue(
                  age == null || age <= bound.ageBesideSilentNanos(),
                  bound.tag().name() + " got " + age + ", seed " + seed);
            });
    for (WriteBound bound : proof.writes()) {
      long measured = trial.latencies.getOrDefault(bound.priority(), 0L);
      assertTrue(
          measured <= bound.besideSilentNanos(), bound + " took " + measured + ", seed " + seed);
    }
  }
}
