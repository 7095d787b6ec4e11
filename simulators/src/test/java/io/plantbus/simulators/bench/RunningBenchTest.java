package io.plantbus.simulators.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.session.AsciiClientSettings;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.datagram.DatagramConditions;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningBenchTest {
  private static final SerialSettings SETTINGS = SerialSettings.MODBUS_DEFAULT;
  private static final long DELAY = 10_000_000;
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 2));
  private static final Outcome ANSWER =
      new Outcome.Answered(new Response.Registers(RegisterBlock.of(0x1234, 0x5678)));

  private final BusSimulation simulation = new BusSimulation(21);
  private final VirtualPorts ports = new VirtualPorts(simulation);
  private RunningBench bench;
  private TestMaster serial;
  private TestMaster tcp;

  private static BenchLine.Unit unit(String name, int id, long delayNanos) {
    RawTable holding =
        new RawTable(DataTable.HOLDING_REGISTERS, new AddressRange(0, 10), List.of(0x1234, 0x5678));
    return new BenchLine.Unit(
        name, UnitId.of(id), new BenchLine.Content.Tables(List.of(holding)), delayNanos);
  }

  @BeforeEach
  void serve() throws PortException {
    Bench described =
        Bench.of(
            "bench",
            21,
            List.of(
                new BenchLine.Serial(
                    "rs485", "", SETTINGS, List.of(unit("one", 1, DELAY), unit("two", 2, 0))),
                new BenchLine.Tcp("plc", "127.0.0.1", 502, List.of(unit("three", 3, 0)))));
    bench = RunningBench.start(described, simulation, ports);
    serial =
        TestMaster.serial(
            simulation, ports.pair("rs485").opener("master", SETTINGS).open(), SETTINGS);
    tcp =
        TestMaster.tcp(
            simulation,
            ports.streams().opener(simulation, "127.0.0.1", bench.tcpPort("plc"), DELAY).open());
  }

  @Test
  void everySlaveAnswersOnItsLine() {
    assertEquals(ANSWER, serial.ask(1, READ));
    assertEquals(ANSWER, serial.ask(2, READ));
    assertEquals(ANSWER, tcp.ask(3, READ));
    assertInstanceOf(Outcome.Silence.class, serial.ask(5, READ));
  }

  @Test
  void linesOfOtherFramingsAnswerInThoseAndFaultsHitTheirUnits() throws PortException {
    Bench framed =
        Bench.of(
            "framed",
            1,
            List.of(
                new BenchLine.Serial(
                    "hex",
                    "",
                    SerialFraming.ASCII,
                    SETTINGS,
                    List.of(unit("five", 5, 0), unit("six", 6, 0))),
                new BenchLine.Tcp(
                    "tunnel",
                    "127.0.0.1",
                    503,
                    StreamFraming.ASCII,
                    List.of(unit("seven", 7, 0)))));
    RunningBench running = RunningBench.start(framed, simulation, ports);
    TestMaster hex =
        TestMaster.ascii(
            simulation,
            ports.pair("hex").opener("master", SETTINGS).open(),
            AsciiClientSettings.of(SETTINGS.characterNanos()));
    TestMaster tunnel =
        TestMaster.ascii(
            simulation,
            ports
                .streams()
                .opener(simulation, "127.0.0.1", running.tcpPort("tunnel"), DELAY)
                .open(),
            AsciiClientSettings.overStream());
    assertEquals(ANSWER, hex.ask(5, READ));
    assertEquals(ANSWER, tunnel.ask(7, READ));
    running.faults().add(Fault.always("five", FaultKind.DROP));
    assertInstanceOf(Outcome.Silence.class, hex.ask(5, READ));
    assertEquals(ANSWER, hex.ask(6, READ));
  }

  @Test
  void aDatagramIsAnsweredByOneAndFaultsHitItsUnit() throws PortException {
    Bench datagrams =
        Bench.of(
            "datagrams",
            1,
            List.of(
                new BenchLine.Udp(
                    "udp", "127.0.0.1", 0, List.of(unit("eight", 8, DELAY), unit("nine", 9, 0)))));
    RunningBench running = RunningBench.start(datagrams, simulation, ports);
    TestMaster master =
        TestMaster.udp(
            simulation,
            ports.datagrams().opener(simulation, "127.0.0.1", running.udpPort("udp")).open());
    assertEquals(ANSWER, master.ask(8, READ));
    assertTrue(master.tookNanos() >= DELAY, master.tookNanos() + " ns");
    for (FaultKind silence : List.of(FaultKind.DROP, FaultKind.MUTE, FaultKind.CUT)) {
      running.faults().add(Fault.always("eight", silence));
      assertInstanceOf(Outcome.Silence.class, master.ask(8, READ), silence.name());
      assertEquals(ANSWER, master.ask(9, READ));
      running.faults().clear("eight");
    }
    running.faults().add(Fault.always("eight", FaultKind.TWICE));
    assertEquals(ANSWER, master.ask(8, READ));
    assertEquals(ANSWER, master.ask(8, READ));
  }

  @Test
  void aMasterGetsAlongWithABadNetworkForDatagrams() throws PortException {
    Bench datagrams =
        Bench.of(
            "datagrams",
            1,
            List.of(new BenchLine.Udp("udp", "127.0.0.1", 502, List.of(unit("eight", 8, 0)))));
    RunningBench.start(datagrams, simulation, ports).faults();
    ports.datagrams().setConditions(new DatagramConditions(1_000_000, 5_000_000, 0.2, 0.2, 0.1));
    TestMaster master =
        TestMaster.udp(simulation, ports.datagrams().opener(simulation, "localhost", 502).open());
    int answers = 0;
    for (int i = 0; i < 200; i++) {
      Outcome outcome = master.ask(8, READ);
      assertTrue(outcome.equals(ANSWER) || outcome instanceof Outcome.Silence, outcome.toString());
      answers += outcome.equals(ANSWER) ? 1 : 0;
    }
    assertTrue(answers > 80 && answers < 180, answers + " answers");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGapInsideAFrameSpoilsItOnlyWhereGapsAreStrict(boolean strict) throws PortException {
    Bench gaps =
        Bench.of(
            "gaps",
            1,
            List.of(
                new BenchLine.Serial(
                    "gaps", "", SerialFraming.RTU, strict, SETTINGS, List.of(unit("ten", 10, 0)))));
    RunningBench.start(gaps, simulation, ports).faults();
    Link master = ports.pair("gaps").opener("master", SETTINGS).open();
    assertEquals(9, answerTo(master, 1), "a gap of one character is allowed");
    assertEquals(strict ? 0 : 9, answerTo(master, 2));
    assertEquals(9, answerTo(master, 0), "the next frame is answered");
  }

  /// How many bytes answer to a request that pauses for so many characters.
  private int answerTo(Link master, int pausedCharacters) throws PortException {
    byte[] request = {10, 3, 0, 0, 0, 2, 0, 0};
    Crc16.append(request, 0, 6);
    master.discardInput();
    master.write(request, 0, 4);
    simulation.runFor((4 + pausedCharacters) * SETTINGS.characterNanos());
    master.write(request, 4, 4);
    simulation.runFor(1_000_000_000);
    return master.read(new byte[64], 0, 64);
  }

  @Test
  void anAnswerTakesTheTimeOfItsCharactersAndOfItsSlave() {
    serial.ask(1, READ);
    // 8 characters of request, 9 of answer, 10 ms of the slave; the silence between frames lies
    // within those.
    long least = 17 * SETTINGS.characterNanos() + DELAY;
    assertTrue(
        serial.tookNanos() >= least && serial.tookNanos() < least + 4_000_000,
        serial.tookNanos() + " ns, expected a little over " + least);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MUTE", "DROP", "STUCK", "LATE"})
  void silencesOfOneUnitAreSilencesOfThatUnitOnly(FaultKind kind) {
    bench.faults().add(Fault.always("one", kind));
    assertInstanceOf(Outcome.Silence.class, serial.ask(1, READ));
    assertEquals(ANSWER, serial.ask(2, READ));
    assertEquals(ANSWER, tcp.ask(3, READ));
    bench.faults().clear("one");
    simulation.runFor(3_000_000_000L);
    assertEquals(ANSWER, serial.ask(1, READ));
  }

  @Test
  void aFlippedBitIsNoise() {
    bench.faults().add(Fault.always("two", FaultKind.FLIP));
    assertInstanceOf(Outcome.Noise.class, serial.ask(2, READ));
    assertEquals(ANSWER, serial.ask(1, READ));
  }

  @Test
  void anAnswerWithoutItsEndIsNone() {
    bench.faults().add(Fault.always("two", FaultKind.CUT));
    assertNotEquals(ANSWER, serial.ask(2, READ));
    bench.faults().clear("two");
    assertEquals(ANSWER, serial.ask(2, READ));
  }

  @Test
  void anAnswerThatComesTwiceIsTakenOnce() {
    bench.faults().add(Fault.always("three", FaultKind.TWICE));
    assertEquals(ANSWER, tcp.ask(3, READ));
    assertEquals(
        new Outcome.Answered(Response.Written.INSTANCE),
        tcp.ask(3, new Request.WriteSingleRegister(0, 0x1234)));
    assertEquals(ANSWER, tcp.ask(3, READ));
  }

  @Test
  void garbageComesBeforeAfterOrInsteadOfAnAnswer() {
    bench.faults().add(Fault.always("two", FaultKind.GARBAGE));
    int noises = 0;
    int answers = 0;
    for (int i = 0; i < 60; i++) {
      switch (serial.ask(2, READ)) {
        case Outcome.Noise _ -> noises++;
        case Outcome.Answered _ -> answers++;
        case Outcome other -> throw new AssertionError(other);
      }
    }
    assertTrue(noises >= 10 && answers >= 10, noises + " noises, " + answers + " answers");
  }

  @Test
  void aMuteUnitDoesNotExecuteAndADroppedAnswerDoes() {
    Request write = new Request.WriteSingleRegister(0, 7);
    bench.faults().unplug("one");
    assertInstanceOf(Outcome.Silence.class, serial.ask(1, write));
    bench.faults().replug("one");
    assertEquals(ANSWER, serial.ask(1, READ));
    bench.faults().add(Fault.always("one", FaultKind.DROP));
    assertInstanceOf(Outcome.Silence.class, serial.ask(1, write));
    bench.faults().clear("one");
    assertEquals(
        new Outcome.Answered(new Response.Registers(RegisterBlock.of(7, 0x5678))),
        serial.ask(1, READ));
  }

  @Test
  void aFaultOfALineHitsAllOfItsUnits() {
    bench.faults().unplug("plc");
    assertInstanceOf(Outcome.Silence.class, tcp.ask(3, READ));
    bench.faults().replug("plc");
    assertEquals(ANSWER, tcp.ask(3, READ));
    assertEquals(ANSWER, serial.ask(1, READ));
  }

  @Test
  void aMasterAtTheWrongSpeedGetsNoAnswer() throws PortException {
    SerialSettings wrong = SerialSettings.of(9_600, "8E1");
    TestMaster stranger =
        TestMaster.serial(simulation, ports.pair("rs485").opener("stranger", wrong).open(), wrong);
    assertNotEquals(ANSWER, stranger.ask(1, READ));
  }

  @Test
  void theServerComesBackAfterItsAdapterWasPulled() {
    ports.pair("rs485").unplug(VirtualPorts.SLAVES);
    assertInstanceOf(Outcome.Silence.class, serial.ask(1, READ));
    ports.pair("rs485").replug(VirtualPorts.SLAVES);
    simulation.runFor(10_000_000_000L);
    assertEquals(ANSWER, serial.ask(1, READ));
  }

  @Test
  void slavesOnStationsOfTheirOwnIgnoreEachOthersAnswers() throws PortException {
    Bench second =
        Bench.of(
            "second",
            1,
            List.of(new BenchLine.Serial("drop", "", SETTINGS, List.of(unit("four", 4, 0)))));
    BenchPorts sharing =
        new BenchPorts() {
          @Override
          public AgentRunner serialRunner(BenchLine.Serial line) {
            return simulation;
          }

          @Override
          public LinkOpener serial(BenchLine.Serial line) {
            return ports.pair("rs485").opener("second station", SETTINGS);
          }

          @Override
          public StreamPort streams(@Nullable TlsFiles tls) {
            return ports.streams();
          }

          @Override
          public DatagramPort datagrams() {
            return ports.datagrams();
          }

          @Override
          public AgentRunner processRunner() {
            return simulation;
          }
        };
    RunningBench.start(second, simulation, sharing);
    for (int round = 0; round < 3; round++) {
      assertEquals(ANSWER, serial.ask(1, READ));
      assertEquals(ANSWER, serial.ask(4, READ));
      assertEquals(ANSWER, serial.ask(2, READ));
    }
    assertEquals(0, ports.pair("rs485").collisions());
  }

  @Test
  void aLateAnswerOverTcpIsNotTakenForTheNextOne() {
    bench.faults().add(Fault.always("three", FaultKind.LATE).delayedBy(600_000_000));
    assertInstanceOf(Outcome.Silence.class, tcp.ask(3, READ));
    bench.faults().clear("three");
    assertEquals(
        new Outcome.Answered(Response.Written.INSTANCE),
        tcp.ask(3, new Request.WriteSingleRegister(0, 7)));
    simulation.runFor(1_000_000_000);
    assertEquals(
        new Outcome.Answered(new Response.Registers(RegisterBlock.of(7, 0x5678))),
        tcp.ask(3, READ));
  }

  @Test
  void aClosedBenchIsSilent() {
    bench.close();
    assertInstanceOf(Outcome.Silence.class, serial.ask(1, READ));
  }
}
