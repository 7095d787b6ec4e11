package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class SteadyStateAllocationTest {
  private static final int TRANSACTIONS = 20_000;
  private static final int MOST_BYTES_PER_TRANSACTION = 0;
  private static final UnitId UNIT = UnitId.of(17);
  private static final Request[] REQUESTS = {
    new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 2)),
    new Request.Read(DataTable.COILS, new AddressRange(0, 9)),
    new Request.WriteMultipleRegisters(1, RegisterBlock.of(7, 8)),
    new Request.Read(DataTable.INPUT_REGISTERS, new AddressRange(9, 1)),
  };
  private static final String[] ANSWERS = {
    "03 04 00 01 00 02", "01 02 ff 01", "10 00 01 00 02", "84 02"
  };

  private final Sum sum = new Sum();
  private long now;

  @Test
  void aTransactionOverRtuAllocatesNothing() {
    byte[][] answers = new byte[ANSWERS.length][];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = Wire.rtu("11 " + ANSWERS[i]);
    }
    assertFrugal(new RtuClientSession(new RtuClientSettings(0, 0, 0, 0), sum), answers, false);
  }

  @Test
  void aTransactionOverTcpAllocatesNothing() {
    byte[][] answers = new byte[ANSWERS.length][];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = Wire.tcp(0, 17, ANSWERS[i]);
    }
    assertFrugal(new TcpClientSession(4, sum), answers, true);
  }

  private void assertFrugal(ClientSession session, byte[][] answers, boolean numbered) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assumeTrue(
        threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled(),
        "this JVM does not tell what a thread allocates");
    poll(session, answers, numbered);
    long before = threads.getCurrentThreadAllocatedBytes();
    poll(session, answers, numbered);
    long perTransaction = (threads.getCurrentThreadAllocatedBytes() - before) / TRANSACTIONS;
    assertTrue(
        perTransaction <= MOST_BYTES_PER_TRANSACTION, perTransaction + " bytes per transaction");
    assertEquals(2 * TRANSACTIONS, sum.concluded);
    assertEquals(TRANSACTIONS / 2, sum.refused);
    assertEquals(TRANSACTIONS / 2 * 3, sum.total);
  }

  private void poll(ClientSession session, byte[][] answers, boolean numbered) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      session.offer(UNIT, REQUESTS[i & 3], 1_000, ++now);
      byte[] answer = answers[i & 3];
      if (numbered) {
        answer[0] = sum.sentFirst;
        answer[1] = sum.sentSecond;
      }
      session.receive(answer, 0, answer.length, ++now);
      session.advance(++now);
    }
  }

  /// Reads what it is given and keeps nothing.
  private static final class Sum implements ClientEffects {
    private byte sentFirst;
    private byte sentSecond;
    private int concluded;
    private int refused;
    private long total;

    @Override
    public void send(byte[] bytes, int offset, int length) {
      sentFirst = bytes[offset];
      sentSecond = bytes[offset + 1];
    }

    @Override
    public void concluded(
        long transaction,
        UnitId unit,
        Request request,
        Outcome outcome,
        long sentNanos,
        long nowNanos) {
      concluded++;
      switch (outcome) {
        case Outcome.Answered(Response.Registers(RegisterBlock registers)) ->
            total += registers.register(0);
        case Outcome.Answered _ -> total++;
        case Outcome.Refused _ -> refused++;
        case Outcome.Silence _, Outcome.Noise _, Outcome.Aborted _, Outcome.Broadcast _ ->
            throw new AssertionError(outcome);
      }
    }
  }
}
