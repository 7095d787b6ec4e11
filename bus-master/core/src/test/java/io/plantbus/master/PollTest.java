package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.encoding.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PollTest {
  private static TagSpec[] block(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Plants.holding("t" + i, i, 100 * MS))
        .toArray(TagSpec[]::new);
  }

  private static Bench serial(TagSpec... tags) {
    Bench bench = new Bench();
    bench.line(Plants.rtu("rs485")).device(Plants.modbus("plc", "rs485", 1, tags));
    return bench;
  }

  private static void refuse(Bench bench, ExceptionCode code) {
    Objects.requireNonNull(bench.slaves.get(1))
        .fault(new SlaveFault.Refusing(Response.Refusal.of(code)));
  }

  @Test
  void neighbouringRegistersAreReadInOneRequest() {
    Bench bench = serial(block(10));
    bench.slave(1, new AddressRange(0, 10));
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    assertEquals(10, bench.seen.size());
    assertEquals(Quality.GOOD, bench.sample("t9").quality());
  }

  @Test
  void oneHoleDoesNotFailItsNeighbours() {
    Bench bench = serial(block(8));
    bench.slave(1, new AddressRange(0, 5), new AddressRange(6, 2));
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    for (int i = 0; i < 8; i++) {
      Quality expected = i == 5 ? Quality.BAD_CONFIGURATION_ERROR : Quality.GOOD;
      assertEquals(expected, bench.sample("t" + i).quality(), "t" + i);
    }
    assertEquals(
        "exception 02 (illegal data address) on reading holding:5", bench.sample("t5").reason());
    long refusals = bench.report("rs485").refusals();
    bench.run(20 * SECOND);
    assertEquals(refusals, bench.report("rs485").refusals(), "the hole is asked for seldom");
  }

  @Test
  void aHoleThatIsMappedLaterIsFound() {
    Bench bench = serial(block(1));
    bench.slave(1, new AddressRange(0, 5));
    bench.serveRtu();
    bench.start();
    refuse(bench, ExceptionCode.ILLEGAL_DATA_ADDRESS);
    bench.run(SECOND);
    assertEquals(Quality.BAD_CONFIGURATION_ERROR, bench.sample("t0").quality());
    bench.repair(1);
    bench.run(31 * SECOND);
    assertEquals(Quality.GOOD, bench.sample("t0").quality());
  }

  @Test
  void aGapWithoutRegistersIsNotBridgedTwice() {
    Bench bench = serial(Plants.holding("low", 0, 100 * MS), Plants.holding("high", 5, 100 * MS));
    bench.slave(1, new AddressRange(0, 1), new AddressRange(5, 1));
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    assertEquals(Quality.GOOD, bench.sample("low").quality());
    assertEquals(Quality.GOOD, bench.sample("high").quality());
    assertEquals(1, bench.report("rs485").refusals());
  }

  @Test
  void exceptionsBecomeQualities() {
    Bench bench = serial(block(1));
    bench.slave(1, new AddressRange(0, 5));
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    refuse(bench, ExceptionCode.SERVER_DEVICE_FAILURE);
    bench.run(SECOND);
    assertEquals(Quality.BAD_DEVICE_FAILURE, bench.sample("t0").quality());
    assertEquals(Health.UP, bench.health("plc").health());

    refuse(bench, ExceptionCode.GATEWAY_TARGET_FAILED_TO_RESPOND);
    bench.run(SECOND);
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("t0").quality());
    assertEquals(Health.DOWN, bench.health("plc").health());

    bench.repair(1);
    bench.run(5 * SECOND);
    refuse(bench, ExceptionCode.ILLEGAL_FUNCTION);
    bench.run(SECOND);
    assertEquals(Quality.BAD_CONFIGURATION_ERROR, bench.sample("t0").quality());
  }

  @Covers(Requirement.ACKNOWLEDGE_AND_BUSY)
  @Test
  void aBusyDeviceIsAskedAgainLaterAndItsValueAges() {
    Bench bench = serial(block(1));
    bench.slave(1, new AddressRange(0, 5));
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    refuse(bench, ExceptionCode.SERVER_DEVICE_BUSY);
    bench.run(SECOND);
    assertEquals(Quality.UNCERTAIN_LAST_USABLE_VALUE, bench.sample("t0").quality());
    assertEquals(Health.UP, bench.health("plc").health());
    bench.repair(1);
    bench.run(200 * MS);
    assertEquals(Quality.GOOD, bench.sample("t0").quality());
  }

  @Test
  void onAnOverloadedLineTheHighPriorityKeepsItsPeriod() {
    List<TagSpec> tags = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      tags.add(Plants.with(Plants.holding("slow" + i, 30 * i, 50 * MS), Priority.BACKGROUND));
    }
    tags.add(Plants.with(Plants.holding("trip", 999, 100 * MS), Priority.SAFETY));
    Bench bench = serial(tags.toArray(TagSpec[]::new));
    bench.slave(1, new AddressRange(0, 1000));
    bench.serveRtu();
    bench.start();
    bench.run(10 * SECOND);
    long trips =
        bench.seen.stream().filter(one -> one.request().toString().contains("range=999]")).count();
    assertTrue(trips >= 99, trips + " of 100 turns");
    assertTrue(bench.report("rs485").utilisation() > 0.8);
    long first =
        bench.seen.stream().filter(one -> one.request().toString().contains("range=0]")).count();
    long last =
        bench.seen.stream().filter(one -> one.request().toString().contains("range=870]")).count();
    assertTrue(Math.abs(first - last) <= 1, "polls of equal priority share what is left");
  }

  @Test
  void aTagThatIsLongerThanOneRequestIsAMistakeOfThePlant() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 10));
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(
            Plants.modbus(
                "plc",
                "rs485",
                1,
                new RequestLimits(1, 8, 1, 8),
                Plants.tag("wide", DataTable.HOLDING_REGISTERS, 0, DataType.FLOAT32, 100 * MS),
                Plants.holding("narrow", 4, 100 * MS)))
        .start();
    bench.run(SECOND);
    assertEquals(Quality.BAD_CONFIGURATION_ERROR, bench.sample("wide").quality());
    assertEquals(Quality.GOOD, bench.sample("narrow").quality());
  }

  @Test
  void aValueBeyondTheLimitsOfItsProfileIsBad() {
    TagSpec plain = Plants.holding("level", 0, 100 * MS);
    TagSpec limited =
        Plants.of(
            "level",
            Plants.resource(
                "level", plain.resource().point(), plain.resource().access(), 0.0, 100.0),
            100 * MS,
            null);
    Bench bench = serial(limited);
    var bank = bench.slave(1, new AddressRange(0, 1));
    bank.setRegister(DataTable.HOLDING_REGISTERS, 0, 99);
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    bank.setRegister(DataTable.HOLDING_REGISTERS, 0, 101);
    bench.run(SECOND);
    assertEquals(Quality.BAD_OUT_OF_RANGE, bench.sample("level").quality());
    assertEquals(TagValue.of(99), bench.sample("level").value());
  }

  @Test
  void samplesCarryTheTimeOfTheirArrival() {
    Bench bench = serial(block(1));
    bench.slave(1, new AddressRange(0, 1));
    bench.serveRtu();
    bench.start();
    bench.run(50 * MS);
    long nanos = bench.sample("t0").sourceNanos();
    assertTrue(nanos > 10 * MS && nanos < 30 * MS, nanos + " ns");
    long epochMicros = bench.simulation.clock().epochMicros() - (50 * MS - nanos) / 1000;
    assertTrue(Math.abs(epochMicros - bench.sample("t0").sourceEpochMicros()) <= 1);
  }

  @Test
  void theSameSeedGivesTheSameSequence() {
    assertEquals(digest(7), digest(7));
  }

  private static String digest(long seed) {
    Bench bench = new Bench(seed);
    bench.line(Plants.rtu("rs485")).device(Plants.modbus("plc", "rs485", 1, block(8)));
    bench.slave(1, new AddressRange(0, 5));
    bench.serveRtu();
    bench.start();
    bench.run(3 * SECOND);
    bench.mute(1);
    bench.run(3 * SECOND);
    bench.repair(1);
    bench.run(5 * SECOND);
    return bench.simulation.transcript().digest() + " " + bench.seen.hashCode();
  }
}
