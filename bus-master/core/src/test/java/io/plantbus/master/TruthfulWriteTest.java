package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.hal.I2cAddress;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.ReadBack;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteState;
import io.plantbus.master.write.WriteStep;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is told of a write from its start to its end.
class TruthfulWriteTest {
  private final Bench bench = new Bench();
  private final RegisterBank bank = bench.slave(1, new AddressRange(0, 100));

  private void start(TagSpec... tags) {
    start(Plants.rtu("line"), tags);
  }

  private void start(LineSpec line, TagSpec... tags) {
    if (line.transport() instanceof LineSpec.Transport.Tcp) {
      bench.serveTcp();
    } else {
      bench.serveRtu();
    }
    bench.line(line).device(Plants.modbus("plc", "line", 1, tags)).start();
    bench.run(SECOND);
  }

  private static WriteCommand command(String tag, double value, long timeToLive) {
    return new WriteCommand(tag, TagValue.of(value), "test", timeToLive);
  }

  private static List<WriteState> states(List<WriteStep> steps) {
    for (WriteStep step : steps) {
      assertEquals(step.equals(steps.getLast()), step.isLast(), steps.toString());
    }
    return steps.stream().map(WriteStep::state).toList();
  }

  private void fault(SlaveFault fault) {
    Objects.requireNonNull(bench.slaves.get(1)).fault(fault);
  }

  private long writesSeen() {
    return bench.seen(1).stream().filter(one -> !one.request().isReadOnly()).count();
  }

  @Test
  void anAcknowledgedValueThatIsReadBackIsConfirmed() {
    start(Plants.holding("t", 5, 60 * SECOND));
    List<WriteStep> steps = bench.follow(command("t", 7, SECOND));
    bench.run(SECOND);
    assertEquals(
        List.of(
            WriteState.QUEUED,
            WriteState.SENT,
            WriteState.ACKNOWLEDGED,
            WriteState.READ_BACK,
            WriteState.CONFIRMED),
        states(steps));
    assertEquals(new ReadBack(TagValue.of(7), "0x0007"), steps.getLast().readBack());
    assertTrue(steps.getFirst().nanos() < steps.getLast().nanos());
  }

  @Test
  void aValueThatTheDeviceChangedDiverges() {
    bank.setRegister(DataTable.HOLDING_REGISTERS, 5, 3);
    start(Plants.holding("t", 5, 60 * SECOND));
    bench.pretendsToWrite = true;
    List<WriteStep> steps = bench.follow(command("t", 7, SECOND));
    bench.run(SECOND);
    assertEquals(WriteState.DIVERGED, steps.getLast().state());
    assertEquals(new ReadBack(TagValue.of(3), "0x0003"), steps.getLast().readBack());
    assertEquals(5, states(steps).size());
  }

  @Test
  void aScaleRoundsWhatIsReadAndDoesNotDiverge() {
    start(
        Plants.tag(
            "t",
            DataTable.HOLDING_REGISTERS,
            5,
            new RegisterEncoding(DataType.INT16, RegisterOrder.ABCD, 0, 0, 0, 0.1, 0, List.of()),
            60 * SECOND));
    List<WriteStep> steps = bench.follow(command("t", 2.34, SECOND));
    bench.run(SECOND);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
    assertEquals("0x0017", Objects.requireNonNull(steps.getLast().readBack()).raw());
  }

  @Test
  void onlyTheBitsOfAFieldAreCompared() {
    bank.setRegister(DataTable.HOLDING_REGISTERS, 5, 0xF00F);
    start(
        Plants.tag(
            "t",
            DataTable.HOLDING_REGISTERS,
            5,
            new RegisterEncoding(DataType.UINT16, RegisterOrder.ABCD, 0, 4, 4, 1, 0, List.of()),
            60 * SECOND));
    List<WriteStep> steps = bench.follow(command("t", 0xA, SECOND));
    bench.run(SECOND);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
    assertEquals("0x00a0/00f0", Objects.requireNonNull(steps.getLast().readBack()).raw());
    assertEquals(0xF0AF, bank.register(DataTable.HOLDING_REGISTERS, 5));
  }

  @Test
  void aCoilIsCompared() {
    start(Plants.coil("t", 5, 60 * SECOND));
    List<WriteStep> steps = bench.follow(new WriteCommand("t", TagValue.of(true), "test", SECOND));
    bench.run(SECOND);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
  }

  @Test
  void whatIsNeverReadEndsAcknowledged() {
    start(Plants.holding("t", 5, 0));
    List<WriteStep> steps = bench.follow(command("t", 7, SECOND));
    bench.run(SECOND);
    assertEquals(
        List.of(WriteState.QUEUED, WriteState.SENT, WriteState.ACKNOWLEDGED), states(steps));
  }

