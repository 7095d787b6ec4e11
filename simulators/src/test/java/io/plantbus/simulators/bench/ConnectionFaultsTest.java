package io.plantbus.simulators.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.datagram.SimulatedDatagramPort;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a plan of faults does to the connections of a TCP line.
class ConnectionFaultsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 2));
  private static final Outcome ANSWER =
      new Outcome.Answered(new Response.Registers(RegisterBlock.of(0x1234, 0x5678)));

  private final BusSimulation simulation = new BusSimulation(21);
  private final VirtualPorts ports = new VirtualPorts(simulation);
  private final RunningBench bench;
  private Link link;
  private TestMaster master;

  ConnectionFaultsTest() throws PortException {
    bench = RunningBench.start(bench(List.of()), simulation, ports);
    connect();
  }

  private static Bench bench(List<Fault> faults) {
    RawTable holding =
        new RawTable(DataTable.HOLDING_REGISTERS, new AddressRange(0, 10), List.of(0x1234, 0x5678));
    BenchLine.Unit unit =
        new BenchLine.Unit(
            "slave", UnitId.of(1), new BenchLine.Content.Tables(List.of(holding)), 0);
    return new Bench(
        "bench",
        21,
        List.of(new BenchLine.Tcp("plc", "127.0.0.1", 502, List.of(unit))),
        BenchProcess.NONE,
        faults,
        Origins.NONE);
  }

  private void connect() throws PortException {
    link = ports.streams().opener(simulation, "127.0.0.1", 502, SECOND).open();
    master = TestMaster.tcp(simulation, link);
    simulation.runFor(2 * SECOND);
  }

  private void plan(FaultKind kind) {
    bench.faults().add(Fault.always("plc", kind));
  }

  @Test
  void aResetEndsTheConnectionWithinAnAnswer() throws PortException {
    assertEquals(ANSWER, master.ask(1, READ));
    plan(FaultKind.RESET);
    assertInstanceOf(Outcome.Aborted.class, master.ask(1, READ));
    assertEquals(LinkState.LOST, link.state());
    bench.faults().clear("plc");
    connect();
    assertEquals(ANSWER, master.ask(1, READ));
  }

  @Test
  void aHalfOpenConnectionIsSilentAndResetWhenTheFaultIsOver() throws PortException {
    plan(FaultKind.HALF_OPEN);
    assertInstanceOf(Outcome.Silence.class, master.ask(1, READ));
    assertInstanceOf(Outcome.Silence.class, master.ask(1, READ));
    assertEquals(LinkState.OPEN, link.state());
    bench.faults().clear("plc");
    assertInstanceOf(Outcome.Aborted.class, master.ask(1, READ));
    assertEquals(LinkState.LOST, link.state());
    connect();
    assertEquals(ANSWER, master.ask(1, READ));
  }

  @Test
  void aBlackHoleIsSilentAndBringsWhatItHeld() throws PortException {
    plan(FaultKind.BLACK_HOLE);
    assertInstanceOf(Outcome.Silence.class, master.ask(1, READ));
    Link late = ports.streams().opener(simulation, "127.0.0.1", 502, SECOND).open();
    simulation.runFor(2 * SECOND);
    assertEquals(
        PortFault.UNREACHABLE,
        assertThrows(PortException.class, () -> late.read(new byte[1], 0, 1)).fault());
    bench.faults().clear("plc");
    assertEquals(ANSWER, master.ask(1, READ));
    assertEquals(LinkState.OPEN, link.state());
  }

  @Test
  void aSlowReaderTakesItsTimeForEachByteOfARequest() {
    bench.faults().add(Fault.always("plc", FaultKind.SLOW_READER).delayedBy(20_000_000));
    assertEquals(ANSWER, master.ask(1, READ));
    // A request of 12 bytes, the first two of which a reader that was idle takes at once.
    assertTrue(master.tookNanos() >= 10 * 20_000_000L, master.tookNanos() + " ns");
    assertTrue(master.tookNanos() <= 13 * 20_000_000L, master.tookNanos() + " ns");
  }

  @Test
  void aSplitAnswerComesInPiecesAndIsWhole() {
    plan(FaultKind.SPLIT);
    long longest = 0;
    for (int i = 0; i < 20; i++) {
      assertEquals(ANSWER, master.ask(1, READ));
      longest = Math.max(longest, master.tookNanos());
    }
    assertTrue(longest >= 2 * 2_000_000, longest + " ns");
  }

  @Test
  void aResetBringsNothingAheadOfTheRestOfAnAnswerInPieces() throws PortException {
    byte[] request = HexFormat.of().parseHex("000100000006010300000002");
    String answer = "00010000000701030412345678";
    for (int i = 0; i < 20; i++) {
      Link raw = ports.streams().opener(simulation, "127.0.0.1", 502, SECOND).open();
      simulation.runFor(SECOND);
      plan(FaultKind.SPLIT);
      raw.write(request, 0, request.length);
      simulation.runFor(1_000_000);
      plan(FaultKind.RESET);
      raw.write(request, 0, request.length);
      simulation.runFor(SECOND);
      byte[] buffer = new byte[64];
      String heard = HexFormat.of().formatHex(buffer, 0, raw.read(buffer, 0, buffer.length));
      assertTrue((answer + answer).startsWith(heard), heard);
      assertThrows(PortException.class, () -> raw.read(buffer, 0, buffer.length));
      bench.faults().clear("plc");
    }
  }

  @Test
  void aLineThatRefusesKeepsItsOpenConnections() throws PortException {
    plan(FaultKind.REFUSE);
    assertEquals(ANSWER, master.ask(1, READ));
    Link refused = ports.streams().opener(simulation, "127.0.0.1", 502, SECOND).open();
    simulation.runFor(2 * SECOND);
    assertEquals(
        PortFault.REFUSED,
        assertThrows(PortException.class, () -> refused.read(new byte[1], 0, 1)).fault());
    bench.faults().clear("plc");
    connect();
    assertEquals(ANSWER, master.ask(1, READ));
  }

  @Test
  void portsThatCannotRefuseSayThatAtTheStart() {
    BenchPorts real = new RealPorts();
    PortException failure =
        assertThrows(
            PortException.class,
            () ->
                RunningBench.start(
                    bench(List.of(Fault.always("plc", FaultKind.REFUSE))), simulation, real));
    assertEquals(PortFault.UNSUPPORTED_SETTINGS, failure.fault());
    assertTrue(failure.getMessage().contains("plc"), failure.getMessage());
  }

  private final class RealPorts implements BenchPorts {
    @Override
    public AgentRunner serialRunner(BenchLine.Serial line) {
      return ports.serialRunner(line);
    }

    @Override
    public LinkOpener serial(BenchLine.Serial line) {
      return ports.serial(line);
    }

    @Override
    public StreamPort streams(@Nullable TlsFiles tls) {
      return ports.streams();
    }

    @Override
    public SimulatedDatagramPort datagrams() {
      return ports.datagrams();
    }

    @Override
    public AgentRunner processRunner() {
      return ports.processRunner();
    }
  }
}
