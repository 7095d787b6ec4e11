package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.SlaveDevice;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.observe.RefusedSpan;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningTest {
  private static TagSpec[] tags(int... addresses) {
    return IntStream.of(addresses)
        .mapToObj(address -> Plants.holding("t" + address, address, 100 * MS))
        .toArray(TagSpec[]::new);
  }

  private static Bench serial(TagSpec... tags) {
    Bench bench = new Bench();
    bench.line(Plants.rtu("rs485")).device(Plants.modbus("plc", "rs485", 1, tags));
    return bench;
  }

  /// A slave that gives no more than so many registers at once.
  private static Bench limited(int most, ExceptionCode code, int tags) {
    Bench bench = serial(tags(IntStream.range(0, tags).toArray()));
    SlaveDevice slave = new BankSlave(bench.slave(1, new AddressRange(0, 200)));
    bench.instead.put(
        1,
        (request, nowNanos) ->
            request instanceof Request.Read(_, var range) && range.count() > most
                ? Response.Refusal.of(code)
                : slave.execute(request, nowNanos));
    bench.serveRtu();
    return bench;
  }

  private static String reads(Bench bench, long sinceNanos) {
    TreeSet<Integer> starts = new TreeSet<>();
    StringBuilder text = new StringBuilder();
    for (Bench.Seen one : bench.seen) {
      if (one.nanos() > sinceNanos
          && one.request() instanceof Request.Read(_, var range)
          && starts.add(range.start())) {
        text.append(range).append(' ');
      }
    }
    return text.toString().strip();
  }

  private static DeviceObservations observed(Bench bench) {
    bench.run(2 * SECOND);
    return bench.master().observations().of("plc");
  }

  @Test
  void aHoleIsFoundByHalvingAndReadAroundFromThenOn() {
    Bench bench = serial(tags(0, 1, 2, 5, 6, 7));
    bench.slave(1, new AddressRange(0, 3), new AddressRange(5, 3));
    bench.serveRtu();
    bench.start();
    bench.run(3 * SECOND);
    long since = bench.simulation.nowNanos();
    bench.run(SECOND);
    assertEquals(
        List.of(new RefusedSpan(DataTable.HOLDING_REGISTERS, new AddressRange(2, 4))),
        observed(bench).refused());
    List<String> reads = List.of(reads(bench, since).split(" "));
    assertEquals(2, reads.size(), reads.toString());
    assertTrue(reads.contains("0..2") && reads.contains("5..7"), reads.toString());
    assertEquals(1, bench.report("rs485").refusals());
  }

  @Test
  void whatIsRememberedIsNotAskedAgainAfterAStart() {
    DeviceObservations known =
        new DeviceObservations(
            3 * MS,
            4 * MS,
            List.of(
                new RefusedSpan(DataTable.HOLDING_REGISTERS, new AddressRange(2, 4)),
                new RefusedSpan(DataTable.HOLDING_REGISTERS, new AddressRange(9, 1))),
            Map.of());
    Bench bench = serial(tags(0, 1, 2, 5, 6, 7, 9));
    bench.slave(1, new AddressRange(0, 3), new AddressRange(5, 3));
    bench.serveRtu();
    bench.start(new Observations(Map.of("plc", known)));
    bench.run(SECOND);
    assertEquals(1, bench.report("rs485").refusals(), "only what is not there at all is asked");
    assertEquals(Quality.BAD_CONFIGURATION_ERROR, bench.sample("t9").quality());
    assertEquals(Quality.GOOD, bench.sample("t7").quality());
    assertEquals(known.refused(), observed(bench).refused());
  }

  @Test
  void aRegisterThatIsThereAfterAllIsForgottenAsARefusedOne() {
    Bench bench = serial(tags(0, 1, 2));
    bench.slave(1, new AddressRange(0, 3));
    bench.serveRtu();
    bench.start(
        new Observations(
            Map.of(
                "plc",
                new DeviceObservations(
                    0,
                    0,
                    List.of(new RefusedSpan(DataTable.HOLDING_REGISTERS, new AddressRange(1, 1))),
                    Map.of()))));
    bench.run(SECOND);
    assertEquals(List.of(), observed(bench).refused());
    long since = bench.simulation.nowNanos();
    bench.run(SECOND);
    assertEquals("0..2", reads(bench, since));
  }

  @Test
  void theMostThatADeviceGivesAtOnceIsFoundExactly() {
    Bench bench = limited(37, ExceptionCode.ILLEGAL_DATA_VALUE, 100);
    bench.start();
    bench.run(10 * SECOND);
    assertEquals(Map.of(DataTable.HOLDING_REGISTERS, 37), observed(bench).limits());
    for (int i = 0; i < 100; i++) {
      assertEquals(Quality.GOOD, bench.sample("t" + i).quality(), "t" + i);
    }
    long since = bench.simulation.nowNanos();
    bench.run(SECOND);
    assertEquals(3, reads(bench, since).split(" ").length, reads(bench, since));
    assertTrue(bench.report("rs485").refusals() < 12, bench.report("rs485").refusals() + "");
  }

  @Test
  void aDeviceThatAnswersShortIsReadInPartsThatItGivesWhole() {
    Bench bench = serial(tags(IntStream.range(0, 60).toArray()));
    bench.simulation.start(
        new ShortSlave(bench.pair.opener("slave", SerialSettings.MODBUS_DEFAULT), 25));
    bench.start();
    bench.run(60 * SECOND);
    assertEquals(Map.of(DataTable.HOLDING_REGISTERS, 25), observed(bench).limits());
    for (int i = 0; i < 60; i++) {
      assertEquals(Quality.GOOD, bench.sample("t" + i).quality(), "t" + i);
    }
  }

  @Test
  void aDeviceThatCallsTooMuchAtOnceAnIllegalAddressIsReadInPartsNevertheless() {
    Bench bench = limited(20, ExceptionCode.ILLEGAL_DATA_ADDRESS, 100);
    bench.start();
    bench.run(10 * SECOND);
    for (int i = 0; i < 100; i++) {
      assertEquals(Quality.GOOD, bench.sample("t" + i).quality(), "t" + i);
    }
    long refusals = bench.report("rs485").refusals();
    bench.run(30 * SECOND);
    assertEquals(refusals, bench.report("rs485").refusals());
  }

  @Test
  void aDeviceThatRefusesEverythingIsAskedSeldom() {
    Bench bench = limited(0, ExceptionCode.ILLEGAL_DATA_VALUE, 20);
    bench.start();
    bench.run(10 * SECOND);
    long refusals = bench.report("rs485").refusals();
    bench.run(20 * SECOND);
    assertTrue(bench.report("rs485").refusals() - refusals <= 21);
    assertEquals(Quality.BAD_CONFIGURATION_ERROR, bench.sample("t3").quality());
  }

  @Test
  void theTurnaroundOfADeviceIsMeasuredAndThePlanFollowsIt() {
    Bench bench = serial(tags(0, 30));
    bench.slave(1, new AddressRange(0, 40));
    bench.serveRtu();
    bench.start();
    bench.run(2 * SECOND);
    long since = bench.simulation.nowNanos();
    bench.run(SECOND);
    assertEquals(2, reads(bench, since).split(" ").length, "a quick device: two requests");
    Objects.requireNonNull(bench.slaves.get(1)).fault(new SlaveFault.Late(60 * MS));
    bench.run(30 * SECOND);
    since = bench.simulation.nowNanos();
    bench.run(SECOND);
    assertEquals("0..30", reads(bench, since), "a slow device: one request");
    long turnaround = observed(bench).turnaroundNanos();
    assertTrue(turnaround > 59 * MS && turnaround < 70 * MS, turnaround + " ns");
  }
}