  @Covers(Requirement.WRITES_ARE_NOT_REPEATED)
  @Test
  void aWriteWithoutAnAnswerIsUnknownUntilItIsReadBackAndConfirmed() {
    start(Plants.holding("t", 5, 60 * SECOND));
    bench.swallowsAnswersToWrites = true;
    List<WriteStep> steps = bench.follow(command("t", 7, SECOND));
    bench.run(SECOND);
    assertEquals(
        List.of(
            WriteState.QUEUED,
            WriteState.SENT,
            WriteState.UNKNOWN,
            WriteState.READ_BACK,
            WriteState.CONFIRMED),
        states(steps));
    assertEquals(1, writesSeen());
  }

  @Test
  void aWriteWithoutAnAnswerThatWasNotDoneDiverges() {
    start(Plants.holding("t", 5, 60 * SECOND));
    bench.swallowsAnswersToWrites = true;
    bench.pretendsToWrite = true;
    List<WriteStep> steps = bench.follow(command("t", 7, SECOND));
    bench.run(SECOND);
    assertEquals(WriteState.DIVERGED, steps.getLast().state());
    assertEquals(1, writesSeen());
  }

  @Test
  void aWriteToADeviceThatWentSilentIsSettledWhenItIsBack() {
    start(Plants.holding("t", 5, SECOND));
    fault(new SlaveFault.Mute());
    List<WriteStep> steps = bench.follow(command("t", 7, SECOND));
    bench.run(20 * SECOND);
    assertEquals(WriteState.UNKNOWN, steps.getLast().state());
    fault(SlaveFault.NONE);
    bench.run(30 * SECOND);
    assertEquals(WriteState.DIVERGED, steps.getLast().state());
    states(steps);
  }

  @Test
  void aWriteThatIsNeverReadBackStaysUnknownAndEnds() {
    start(Plants.holding("t", 5, SECOND));
    fault(new SlaveFault.Mute());
    List<WriteStep> steps = bench.follow(command("t", 7, SECOND));
    bench.run(100 * SECOND);
    assertEquals(
        List.of(WriteState.QUEUED, WriteState.SENT, WriteState.UNKNOWN, WriteState.UNKNOWN),
        states(steps));
    assertEquals("not read back within 60 s", steps.getLast().reason());
  }

  @Test
  void aWriteUnderWayWhenTheLineIsLostIsSettledAfterwards() {
    start(Plants.holding("t", 5, 60 * SECOND));
    List<WriteStep> steps = bench.follow(command("t", 7, SECOND));
    bench.run(2 * MS);
    bench.pair.unplug("master");
    bench.run(SECOND);
    assertEquals(WriteState.UNKNOWN, steps.getLast().state());
    bench.pair.replug("master");
    bench.run(20 * SECOND);
    assertTrue(
        List.of(WriteState.CONFIRMED, WriteState.DIVERGED).contains(steps.getLast().state()));
    states(steps);
  }

  @Test
  void aLaterWriteToTheSamePlaceLeavesNothingToTellOfTheEarlierOne() {
    start(Plants.holding("t", 5, 60 * SECOND));
    List<WriteStep> first = bench.follow(command("t", 7, SECOND));
    List<WriteStep> second = bench.follow(command("t", 8, SECOND));
    bench.run(SECOND);
    assertEquals(WriteState.ACKNOWLEDGED, first.getLast().state());
    assertTrue(first.getLast().reason().contains("before it was read back"));
    assertEquals(WriteState.CONFIRMED, second.getLast().state());
    states(first);
  }

