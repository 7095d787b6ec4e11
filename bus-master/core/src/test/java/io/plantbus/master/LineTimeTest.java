package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.hal.I2cAddress;
import io.plantbus.master.account.Cause;
import io.plantbus.master.account.Culprit;
import io.plantbus.master.account.Culprits;
import io.plantbus.master.account.DeviceUsage;
import io.plantbus.master.account.LineTime;
import io.plantbus.master.account.LineUsage;
import io.plantbus.master.account.Traffic;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Where the time of simulated lines goes, to the nanosecond.
class LineTimeTest {
  /// Eleven bits at 19200 baud, and 3.5 times that; both rounded up.
  private static final long CHARACTER = 572_917;

  private static final long T35 = 2_005_209;

  /// A request to read, and what an answer is without its data.
  private static final long REQUEST = 8 * CHARACTER;

  private static final long AROUND_DATA = 5 * CHARACTER;

  private static TagSpec[] tenRegisters(String name) {
    return IntStream.range(0, 10)
        .mapToObj(i -> Plants.holding(name + i, i, 100 * MS))
        .toArray(TagSpec[]::new);
  }

  private static Bench serial(int devices) {
    Bench bench = new Bench();
    bench.line(Plants.rtu("rs485"));
    for (int unit = 1; unit <= devices; unit++) {
      bench.slave(unit, new AddressRange(0, 10));
      bench.device(Plants.modbus("d" + unit, "rs485", unit, tenRegisters("t" + unit + ".")));
    }
    bench.serveRtu();
    return bench;
  }

  private static void fault(Bench bench, int unit, SlaveFault fault) {
    Objects.requireNonNull(bench.slaves.get(unit)).fault(fault);
  }

  private static LineUsage usage(Bench bench, String line) {
    return bench.report(line).usage();
  }

  private static LineTime time(Bench bench, String device) {
    return bench.health(device).usage().total().time();
  }

  private static Traffic traffic(Bench bench, String device) {
    return bench.health(device).usage().total().traffic();
  }

  private static void assertSharesAddUp(LineUsage usage) {
    double sum = 0;
    for (Cause cause : Cause.values()) {
      assertTrue(usage.share(cause) >= 0, cause.word());
      sum += usage.share(cause);
    }
    assertEquals(1, sum, 1e-12);
    long devices = 0;
    for (DeviceUsage device : usage.devices()) {
      devices += device.total().time().totalNanos();
    }
    assertEquals(usage.total().time().takenNanos(), devices);
  }

  @Test
  void aReadOfTenRegistersTakesWhatTheArithmeticSays() {
    Bench bench = serial(1);
    bench.start();
    bench.run(10 * SECOND);
    LineTime time = time(bench, "d1");
    long reads = traffic(bench, "d1").answers();

    assertTrue(reads > 90, "reads: " + reads);
    assertEquals(reads * 20 * CHARACTER, time.payloadNanos());
    assertEquals(reads * (REQUEST + AROUND_DATA), time.overheadNanos());
    // The last answer may be so new that the silence after it is still to come.
    assertEquals(0, time.silenceNanos() % T35);
    assertTrue(
        time.silenceNanos() / T35 >= 2 * reads - 1 && time.silenceNanos() / T35 <= 2 * reads);
    assertEquals(0, time.turnaroundNanos());
    assertEquals(reads * 20, traffic(bench, "d1").payloadBytes());
    assertEquals(reads * 13, traffic(bench, "d1").overheadBytes());
    assertEquals(0, time.timeoutNanos() + time.retryNanos());
    assertSharesAddUp(usage(bench, "rs485"));
  }

  @Test
  void theTimeThatADeviceTakesIsItsTurnaround() {
    Bench bench = serial(2);
    fault(bench, 2, new SlaveFault.Late(30 * MS));
    bench.start();
    bench.run(10 * SECOND);

    assertEquals(0, time(bench, "d1").turnaroundNanos());
    assertEquals(
        traffic(bench, "d2").answers() * (30 * MS - T35), time(bench, "d2").turnaroundNanos());
    DeviceUsage slow = bench.health("d2").usage();
    assertEquals(30 * MS, slow.latency().maxNanos());
    assertEquals(1, (double) slow.recentLatency().medianNanos() / (30 * MS), 0.02);
    assertSharesAddUp(usage(bench, "rs485"));
    String sentence = Culprits.of(usage(bench, "rs485"), Long::toString).getFirst().sentence();
    assertTrue(
        sentence.matches(
            "d2 \\(unit 2\\) takes \\d+ % of rs485: it answers after 30 ms at the median;"
                + " the other one after 2\\.0 ms"),
        sentence);
  }

