package io.plantbus.master.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineAccountTest {
  private static final long MS = 1_000_000;
  private static final long CHARACTER = 572_917;
  private static final long T35 = 2_005_209;
  private static final Outcome ANSWER =
      new Outcome.Answered(new Response.Registers(RegisterBlock.of(0)));
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 10));

  private final LineAccount account = account(SerialFraming.RTU);

  private static LineAccount account(SerialFraming framing) {
    LineSpec line =
        new LineSpec(
            "rs485",
            new Transport.Serial(
                "/dev/null",
                framing,
                SerialSettings.MODBUS_DEFAULT,
                EchoMode.NONE,
                0,
                100 * MS,
                SerialDriver.AUTO),
            200 * MS,
            1,
            100 * MS,
            1000 * MS);
    LineAccount made = LineAccount.of(line, List.of(device("one", 1), device("two", 2)));
    made.advance(true, 0, 0);
    return made;
  }

  private static DeviceSpec device(String name, int unit) {
    return new DeviceSpec(
        name,
        "rs485",
        new DeviceSpec.Address.Modbus(UnitId.of(unit)),
        new DeviceProfile(
            name, "", "", "", DeviceProfile.Bus.MODBUS, RequestLimits.SPECIFICATION, List.of()),
        Map.of(),
        true,
        List.of());
  }

  private void exchange(Request request, Outcome outcome, boolean repeat, long from, long to) {
    exchange(account, request, outcome, repeat, from, to);
  }

  private static void exchange(
      LineAccount account, Request request, Outcome outcome, boolean repeat, long from, long to) {
    account.began(from);
    account.concluded("one", request, outcome, repeat, from, to);
  }

  private LineTime time(long now) {
    return time(account, now);
  }

  private static LineTime time(LineAccount account, long now) {
    account.advance(true, 0, now);
    return account.snapshot(now).total().time();
  }

  @Test
  void anAnsweredReadIsTakenApart() {
    exchange(READ, ANSWER, false, 10 * MS, 40 * MS);
    long wire = 33 * CHARACTER;
    assertEquals(
        new LineTime(
            20 * CHARACTER, 13 * CHARACTER, 2 * T35, 30 * MS - wire - T35, 0, 0, 70 * MS - T35, 0),
        time(100 * MS));
  }

  @Test
  void anAnswerSoonerThanTheSilentIntervalLeavesNoTurnaround() {
    exchange(READ, ANSWER, false, 0, 33 * CHARACTER + MS);
    LineTime time = time(100 * MS);
    assertEquals(0, time.turnaroundNanos());
    assertEquals(MS + T35, time.silenceNanos());
  }

  @Test
  void aWireWithoutTimingOfItsOwnIsAllTurnaround() {
    exchange(READ, ANSWER, false, 0, MS);
    LineTime time = time(100 * MS);
    assertEquals(0, time.payloadNanos() + time.overheadNanos());
    assertEquals(MS, time.turnaroundNanos());
    assertEquals(MS, account.snapshot(100 * MS).devices().getFirst().latency().maxNanos());
  }

  @Test
  void inAsciiEachByteIsTwoCharacters() {
    LineAccount ascii = account(SerialFraming.ASCII);
    exchange(ascii, READ, ANSWER, false, 0, 100 * MS);
    LineTime time = time(ascii, 200 * MS);
    assertEquals(40 * CHARACTER, time.payloadNanos());
    assertEquals((17 + 51 - 40) * CHARACTER, time.overheadNanos());
    assertEquals(0, time.silenceNanos());
  }

  @Test
  void theRestAfterATimeOutIsItsOwnUntilTheNextRequest() {
    exchange(READ, new Outcome.Silence(), false, 0, 200 * MS);
    exchange(READ, new Outcome.Silence(), true, 220 * MS, 420 * MS);
    LineTime time = time(1000 * MS);
    assertEquals(220 * MS, time.timeoutNanos());
    assertEquals(250 * MS, time.retryNanos());
    assertEquals(530 * MS, time.idleNanos());
    assertEquals(1000 * MS, time.totalNanos());
  }

  @Test
  void aRepeatThatIsAnsweredIsARetryWhole() {
    exchange(READ, ANSWER, true, 0, 40 * MS);
    LineTime time = time(100 * MS);
    assertEquals(40 * MS + T35, time.retryNanos());
    assertEquals(0, time.usefulNanos());
    assertEquals(1, account.snapshot(100 * MS).total().traffic().retries());
  }

  @Test
  void aBroadcastIsFollowedByItsTurnaroundDelay() {
    exchange(new Request.WriteSingleRegister(0, 1), new Outcome.Broadcast(), false, 0, 110 * MS);
    LineTime time = time(200 * MS);
    assertEquals(2 * CHARACTER, time.payloadNanos());
    assertEquals(6 * CHARACTER, time.overheadNanos());
    assertEquals(110 * MS - 8 * CHARACTER, time.silenceNanos());
  }

  @Test
  void theLengthsOfEveryTransferAreTheSpecifications() {
    Map<Request, List<Integer>> expected =
        Map.of(
            new Request.Read(DataTable.COILS, new AddressRange(0, 9)), List.of(2, 13),
            new Request.WriteSingleCoil(0, true), List.of(2, 14),
            new Request.WriteMultipleCoils(0, BitBlock.of(true, false, true)), List.of(1, 17),
            new Request.WriteMultipleRegisters(0, RegisterBlock.of(1, 2)), List.of(4, 17),
            new Request.MaskWriteRegister(0, 1, 2), List.of(4, 16),
            new Request.ReadWriteMultipleRegisters(new AddressRange(0, 2), 0, RegisterBlock.of(1)),
                List.of(6, 18),
            new Request.ReadExceptionStatus(), List.of(0, 0));
    expected.forEach(
        (request, bytes) -> {
          LineAccount each = account(SerialFraming.RTU);
          exchange(each, request, ANSWER, false, 0, 100 * MS);
          Traffic traffic = each.snapshot(100 * MS).total().traffic();
          assertEquals(bytes.getFirst().longValue(), traffic.payloadBytes(), request.toString());
          assertEquals(bytes.getLast().longValue(), traffic.overheadBytes(), request.toString());
        });
  }

  @Test
  void lateAnswersAndBadChecksumsAreThoseOfTheDeviceThatOwedTheAnswer() {
    exchange(READ, new Outcome.Silence(), false, 0, 200 * MS);
    account.advance(true, 1, 220 * MS);
    exchange(READ, new Outcome.Noise(NoiseReason.CHECKSUM), false, 300 * MS, 500 * MS);
    exchange(READ, new Outcome.Noise(NoiseReason.GARBAGE), false, 600 * MS, 800 * MS);
    Traffic traffic = account.snapshot(800 * MS).devices().getFirst().total().traffic();
    assertEquals(1, traffic.lateAnswers());
    assertEquals(1, traffic.timeouts());
    assertEquals(2, traffic.noises());
    assertEquals(1, traffic.checksumErrors());
    assertEquals(3, traffic.transactions());
    assertEquals(Traffic.NONE, account.snapshot(800 * MS).devices().get(1).total().traffic());
  }

  @Test
  void aMinuteLaterOnlyTheTotalRemembers() {
    exchange(READ, ANSWER, false, 0, 40 * MS);
    for (long now = 0; now < 70_000 * MS; now += 250 * MS) {
      account.advance(true, 0, now);
    }
    LineUsage usage = account.snapshot(70_000 * MS);
    assertEquals(0, usage.recent().time().takenNanos());
    assertTrue(usage.recent().time().idleNanos() > 54_000 * MS);
    assertEquals(1, usage.total().traffic().answers());
    assertEquals(Latency.NONE, usage.devices().getFirst().recentLatency());
  }

  @Test
  void anEmptyAccountHasNoTime() {
    LineUsage usage = account(SerialFraming.RTU).snapshot(0);
    assertEquals(LineTime.NONE, usage.recent().time());
    assertEquals(0, usage.share(Cause.IDLE));
    assertTrue(Double.isNaN(usage.recent().efficiency()));
    assertEquals(List.of(), Culprits.of(usage, Long::toString));
  }

  @Test
  void keepingTheBooksAllocatesNothing() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Outcome silence = new Outcome.Silence();
    long now = 0;
    long before = 0;
    for (int i = 0; i < 110_000; i++) {
      if (i == 10_000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      exchange(READ, i % 10 == 0 ? silence : ANSWER, i % 10 == 1, now, now + 20 * MS);
      now += 25 * MS;
      account.advance(true, 0, now);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 100_000, allocated + " bytes in 100,000 transactions");
  }
}
