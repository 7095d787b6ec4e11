package io.plantbus.devices.slave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.hal.Agent;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.Crc16;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlaveServerTest {
  private static final long MILLISECOND = 1_000_000;

  private final SlaveUnit first = new SlaveUnit(bank(0x0A0B));
  private final SlaveUnit second = new SlaveUnit(bank(0x0C0D), 30 * MILLISECOND);
  private final SlaveUnits units =
      SlaveUnits.of(Map.of(UnitId.of(1), first, UnitId.of(17), second));
  private final MemoryLink link = new MemoryLink();

  private static BankSlave bank(int value) {
    return new BankSlave(
        BankLayout.of(
            List.of(
                new RawTable(
                    DataTable.HOLDING_REGISTERS, new AddressRange(0, 2), List.of(value)))));
  }

  private static int register(SlaveUnit unit) {
    return ((BankSlave) unit.device()).bank().register(DataTable.HOLDING_REGISTERS, 0);
  }

  private static String crc(String hex) {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] frame = new byte[body.length + 2];
    System.arraycopy(body, 0, frame, 0, body.length);
    return HexFormat.of().formatHex(frame, 0, Crc16.append(frame, 0, body.length));
  }

  private SerialSlaveServer serial() {
    return new SerialSlaveServer("line", () -> link, SerialSettings.MODBUS_DEFAULT, units);
  }

  /// Lets a request arrive and steps by deadlines for a while.
  private String ask(Agent server, String hex, long now, long untilNanos) {
    link.arrive(hex, now);
    long next = server.step(now);
    while (next <= untilNanos) {
      next = server.step(next);
    }
    return link.sent();
  }

  @Covers(Requirement.SEVERAL_UNITS_ON_ONE_SERVER)
  @Test
  void eachUnitOfASerialLineAnswersInItsTime() {
    SerialSlaveServer server = serial();
    assertEquals(crc("01 03 02 0A0B"), ask(server, crc("01 03 0000 0001"), 0, 5 * MILLISECOND));
    long now = 100 * MILLISECOND;
    assertEquals("", ask(server, crc("11 03 0000 0001"), now, now + 29 * MILLISECOND));
    server.step(now + 30 * MILLISECOND);
    assertEquals(crc("11 03 02 0C0D"), link.sent());
    now = 200 * MILLISECOND;
    assertEquals("", ask(server, crc("02 03 0000 0001"), now, now + 90 * MILLISECOND));
    assertEquals(2, server.counters().answers());
  }

  @Covers(Requirement.BROADCAST_REACHES_ALL)
  @Test
  void aBroadcastWriteReachesEveryUnitAndIsNotAnswered() {
    SerialSlaveServer server = serial();
    first.fault(new SlaveFault.Late(5));
    assertEquals("", ask(server, crc("00 06 0000 0777"), 0, 50 * MILLISECOND));
    assertEquals(0x777, register(first));
    assertEquals(0x777, register(second));
    second.fault(SlaveFault.MUTE);
    assertEquals("", ask(server, crc("00 06 0000 0888"), 100 * MILLISECOND, 150 * MILLISECOND));
    assertEquals(0x888, register(first));
    assertEquals(0x777, register(second));
  }

  @Covers(Requirement.SEVERAL_UNITS_ON_ONE_SERVER)
  @Test
  void faultsHoldFromTheNextRequestOn() {
    SerialSlaveServer server = serial();
    first.fault(SlaveFault.MUTE);
    assertEquals("", ask(server, crc("01 06 0000 0001"), 0, 90 * MILLISECOND));
    assertEquals(0x0A0B, register(first));
    first.fault(new SlaveFault.Refusing(new Response.Refusal(6)));
    long now = 100 * MILLISECOND;
    assertEquals(crc("01 83 06"), ask(server, crc("01 03 0000 0001"), now, now + 50 * MILLISECOND));
    first.fault(new SlaveFault.Late(20 * MILLISECOND));
    now = 200 * MILLISECOND;
    assertEquals("", ask(server, crc("01 03 0000 0001"), now, now + 19 * MILLISECOND));
    server.step(now + 20 * MILLISECOND);
    assertEquals(crc("01 03 02 0A0B"), link.sent());
    first.fault(SlaveFault.NONE);
    now = 300 * MILLISECOND;
    assertEquals(
        crc("01 03 02 0A0B"), ask(server, crc("01 03 0000 0001"), now, now + 5 * MILLISECOND));
  }

  @Test
  void diagnosticsFollowTheFaultsOfTheirUnit() {
    SerialSlaveServer server = serial();
    String request = crc("01 0B");
    assertEquals(crc("01 0B 0000 0000"), ask(server, request, 0, 5 * MILLISECOND));
    first.fault(SlaveFault.MUTE);
    long now = 100 * MILLISECOND;
    assertEquals("", ask(server, request, now, now + 50 * MILLISECOND));
    first.fault(new SlaveFault.Refusing(new Response.Refusal(6)));
    now = 200 * MILLISECOND;
    assertEquals(crc("01 8B 06"), ask(server, request, now, now + 50 * MILLISECOND));
    now = 300 * MILLISECOND;
    assertEquals("", ask(server, crc("11 0B"), now, now + 29 * MILLISECOND));
    server.step(now + 30 * MILLISECOND);
    assertEquals(crc("11 0B 0000 0000"), link.sent());
  }

  @Covers(Requirement.LISTEN_ONLY)
  @Test
  void aBroadcastPassesAUnitThatOnlyListens() {
    SerialSlaveServer server = serial();
    assertEquals("", ask(server, crc("01 08 0004 0000"), 0, 50 * MILLISECOND));
    assertEquals("", ask(server, crc("00 06 0000 0777"), 100 * MILLISECOND, 150 * MILLISECOND));
    assertEquals(0x0A0B, register(first));
    assertEquals(0x777, register(second));
    assertEquals("", ask(server, crc("00 08 0001 0000"), 200 * MILLISECOND, 250 * MILLISECOND));
    assertEquals("", ask(server, crc("00 06 0000 0888"), 300 * MILLISECOND, 350 * MILLISECOND));
    assertEquals(0x888, register(first));
  }

  @Covers({Requirement.LISTEN_ONLY, Requirement.BROADCAST_REACHES_ALL})
  @Test
  void aUnitWhoseFaultKeepsItSilentObeysNoBroadcastDiagnosis() {
    SerialSlaveServer server = serial();
    first.fault(SlaveFault.MUTE);
    assertEquals("", ask(server, crc("00 08 0004 0000"), 0, 50 * MILLISECOND));
    first.fault(SlaveFault.NONE);
    assertEquals("", ask(server, crc("00 06 0000 0777"), 100 * MILLISECOND, 150 * MILLISECOND));
    assertEquals(0x777, register(first));
    assertEquals(0x0C0D, register(second));
    second.fault(new SlaveFault.Refusing(new Response.Refusal(6)));
    assertEquals("", ask(server, crc("00 08 0001 0000"), 200 * MILLISECOND, 250 * MILLISECOND));
    second.fault(SlaveFault.NONE);
    assertEquals("", ask(server, crc("00 06 0000 0888"), 300 * MILLISECOND, 350 * MILLISECOND));
    assertEquals(0x888, register(first));
    assertEquals(0x0C0D, register(second));
  }

  @Covers(Requirement.DIAGNOSTIC_COUNTERS)
  @Test
  void charactersThatTheLineLostAreCountedOncePerLoss() {
    SerialSlaveServer server = serial();
    String request = crc("01 08 0012 0000");
    assertEquals(crc("01 08 0012 0000"), ask(server, request, 0, 5 * MILLISECOND));
    link.overruns(3);
    long now = 100 * MILLISECOND;
    assertEquals(crc("01 08 0012 0001"), ask(server, request, now, now + 5 * MILLISECOND));
    link.overruns(4);
    now = 200 * MILLISECOND;
    assertEquals(crc("01 08 0012 0002"), ask(server, request, now, now + 5 * MILLISECOND));
    now = 300 * MILLISECOND;
    assertEquals(crc("01 08 0012 0002"), ask(server, request, now, now + 5 * MILLISECOND));
  }

  @Covers(Requirement.EVENT_COUNTER)
  @Test
  void theConnectionsOfATcpServerShareTheirDiagnostics() {
    TcpSlaveServer server = new TcpSlaveServer("tcp", units);
    Agent one = server.accept(link);
    assertEquals(tcp(1, "01 08 0000 A537"), ask(one, tcp(1, "01 08 0000 A537"), 0, MILLISECOND));
    assertEquals("", ask(one, tcp(2, "01 08 0004 0000"), 0, MILLISECOND));
    Agent two = server.accept(link);
    assertEquals("", ask(two, tcp(3, "01 03 0000 0001"), 0, MILLISECOND));
    assertEquals("", ask(two, tcp(4, "01 08 0001 0000"), 0, MILLISECOND));
    assertEquals(tcp(5, "01 03 02 0A0B"), ask(one, tcp(5, "01 03 0000 0001"), 0, MILLISECOND));
    assertEquals(tcp(6, "05 88 0A"), ask(one, tcp(6, "05 08 0000 A537"), 0, MILLISECOND));
  }

  @Test
  void aLostLineIsOpenedAgainWithGrowingPauses() {
    Deque<MemoryLink> lines = new ArrayDeque<>(List.of(link, new MemoryLink()));
    SerialSlaveServer server =
        new SerialSlaveServer(
            "line",
            () -> {
              if (lines.size() == 1 && link.state() == LinkState.OPEN) {
                throw new PortException(PortFault.MISSING, "not yet");
              }
              return lines.removeFirst();
            },
            SerialSettings.MODBUS_DEFAULT,
            units);
    assertEquals(Agent.NEVER, server.step(0));
    link.lose();
    long again = server.step(MILLISECOND);
    assertEquals(101 * MILLISECOND, again);
    assertEquals(LinkState.CLOSED, link.state());
    assertEquals(again, server.step(2 * MILLISECOND));
    assertEquals(Agent.NEVER, server.step(again));
    assertEquals(0, lines.size());
  }

  @Test
  void pausesDoubleWhileALineCannotBeOpened() {
    SerialSlaveServer server =
        new SerialSlaveServer(
            "line",
            () -> {
              throw new PortException(PortFault.MISSING, "no such device");
            },
            SerialSettings.MODBUS_DEFAULT,
            units);
    assertEquals(100 * MILLISECOND, server.step(0));
    assertEquals(300 * MILLISECOND, server.step(100 * MILLISECOND));
    long now = 300 * MILLISECOND;
    for (int i = 0; i < 10; i++) {
      now = server.step(now);
    }
    assertEquals(now + 5000 * MILLISECOND, server.step(now));
  }

  private static String tcp(int transaction, String unitAndPdu) {
    String body = unitAndPdu.replace(" ", "");
    return "%04x0000%04x%s"
        .formatted(transaction, body.length() / 2, body)
        .toLowerCase(Locale.ROOT);
  }

  @Covers({
    Requirement.GATEWAY_EXCEPTIONS,
    Requirement.ANSWERS_IN_ORDER,
    Requirement.SEVERAL_UNITS_ON_ONE_SERVER
  })
  @Test
  void pipelinedRequestsOfSeveralUnitsAreAnsweredInOrder() {
    Agent server = new TcpSlaveServer("tcp", units).accept(link);
    String requests =
        tcp(1, "11 03 0000 0001") + tcp(2, "01 03 0000 0001") + tcp(3, "05 03 0000 0001");
    assertEquals("", ask(server, requests, 0, 29 * MILLISECOND));
    server.step(30 * MILLISECOND);
    assertEquals(
        tcp(1, "11 03 02 0C0D") + tcp(2, "01 03 02 0A0B") + tcp(3, "05 83 0A"), link.sent());
  }

  @Covers(Requirement.DIRECT_UNITS)
  @Test
  void whoAnswersToTheDirectUnitIdsIsAChoice() {
    Agent nobody = new TcpSlaveServer("tcp", units.withAbsent(null)).accept(link);
    assertEquals("", ask(nobody, tcp(1, "FF 03 0000 0001"), 0, MILLISECOND));
    Agent direct = new TcpSlaveServer("tcp", units.withDirect(first)).accept(link);
    assertEquals(
        tcp(2, "FF 03 02 0A0B") + tcp(3, "00 03 02 0A0B"),
        ask(direct, tcp(2, "FF 03 0000 0001") + tcp(3, "00 03 0000 0001"), 0, MILLISECOND));
    Agent only = new TcpSlaveServer("tcp", SlaveUnits.of(Map.of(UnitId.of(9), first))).accept(link);
    assertEquals(tcp(4, "FF 03 02 0A0B"), ask(only, tcp(4, "FF 03 0000 0001"), 0, MILLISECOND));
  }

  @Test
  void aClientThatDoesNotReadIsNotServed() {
    Agent server = new TcpSlaveServer("tcp", units).accept(link);
    link.room(4);
    ask(server, tcp(1, "01 06 0000 0001"), 0, MILLISECOND);
    assertEquals("", ask(server, tcp(2, "01 06 0000 0002"), 0, MILLISECOND));
    assertEquals(1, register(first));
    link.room(1000);
    server.step(MILLISECOND);
    assertEquals(2, register(first));
  }

  @Test
  void aBrokenFrameOrALostLinkEndsTheConnection() {
    Agent server = new TcpSlaveServer("tcp", units).accept(link);
    assertEquals("", ask(server, "0001 0000 0000 01", 0, MILLISECOND));
    assertEquals(LinkState.CLOSED, link.state());
    assertEquals(Agent.NEVER, server.step(2 * MILLISECOND));
    MemoryLink lost = new MemoryLink();
    Agent other = new TcpSlaveServer("tcp", units).accept(lost);
    lost.lose();
    assertEquals(Agent.NEVER, other.step(0));
    assertEquals(LinkState.CLOSED, lost.state());
  }

  @Test
  void aUnitWhoseFaultKeepsItSilentObeysNoDiagnosticsEither() {
    Agent server = new TcpSlaveServer("tcp", units).accept(link);
    first.fault(new SlaveFault.Mute());
    assertEquals("", ask(server, tcp(1, "01 08 0004 0000"), 0, MILLISECOND));
    first.fault(new SlaveFault.None());
    assertEquals(tcp(2, "01 03 02 0A0B"), ask(server, tcp(2, "01 03 0000 0001"), 0, MILLISECOND));
    first.fault(new SlaveFault.Refusing(Response.Refusal.of(ExceptionCode.SERVER_DEVICE_BUSY)));
    assertEquals(tcp(3, "01 88 06"), ask(server, tcp(3, "01 08 0004 0000"), 0, MILLISECOND));
    first.fault(new SlaveFault.None());
    assertEquals(tcp(4, "01 03 02 0A0B"), ask(server, tcp(4, "01 03 0000 0001"), 0, MILLISECOND));
  }
}
