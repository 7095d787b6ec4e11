package io.plantbus.master.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadBacksTest {
  private static final Request.Read READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 10));

  private final ReadBacks readBacks = new ReadBacks();
  private final List<WriteStep> steps = new ArrayList<>();
  private long ids;

  private PendingWrite write(Request request, List<WriteStep> told) {
    return PendingWrites.of(++ids, "t", request, Priority.NORMAL, (_, step) -> told.add(step));
  }

  private PendingWrite awaited(Request request, long lastTransaction) {
    PendingWrite write = write(request, steps);
    readBacks.sent(write);
    readBacks.await(write, new WriteOutcome.Acknowledged(), lastTransaction, 0);
    return write;
  }

  private void read(long transaction, int... registers) {
    readBacks.read(
        "plc", transaction, READ, new Response.Registers(RegisterBlock.of(registers)), 0);
  }

  @Test
  void onlyWhatWasAskedForAfterTheEndOfTheWriteIsItsReadBack() {
    awaited(new Request.WriteSingleRegister(5, 7), 10);
    read(10, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0);
    assertEquals(WriteState.ACKNOWLEDGED, steps.getLast().state());
    read(11, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
    assertTrue(steps.getLast().isLast());
  }

  @Test
  void readsOfOtherPlacesSayNothing() {
    awaited(new Request.WriteSingleRegister(5, 7), 0);
    Response zeros = new Response.Registers(RegisterBlock.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    readBacks.read("other", 1, READ, zeros, 0);
    readBacks.read(
        "plc", 1, new Request.Read(DataTable.INPUT_REGISTERS, new AddressRange(0, 10)), zeros, 0);
    readBacks.read(
        "plc", 1, new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(6, 10)), zeros, 0);
    readBacks.read(
        "plc",
        1,
        new Request.Read(DataTable.COILS, new AddressRange(5, 1)),
        new Response.Bits(BitBlock.of(false)),
        0);
    assertEquals(WriteState.ACKNOWLEDGED, steps.getLast().state());
  }

  @Test
  void aValueOfSeveralRegistersIsComparedAsAWhole() {
    awaited(new Request.WriteMultipleRegisters(5, RegisterBlock.of(1, 2)), 0);
    read(1, 0, 0, 0, 0, 0, 1, 3, 0, 0, 0);
    assertEquals(WriteState.DIVERGED, steps.getLast().state());
    ReadBack found = steps.getLast().readBack();
    assertEquals("0x0001 0003", found == null ? "" : found.raw());
  }

  @Test
  void fieldsOfOneRegisterDoNotDisturbEachOther() {
    Request low = new Request.MaskWriteRegister(5, 0xFF00, 0x0007);
    Request high = new Request.MaskWriteRegister(5, 0x00FF, 0x0700);
    PendingWrite first = write(low, steps);
    readBacks.sent(first);
    assertTrue(readBacks.mayFollow(write(high, new ArrayList<>())));
    assertFalse(readBacks.mayFollow(write(low, new ArrayList<>())));
    assertFalse(
        readBacks.mayFollow(write(new Request.WriteSingleRegister(5, 1), new ArrayList<>())));
    readBacks.await(first, new WriteOutcome.Acknowledged(), 0, 0);
    readBacks.sent(write(high, new ArrayList<>()));
    read(1, 0, 0, 0, 0, 0, 0x0707, 0, 0, 0, 0);
    assertEquals(WriteState.CONFIRMED, steps.getLast().state());
  }

  @Test
  void whatWaitsIsBounded() {
    List<List<WriteStep>> told = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<WriteStep> own = new ArrayList<>();
      told.add(own);
      PendingWrite write = write(new Request.WriteSingleRegister(i, 7), own);
      readBacks.sent(write);
      readBacks.await(write, new WriteOutcome.Acknowledged(), 0, 0);
    }
    assertEquals(300 - 256, told.stream().filter(own -> own.getLast().isLast()).count());
    assertTrue(told.getFirst().getLast().isLast(), "the oldest end first");
    readBacks.close("line is stopped");
    assertTrue(told.stream().allMatch(own -> own.getLast().isLast()));
  }
}
