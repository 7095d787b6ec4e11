package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WriteTest {
  /// A serial line that polls more than it can: something is due at any time.
  private static Bench busyLine() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 1000));
    List<TagSpec> tags = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tags.add(Plants.holding("t" + i, 50 * i, 50 * MS));
    }
    bench.line(Plants.rtu("rs485"));
    bench.device(Plants.modbus("plc", "rs485", 1, tags.toArray(TagSpec[]::new)));
    return bench;
  }

  private static WriteCommand command(String tag, int value, long timeToLive) {
    return new WriteCommand(tag, TagValue.of(value), "test", timeToLive);
  }

  private static WriteCommand command(String tag, int value, Priority priority) {
    return new WriteCommand(tag, TagValue.of(value), "test", SECOND, priority, false);
  }

  @Test
  void ordinaryWritesTakeTurnsWithPollsThatAreLate() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    int before = bench.seen.size();
    for (int i = 0; i < 4; i++) {
      bench.write(command("t" + i, i, Priority.NORMAL));
    }
    bench.run(200 * MS);
    StringBuilder order = new StringBuilder();
    for (Bench.Seen one : bench.seen.subList(before, before + 8)) {
      order.append(one.request().isReadOnly() ? 'r' : 'w');
    }
    assertTrue(order.toString().matches("r?wrwrwrwr?"), order.toString());
  }

  @Test
  void writesOfAHighClassGoAheadOfPollsAndInTheirOrder() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    int before = bench.seen.size();
    bench.write(command("t0", 1, Priority.CONTROL));
    bench.write(command("t1", 2, Priority.CONTROL));
    bench.write(command("t0", 3, Priority.CONTROL));
    bench.run(100 * MS);
    List<Request> next =
        bench.seen.subList(before, before + 4).stream().map(Bench.Seen::request).toList();
    List<Request> writes = next.stream().filter(request -> !request.isReadOnly()).toList();
    assertEquals(
        List.of(
            new Request.WriteSingleRegister(0, 1),
            new Request.WriteSingleRegister(50, 2),
            new Request.WriteSingleRegister(0, 3)),
        writes,
        "at most the poll under way goes ahead");
    assertEquals(3, bench.outcomes.size());
  }

  @Test
  void aWriteThatIsAcknowledgedIsReadBackAtOnce() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 10));
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("plc", "rs485", 1, Plants.holding("slow", 0, 60 * SECOND)))
        .start();
    bench.run(SECOND);
    bench.write(command("slow", 9, SECOND));
    bench.run(100 * MS);
    assertEquals(TagValue.of(9), bench.sample("slow").value());
    assertEquals(Quality.GOOD, bench.sample("slow").quality());
  }

  @Test
  void whatCannotBeReadBackIsShownAsWritten() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 10));
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("plc", "rs485", 1, Plants.holding("command", 0, 0)))
        .start();
    bench.run(SECOND);
    bench.write(command("command", 9, SECOND));
    bench.run(100 * MS);
    assertEquals(TagValue.of(9), bench.sample("command").value());
    assertEquals(Quality.UNCERTAIN_LAST_USABLE_VALUE, bench.sample("command").quality());
  }

  private static void refuse(Bench bench, ExceptionCode code) {
    bench.refusalOfWrites = Response.Refusal.of(code);
  }

  private static List<Request> writesSince(Bench bench, int first) {
    return bench.seen.subList(first, bench.seen.size()).stream()
        .map(Bench.Seen::request)
        .filter(request -> !request.isReadOnly())
        .toList();
  }

  @Test
  void aRefusalIsToldWithItsException() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    refuse(bench, ExceptionCode.SERVER_DEVICE_FAILURE);
    bench.write(command("t0", 1, SECOND));
    bench.run(100 * MS);
    assertTrue(bench.outcomes.getFirst().contains("Refused[refusal=Refusal[code=4]]"));
  }

  @Covers(Requirement.ACKNOWLEDGE_AND_BUSY)
  @Test
  void aWriteThatABusyDeviceDidNotTakeIsSentAgainLaterAndNoneOvertakesIt() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    refuse(bench, ExceptionCode.SERVER_DEVICE_BUSY);
    int before = bench.seen.size();
    bench.write(command("t0", 1, 10 * SECOND));
    bench.write(command("t0", 2, 10 * SECOND));
    bench.run(500 * MS);
    assertEquals(List.of(), bench.outcomes, "nothing is settled while the device is busy");
    bench.refusalOfWrites = null;
    bench.run(2 * SECOND);
    List<Request> writes = writesSince(bench, before);
    Request first = new Request.WriteSingleRegister(0, 1);
    assertEquals(2, bench.outcomes.size());
    assertEquals(new Request.WriteSingleRegister(0, 2), writes.getLast());
    assertTrue(
        writes.subList(0, writes.size() - 1).stream().allMatch(first::equals),
        "the second went after the first was done");
  }

  @Test
  void aDeviceThatStaysBusyIsAskedWithGrowingPausesAndItsRefusalIsTheOutcome() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    refuse(bench, ExceptionCode.SERVER_DEVICE_BUSY);
    int before = bench.seen.size();
    bench.write(command("t0", 1, 5 * SECOND));
    bench.run(10 * SECOND);
    assertTrue(bench.outcomes.getFirst().contains("Refused[refusal=Refusal[code=6]]"));
    int tries = writesSince(bench, before).size();
    assertTrue(tries >= 5 && tries <= 10, "tries: " + tries);
  }

  @Covers(Requirement.ACKNOWLEDGE_AND_BUSY)
  @Test
  void aWriteThatTheDeviceAcceptedForLaterIsNotSentAgain() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    refuse(bench, ExceptionCode.ACKNOWLEDGE);
    int before = bench.seen.size();
    bench.write(command("t0", 1, 5 * SECOND));
    bench.run(10 * SECOND);
    assertTrue(bench.outcomes.getFirst().contains("Accepted[]"));
    assertEquals(1, writesSince(bench, before).size());
  }

  @Covers(Requirement.WRITES_ARE_NOT_REPEATED)
  @Test
  void aWriteWithoutAnAnswerIsUnknownAndNeverSentAgain() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 10));
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("plc", "rs485", 1, Plants.holding("out", 0, 0)))
        .start();
    bench.run(SECOND);
    Objects.requireNonNull(bench.slaves.get(1)).fault(new SlaveFault.Late(SECOND));
    bench.write(command("out", 1, 5 * SECOND));
    bench.run(10 * SECOND);
    assertEquals(1, bench.outcomes.size());
    assertTrue(bench.outcomes.getFirst().contains("Unknown[reason=no answer within 200 ms]"));
    assertEquals(1, bench.seen(1).size());
  }

  @Test
  void aWriteThatCannotBeSentInTimeExpiresAndIsNeverSent() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.run(SECOND);
    RegisterBank bank = Objects.requireNonNull(bench.banks.get(1));
    bench.pair.unplug("master");
    bench.run(SECOND);
    bench.write(command("t0", 77, 300 * MS));
    bench.run(SECOND);
    assertEquals(List.of("2300 t0 Expired[]"), bench.outcomes);
    bench.pair.replug("master");
    bench.run(20 * SECOND);
    assertEquals(0, bank.register(DataTable.HOLDING_REGISTERS, 0));
  }

  @Test
  void writesUnderWayWhenALineIsLostAreUnknown() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 10));
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("plc", "rs485", 1, Plants.holding("out", 0, 0)))
        .start();
    bench.run(SECOND);
    bench.write(command("out", 1, SECOND));
    bench.run(2 * MS);
    bench.pair.unplug("master");
    bench.run(SECOND);
    assertTrue(bench.outcomes.getFirst().contains("Unknown[reason=line rs485 was lost"));
  }

  @Test
  void tooManyWritesAreRejected() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.pair.unplug("master");
    bench.run(SECOND);
    for (int i = 0; i < 257; i++) {
      bench.write(command("t0", i, SECOND));
    }
    assertEquals(1, bench.outcomes.size());
    assertTrue(bench.outcomes.getFirst().contains("256 writes already wait for line rs485"));
  }

  @Test
  void writesToADeadDeviceDoNotStarveTheOthers() {
    Bench bench = busyLine();
    bench.device(Plants.modbus("dead", "rs485", 9, Plants.holding("dead", 0, SECOND)));
    bench.serveRtu();
    bench.start();
    bench.run(10 * SECOND);
    int before = bench.seen.size();
    for (int i = 0; i < 100; i++) {
      bench.write(command("dead", i, SECOND));
      bench.run(100 * MS);
    }
    bench.run(2 * SECOND);
    assertEquals(100, bench.outcomes.size());
    long sent = bench.outcomes.stream().filter(o -> o.contains("Unknown")).count();
    assertTrue(sent >= 1 && sent <= 3, sent + " were sent");
    assertTrue(bench.seen.size() - before > 400, (bench.seen.size() - before) + " polls");
  }

  @Test
  void mistakesAreRejectedAtOnce() {
    Bench bench = busyLine();
    bench.serveRtu();
    bench.start();
    bench.write(command("nonsense", 1, SECOND));
    bench.write(command("t0", 70_000, SECOND));
    assertEquals(2, bench.outcomes.size());
    assertTrue(bench.outcomes.get(0).contains("there is no tag nonsense"));
    assertTrue(bench.outcomes.get(1).contains("0..65535"));
  }
}
