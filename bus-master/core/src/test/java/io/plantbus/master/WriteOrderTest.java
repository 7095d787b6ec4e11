package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteQueue;
import io.plantbus.master.write.WriteState;
import io.plantbus.master.write.WriteStep;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which writes go first, and which give way.
class WriteOrderTest {
  private final Bench bench = new Bench();

  /// Twenty registers that are polled more often than the line can.
  private void start(LineSpec line) {
    bench.slave(1, new AddressRange(0, 1000));
    TagSpec[] tags = new TagSpec[20];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = Plants.holding("t" + i, 50 * i, 50 * MS);
    }
    tags[9] = Plants.latestWins(tags[9]);
    bench.line(line).device(Plants.modbus("plc", "line", 1, tags));
    if (line.transport() instanceof LineSpec.Transport.Tcp) {
      bench.serveTcp();
    } else {
      bench.serveRtu();
    }
    bench.start();
    bench.run(SECOND);
  }

  private List<WriteStep> write(String tag, int value, Priority priority, boolean coalesce) {
    return bench.follow(
        new WriteCommand(tag, TagValue.of(value), "test", 10 * SECOND, priority, coalesce));
  }

  private List<WriteStep> write(String tag, int value, Priority priority) {
    return write(tag, value, priority, false);
  }

  private static WriteState last(List<WriteStep> steps) {
    return steps.getLast().state();
  }

  /// The values written since, in the order in which the slave saw them.
  private List<Integer> written(int since) {
    List<Integer> values = new ArrayList<>();
    for (Bench.Seen one : bench.seen.subList(since, bench.seen.size())) {
      if (one.request() instanceof Request.WriteSingleRegister(_, int value)) {
        values.add(value);
      }
    }
    return values;
  }

  @Test
  void writesGoByClassAndWithinAClassInTheirOrder() {
    start(Plants.rtu("line"));
    int before = bench.seen.size();
    write("t0", 41, Priority.NORMAL);
    write("t1", 21, Priority.CONTROL);
    write("t2", 11, Priority.SAFETY);
    write("t3", 42, Priority.NORMAL);
    write("t4", 12, Priority.SAFETY);
    write("t5", 22, Priority.CONTROL);
    bench.run(2 * SECOND);
    assertEquals(List.of(11, 12, 21, 22, 41, 42), written(before));
  }

  @Test
  void aSafetyWriteWaitsForOneTransactionAtMost() {
    start(Plants.rtu("line"));
    for (int i = 0; i < 20; i++) {
      write("t" + i, i, Priority.NORMAL);
    }
    bench.run(30 * MS);
    int before = bench.seen.size();
    write("t5", 999, Priority.SAFETY);
    bench.run(100 * MS);
    List<Request> next =
        bench.seen.subList(before, before + 2).stream().map(Bench.Seen::request).toList();
    assertTrue(next.contains(new Request.WriteSingleRegister(250, 999)), next.toString());
  }

  @Test
  void aBackgroundWriteWaitsUntilNothingElseIsDue() {
    bench.slave(1, new AddressRange(0, 100));
    bench.serveRtu();
    bench
        .line(Plants.rtu("line"))
        .device(
            Plants.modbus(
                "plc", "line", 1, Plants.holding("fast", 0, SECOND), Plants.holding("rare", 90, 0)))
        .start();
    bench.run(SECOND + 1);
    int before = bench.seen.size();
    List<WriteStep> steps = write("rare", 7, Priority.BACKGROUND);
    bench.run(500 * MS);
    assertEquals(WriteState.ACKNOWLEDGED, last(steps));
    assertTrue(bench.seen.get(before).request().isReadOnly(), "the poll that was due went first");
    assertEquals(List.of(7), written(before));
  }

  @Test
  void theLatestOfATagWinsWhereThatIsAskedFor() {
    start(Plants.rtu("line"));
    bench.pair.unplug("master");
    bench.run(SECOND);
    List<WriteStep> one = write("t9", 1, Priority.NORMAL);
    List<WriteStep> other = write("t8", 5, Priority.NORMAL);
    List<WriteStep> two = write("t9", 2, Priority.NORMAL);
    List<WriteStep> three = write("t9", 3, Priority.NORMAL);
    int before = bench.seen.size();
    bench.pair.replug("master");
    bench.run(8 * SECOND);
    assertEquals(List.of(3, 5), written(before), "it keeps the place of the first");
    assertEquals(WriteState.SUPERSEDED, last(one));
    assertEquals(WriteState.SUPERSEDED, last(two));
    assertEquals(
        "write " + three.getFirst().id() + " to the same tag took its place",
        two.getLast().reason());
    assertEquals(WriteState.CONFIRMED, last(three));
    assertEquals(WriteState.CONFIRMED, last(other));
  }

  @Test
  void withoutAskingEveryWriteIsSent() {
    start(Plants.rtu("line"));
    int before = bench.seen.size();
    write("t0", 1, Priority.NORMAL);
    write("t0", 2, Priority.NORMAL);
    write("t0", 3, Priority.NORMAL, true);
    bench.run(SECOND);
    assertEquals(3, written(before).getLast());
    assertTrue(written(before).size() <= 2, "the last asked for it");
  }

  @Test
  void whatIsOnTheWireIsNeverSuperseded() {
    start(Plants.rtu("line"));
    int before = bench.seen.size();
    List<WriteStep> one = write("t9", 1, Priority.NORMAL);
    while (last(one) != WriteState.SENT) {
      bench.run(MS);
    }
    List<WriteStep> two = write("t9", 2, Priority.NORMAL);
    bench.run(SECOND);
    assertEquals(List.of(1, 2), written(before));
    assertEquals(WriteState.ACKNOWLEDGED, one.get(2).state());
    assertEquals(WriteState.CONFIRMED, last(two));
  }

  @Test
  void whatABusyDeviceDidNotTakeGivesWayToTheLatest() {
    start(Plants.rtu("line"));
    bench.refusalOfWrites = Response.Refusal.of(ExceptionCode.SERVER_DEVICE_BUSY);
    List<WriteStep> one = write("t9", 1, Priority.NORMAL);
    bench.run(60 * MS);
    assertEquals(WriteState.QUEUED, last(one));
    List<WriteStep> two = write("t9", 2, Priority.NORMAL);
    bench.refusalOfWrites = null;
    bench.run(SECOND);
    assertEquals(WriteState.SUPERSEDED, last(one));
    assertEquals(WriteState.CONFIRMED, last(two));
  }

  @Test
  void anOldWriteOfALowerClassNeverLandsAfterALaterOneOfAHigherClass() {
    start(Plants.rtu("line"));
    int before = bench.seen.size();
    List<WriteStep> old = write("t0", 1, Priority.NORMAL);
    List<WriteStep> safe = write("t0", 0, Priority.SAFETY);
    bench.run(SECOND);
    assertEquals(WriteState.SUPERSEDED, last(old));
    assertEquals(List.of(0), written(before));
    assertEquals(WriteState.CONFIRMED, last(safe));
  }

  @Test
  void writesToOnePlaceGoOneByOneEvenWhereTheWindowIsWider() {
    start(Plants.tcp("line", 4));
    bench.refusalOfWrites = Response.Refusal.of(ExceptionCode.SERVER_DEVICE_BUSY);
    int before = bench.seen.size();
    write("t0", 1, Priority.NORMAL);
    write("t0", 2, Priority.NORMAL);
    bench.run(20 * MS);
    bench.refusalOfWrites = null;
    bench.run(SECOND);
    assertEquals(List.of(1, 1, 2), written(before));
  }

  @Test
  void aSafetyWriteDisplacesTheNewestOfTheLeastClassFromAFullQueue() {
    start(Plants.rtu("line"));
    bench.pair.unplug("master");
    bench.run(SECOND);
    List<List<WriteStep>> normal = new ArrayList<>();
    for (int i = 1; i < WriteQueue.CAPACITY; i++) {
      normal.add(write("t0", i, Priority.NORMAL));
    }
    List<WriteStep> background = write("t1", 1, Priority.BACKGROUND);
    assertEquals(WriteState.REJECTED, last(write("t2", 1, Priority.CONTROL)));
    List<WriteStep> safe = write("t3", 1, Priority.SAFETY);
    assertEquals(WriteState.QUEUED, last(safe));
    assertEquals(WriteState.REJECTED, last(background));
    assertEquals(
        "a write of class safety took its place in the full queue", background.getLast().reason());
    write("t4", 1, Priority.SAFETY);
    assertEquals(WriteState.REJECTED, last(normal.getLast()));
    assertEquals(WriteState.QUEUED, last(normal.getFirst()));
    bench.run(SECOND);
    assertEquals(WriteQueue.CAPACITY, bench.report("line").queuedWrites());
  }

  @Test
  void aQueueFullOfSafetyWritesRejectsAnother() {
    start(Plants.rtu("line"));
    bench.pair.unplug("master");
    bench.run(SECOND);
    for (int i = 0; i < WriteQueue.CAPACITY; i++) {
      write("t0", i, Priority.SAFETY);
    }
    List<WriteStep> last = write("t1", 1, Priority.SAFETY);
    assertEquals(List.of(WriteState.REJECTED), last.stream().map(WriteStep::state).toList());
  }
}