  @Test
  void aDeadDeviceTakesItsTimeOutsAndTheRestAfterThem() {
    Bench bench = serial(2);
    bench.start();
    bench.run(2 * SECOND);
    bench.mute(2);
    bench.run(30 * SECOND);
    LineTime dead = time(bench, "d2");
    Traffic asked = traffic(bench, "d2");

    long failures = asked.timeouts();
    assertTrue(failures > 3 && asked.retries() > 0, asked.toString());
    long least = failures * (REQUEST + 20 * MS);
    long most = failures * (REQUEST + 250 * MS);
    long lost = dead.timeoutNanos() + dead.retryNanos();
    assertTrue(lost >= least && lost <= most, lost + " of " + failures);
    assertTrue(dead.retryNanos() > 0 && dead.timeoutNanos() > 0);
    assertSharesAddUp(usage(bench, "rs485"));
    List<Culprit> culprits = Culprits.of(usage(bench, "rs485"), nanos -> nanos / MS + " ms");
    assertTrue(
        culprits
            .getFirst()
            .sentence()
            .matches(
                "\\d+ % of rs485's time goes to time-outs of d2 \\(unit 2\\), silent since 19\\d\\d ms"),
        culprits.toString());
    assertFalse(bench.health("d1").usage().silent());
    assertTrue(bench.health("d2").usage().silent());
  }

  @Test
  void aDeviceThatAnswersTooLateIsToldFromADeadOne() {
    Bench bench = serial(1);
    fault(bench, 1, new SlaveFault.Late(230 * MS));
    bench.start();
    bench.run(30 * SECOND);
    Traffic asked = traffic(bench, "d1");
    assertEquals(0, asked.answers());
    assertTrue(asked.lateAnswers() > 1, asked.toString());
    String sentence = Culprits.of(usage(bench, "rs485"), Long::toString).getFirst().sentence();
    assertTrue(
        sentence.matches("d1 \\(unit 1\\) answered \\d+ of \\d+ requests after their time-out: .*"),
        sentence);
  }

  @Test
  void aSecondAskIsARepeatWhole() {
    Bench bench = serial(1);
    bench.start();
    bench.run(SECOND);
    bench.mute(1);
    bench.run(2 * SECOND);
    Traffic asked = traffic(bench, "d1");
    assertEquals(1, asked.retries());
    assertTrue(time(bench, "d1").retryNanos() >= REQUEST + 20 * MS);
  }

  @Test
  void aRefusalIsAllOverheadAndNamesTheDevice() {
    Bench bench = serial(1);
    fault(
        bench,
        1,
        new SlaveFault.Refusing(Response.Refusal.of(ExceptionCode.SERVER_DEVICE_FAILURE)));
    bench.start();
    bench.run(10 * SECOND);
    Traffic asked = traffic(bench, "d1");
    assertEquals(asked.transactions(), asked.refusals());
    assertEquals(0, time(bench, "d1").payloadNanos());
    assertEquals(asked.refusals() * (REQUEST + AROUND_DATA), time(bench, "d1").overheadNanos());
    List<Culprit> culprits = Culprits.of(usage(bench, "rs485"), Long::toString);
    assertTrue(culprits.toString().contains("d1 (unit 1) refuses "), culprits.toString());
  }

