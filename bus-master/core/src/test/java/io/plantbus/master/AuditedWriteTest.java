package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.write.WriteAudit;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteIntent;
import io.plantbus.master.write.WriteState;
import io.plantbus.master.write.WriteStep;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditedWriteTest {
  /// Keeps everything, and lets writes go when it is told to.
  private static final class Records implements WriteAudit {
    final List<WriteIntent> intents = new ArrayList<>();
    final List<Runnable> held = new ArrayList<>();
    final List<WriteStep> steps = new ArrayList<>();

    @Override
    public void asked(WriteIntent write, Runnable recorded) {
      intents.add(write);
      held.add(recorded);
    }

    @Override
    public void stepped(WriteIntent write, WriteStep step) {
      steps.add(step);
    }
  }

  private final Bench bench = new Bench();
  private final RegisterBank bank = bench.slave(1, new AddressRange(0, 10));
  private final Records records = new Records();

  @BeforeEach
  void start() {
    bank.setRegister(DataTable.HOLDING_REGISTERS, 5, 3);
    bench.audit = records;
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("plc", "rs485", 1, Plants.holding("t", 5, 100 * MS)))
        .start();
    bench.run(SECOND);
  }

  private static WriteCommand command(int value, Priority priority) {
    return new WriteCommand("t", TagValue.of(value), "shift 2", 2 * SECOND, priority, false);
  }

  @Test
  void whoWritesWhatWhereAndOverWhatIsOnRecord() {
    bench.write(command(7, Priority.NORMAL));
    WriteIntent intent = records.intents.getFirst();
    assertEquals("shift 2", intent.command().origin());
    assertEquals("rs485", intent.line());
    assertEquals("plc", intent.device());
    assertEquals("unit 1 holding:5", intent.address());
    assertEquals("0x0007", intent.raw());
    assertEquals(TagValue.of(3), Objects.requireNonNull(intent.before()).value());
    assertEquals(bench.simulation.nowNanos(), intent.nanos());
  }

  @Test
  void aWriteIsSentWhenItsRecordIsSafe() {
    List<WriteStep> steps = bench.follow(command(7, Priority.NORMAL));
    bench.run(SECOND);
    assertEquals(WriteState.QUEUED, steps.getLast().state());
    records.held.getFirst().run();
    bench.run(SECOND);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
    assertEquals(steps, records.steps);
  }

  @Test
  void aWriteWhoseRecordIsNotSafeInTimeExpires() {
    List<WriteStep> steps = bench.follow(command(7, Priority.NORMAL));
    bench.run(3 * SECOND);
    records.held.getFirst().run();
    bench.run(SECOND);
    assertEquals(WriteState.EXPIRED, steps.getLast().state());
    assertEquals(3, bank.register(DataTable.HOLDING_REGISTERS, 5));
  }

  @Test
  void aSafetyWriteDoesNotWaitForItsRecord() {
    List<WriteStep> steps = bench.follow(command(7, Priority.SAFETY));
    bench.run(SECOND);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
  }

  @Test
  void whatIsRejectedIsOnRecordToo() {
    bench.write(new WriteCommand("nonsense", TagValue.of(1), "test", SECOND));
    bench.write(command(70_000, Priority.NORMAL));
    assertEquals(2, records.intents.size());
    assertEquals(
        List.of(WriteState.REJECTED, WriteState.REJECTED),
        records.steps.stream().map(WriteStep::state).toList());
    assertEquals(bench.outcomes.size(), records.steps.size());
  }
}