  @ParameterizedTest
  @EnumSource(
      value = ExceptionCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ACKNOWLEDGE", "SERVER_DEVICE_BUSY", "GATEWAY_TARGET_FAILED_TO_RESPOND"})
  void aRefusalEndsTheWrite(ExceptionCode code) {
    start(Plants.holding("t", 5, SECOND));
    bench.refusalOfWrites = Response.Refusal.of(code);
    List<WriteStep> steps = bench.follow(command("t", 7, 10 * SECOND));
    bench.run(10 * SECOND);
    assertEquals(List.of(WriteState.QUEUED, WriteState.SENT, WriteState.REFUSED), states(steps));
    assertTrue(steps.getLast().reason().contains("exception %02x".formatted(code.code())));
    assertEquals(1, writesSeen());
  }

  @Test
  void aGatewayThatGotNoAnswerFromTheDeviceDoesNotKnowEither() {
    start(Plants.holding("t", 5, SECOND));
    bench.refusalOfWrites = Response.Refusal.of(ExceptionCode.GATEWAY_TARGET_FAILED_TO_RESPOND);
    List<WriteStep> steps = bench.follow(command("t", 7, 10 * SECOND));
    bench.run(10 * SECOND);
    assertEquals(WriteState.UNKNOWN, steps.get(2).state());
    assertEquals(WriteState.DIVERGED, steps.getLast().state());
    assertEquals(1, writesSeen());
  }

  @Test
  void aBusyDeviceQueuesTheWriteAgain() {
    start(Plants.holding("t", 5, SECOND));
    bench.refusalOfWrites = Response.Refusal.of(ExceptionCode.SERVER_DEVICE_BUSY);
    List<WriteStep> steps = bench.follow(command("t", 7, 10 * SECOND));
    bench.run(40 * MS);
    bench.refusalOfWrites = null;
    bench.run(SECOND);
    assertEquals(
        List.of(
            WriteState.QUEUED,
            WriteState.SENT,
            WriteState.QUEUED,
            WriteState.SENT,
            WriteState.ACKNOWLEDGED,
            WriteState.READ_BACK,
            WriteState.CONFIRMED),
        states(steps));
  }

  @Test
  void aDeviceThatWorksOnItMayHoldTheFormerValueForAWhile() {
    start(Plants.holding("t", 5, SECOND));
    bench.refusalOfWrites = Response.Refusal.of(ExceptionCode.ACKNOWLEDGE);
    List<WriteStep> steps = bench.follow(command("t", 7, 10 * SECOND));
    bench.run(5 * SECOND);
    assertEquals(WriteState.READ_BACK, steps.getLast().state());
    bank.setRegister(DataTable.HOLDING_REGISTERS, 5, 7);
    bench.run(2 * SECOND);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
    assertEquals(6, states(steps).size(), "the former value is told once");
  }

  @Test
  void aDeviceThatNeverDoesWhatItAcceptedDiverges() {
    start(Plants.holding("t", 5, SECOND));
    bench.refusalOfWrites = Response.Refusal.of(ExceptionCode.ACKNOWLEDGE);
    List<WriteStep> steps = bench.follow(command("t", 7, 10 * SECOND));
    bench.run(70 * SECOND);
    assertEquals(WriteState.DIVERGED, steps.getLast().state());
    states(steps);
  }

  @Test
  void aWriteThatExpiresOrIsRejectedIsNeverSent() {
    start(Plants.holding("t", 5, SECOND));
    bench.pair.unplug("master");
    bench.run(SECOND);
    List<WriteStep> expired = bench.follow(command("t", 7, 100 * MS));
    List<WriteStep> rejected = bench.follow(command("t", 70_000, SECOND));
    bench.run(SECOND);
    bench.pair.replug("master");
    bench.run(10 * SECOND);
    assertEquals(List.of(WriteState.QUEUED, WriteState.EXPIRED), states(expired));
    assertEquals(List.of(WriteState.REJECTED), states(rejected));
    assertEquals(0, writesSeen());
    assertEquals(expired.getFirst().id() + 1, rejected.getFirst().id());
  }

  @Test
  void whatIsNotReadBackWhenTheMasterStopsEndsAsItIs() throws InterruptedException {
    start(Plants.holding("t", 5, SECOND));
    fault(new SlaveFault.Mute());
    List<WriteStep> unknown = bench.follow(command("t", 7, SECOND));
    bench.run(5 * SECOND);
    bench.master().stop(SECOND);
    assertEquals(WriteState.UNKNOWN, unknown.getLast().state());
    states(unknown);
  }

  @Test
  void aSafeStateThatTheDeviceDoesNotTakeIsTold() throws InterruptedException {
    start(Plants.safe(Plants.holding("t", 5, 100 * MS), TagValue.of(9)));
    bench.pretendsToWrite = true;
    assertEquals(
        List.of("safe state 9 of t: sent, but the device holds 0"),
        bench.master().stop(2 * SECOND));
  }

  @Test
  void anI2cWriteIsComparedToo() {
    SlowChip chip = new SlowChip(0x40, 50 * MS);
    bench.i2c.attach(I2cAddress.of(0x40), "chip", chip);
    Point point = new Point.I2cChannel("slow", "value", 1, 0);
    bench
        .line(Plants.i2c("i2c"))
        .device(
            Plants.i2cDevice(
                "chip",
                "i2c",
                0x40,
                Plants.of(
                    "a",
                    Plants.resource("a", point, Access.READ_WRITE, null, null),
                    100 * MS,
                    null)),
            chip)
        .start();
    bench.run(SECOND);
    List<WriteStep> steps = bench.follow(command("a", 42, SECOND));
    bench.run(SECOND);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
    assertEquals(5, states(steps).size());
    List<WriteStep> other = bench.follow(command("a", 300, SECOND));
    bench.run(SECOND);
    assertEquals(WriteState.DIVERGED, other.getLast().state(), "the chip holds one byte");
  }
}