  @Test
  void aWriteCarriesItsPayloadDown() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 10));
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("d1", "rs485", 1, Plants.holding("t", 0, 0)));
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    bench.write(new WriteCommand("t", TagValue.of(7), "test", SECOND));
    bench.run(2 * SECOND);
    assertEquals(1, traffic(bench, "d1").answers());
    assertEquals(2 * CHARACTER, time(bench, "d1").payloadNanos());
    assertEquals(14 * CHARACTER, time(bench, "d1").overheadNanos());
    assertEquals(2 * T35, time(bench, "d1").silenceNanos());
  }

  @Test
  void transactionsThatAreUnderWayTogetherShareTheTime() {
    Bench bench = new Bench();
    bench.line(Plants.tcp("net", 4));
    for (int unit = 1; unit <= 4; unit++) {
      bench.slave(unit, new AddressRange(0, 10));
      bench.device(Plants.modbus("d" + unit, "net", unit, tenRegisters("t" + unit + ".")));
    }
    bench.mute(4);
    bench.serveTcp();
    bench.start();
    bench.run(20 * SECOND);
    LineUsage usage = usage(bench, "net");
    assertSharesAddUp(usage);
    assertTrue(usage.total().time().totalNanos() <= 20 * SECOND);
    assertTrue(usage.total().time().totalNanos() >= 18 * SECOND, usage.toString());
    assertEquals(0, usage.total().time().payloadNanos(), "bytes take no time there");
    Traffic traffic = traffic(bench, "d1");
    assertEquals(20 * traffic.answers(), traffic.payloadBytes());
    assertEquals((12 + 9) * traffic.answers(), traffic.overheadBytes());
    assertTrue(time(bench, "d4").timeoutNanos() > 0);
  }

  @Test
  void aLineThatIsNotOpenSaysSo() {
    Bench bench = serial(1);
    bench.start();
    bench.run(2 * SECOND);
    bench.pair.unplug("master");
    bench.run(6 * SECOND);
    LineUsage usage = usage(bench, "rs485");
    assertSharesAddUp(usage);
    assertTrue(usage.share(Cause.CLOSED) > 0.7, usage.toString());
    String first = Culprits.of(usage, Long::toString).getFirst().sentence();
    assertTrue(first.matches("rs485 was not open for 7\\d % of the time"), first);
  }

  @Test
  void pollsThatDoNotFitAreCountedByTag() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 10));
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("d1", "rs485", 1, Plants.holding("fast", 0, 10 * MS)));
    bench.serveRtu();
    bench.start();
    bench.run(20 * SECOND);
    LineUsage usage = usage(bench, "rs485");
    DeviceUsage device = bench.health("d1").usage();
    assertTrue(device.total().traffic().missedDeadlines() > 100);
    assertEquals("fast", device.missed().getFirst().tag());
    assertEquals(device.total().traffic().missedDeadlines(), device.missed().getFirst().missed());
    double cycle = (REQUEST + AROUND_DATA + 2 * CHARACTER + 2 * T35) / (10.0 * MS);
    double needed = (double) usage.recent().neededNanos() / usage.recent().time().totalNanos();
    assertEquals(cycle, needed, 0.05);
    assertTrue(
        Culprits.of(usage, Long::toString).toString().contains("% of rs485: see `plantbus check`"));
  }

  @Test
  void anI2cBusIsTakenByTransfersAlone() {
    Bench bench = new Bench();
    SlowChip chip = new SlowChip(0x40, 50 * MS);
    bench.i2c.attach(I2cAddress.of(0x40), "one", chip);
    bench
        .line(Plants.i2c("i2c"))
        .device(Plants.i2cDevice("one", "i2c", 0x40, I2cTest.tag("a")), chip)
        .start();
    bench.run(10 * SECOND);
    LineUsage usage = usage(bench, "i2c");
    assertSharesAddUp(usage);
    DeviceUsage device = bench.health("one").usage();
    assertEquals("one (0x40)", device.label());
    assertTrue(device.total().traffic().answers() >= 90, device.toString());
    assertTrue(usage.share(Cause.TURNAROUND) > 0 && usage.share(Cause.TURNAROUND) < 0.05);
    assertTrue(device.latency().maxNanos() < 5 * MS, "the bus is free while it measures");
    assertTrue(Double.isNaN(usage.total().efficiency()));
  }

  @Test
  void theEfficiencyOfAPlanIsThatOfTheLongestRequests() {
    Bench bench = serial(1);
    bench.start();
    bench.run(10 * SECOND);
    long fixed = REQUEST + AROUND_DATA + 2 * T35;
    double ideal = 20 * CHARACTER + fixed * 20 / 250.0;
    assertEquals(
        ideal / (20 * CHARACTER + fixed), usage(bench, "rs485").total().efficiency(), 1e-3);
  }
}
