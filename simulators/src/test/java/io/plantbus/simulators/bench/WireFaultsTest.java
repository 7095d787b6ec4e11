package io.plantbus.simulators.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.fault.RandomFaults;
import io.plantbus.simulators.serial.Adapter;
import io.plantbus.simulators.serial.WireListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Faults of the wire itself, as a master and others on the pair meet them.
class WireFaultsTest {
  private static final SerialSettings SETTINGS = SerialSettings.MODBUS_DEFAULT;
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 2));
  private static final Request WRITE = new Request.WriteSingleRegister(0, 77);

  private final BusSimulation simulation = new BusSimulation(5, Transcript.bounded(100_000));
  private final VirtualPorts ports = new VirtualPorts(simulation, Adapter.BURST);
  private final List<String> heard = new ArrayList<>();
  private final List<List<String>> collided = new ArrayList<>();
  private RunningBench bench;

  private static BenchLine.Unit unit(String name, int id) {
    RawTable holding =
        new RawTable(DataTable.HOLDING_REGISTERS, new AddressRange(0, 10), List.of(1, 2));
    return new BenchLine.Unit(
        name, UnitId.of(id), new BenchLine.Content.Tables(List.of(holding)), 0);
  }

  private static Bench described(List<Fault> faults) {
    return new Bench(
        "bench",
        5,
        List.of(
            new BenchLine.Serial("pair", "", SETTINGS, List.of(unit("one", 1), unit("two", 2)))),
        BenchProcess.NONE,
        faults,
        Origins.NONE);
  }

  @BeforeEach
  void serve() throws PortException {
    bench = RunningBench.start(described(List.of()), simulation, ports);
    ports
        .pair("pair")
        .listen(
            new WireListener() {
              @Override
              public void burst(
                  String station, long start, long end, byte[] bytes, int offset, int length) {
                heard.add(station);
              }

              @Override
              public void collision(List<String> stations, long nanos) {
                collided.add(List.copyOf(stations));
              }
            });
  }

  private TestMaster master() throws PortException {
    SerialLine port = ports.pair("pair").opener("master", SETTINGS, Adapter.BURST).open();
    return TestMaster.serial(simulation, port, SETTINGS);
  }

  private static boolean isAnswer(Outcome outcome) {
    return outcome instanceof Outcome.Answered;
  }

  @Test
  void noiseComesAtItsRateInTheIdleAndBetweenAnswers() throws PortException {
    bench.faults().add(Fault.sometimes("pair", FaultKind.NOISE, 20).during(SECOND, 10 * SECOND));
    SerialLine listener = ports.pair("pair").opener("listener", SETTINGS).open();
    simulation.runUntil(SECOND);
    assertEquals(0, listener.read(new byte[64], 0, 64));
    simulation.runUntil(30 * SECOND);
    assertTrue(heard.size() > 150 && heard.size() < 250, heard.size() + " bursts");
    assertEquals(heard.size(), bench.faults().struck().get(FaultKind.NOISE));
    assertTrue(listener.read(new byte[4_096], 0, 4_096) > heard.size());
    assertEquals(0, ports.pair("pair").collisions());
    assertEquals(0, ports.pair("pair").busyNanos());
    TestMaster master = master();
    bench.faults().add(Fault.sometimes("pair", FaultKind.NOISE, 40));
    int answers = 0;
    for (int i = 0; i < 100; i++) {
      answers += isAnswer(master.ask(1, READ)) ? 1 : 0;
    }
    assertTrue(answers > 10 && answers < 90, answers + " answers");
  }

  @Test
  void aPairWithoutBiasFloatsAfterADriverLetsGo() throws PortException {
    TestMaster master = master();
    bench.faults().add(Fault.sometimes("pair", FaultKind.NO_BIAS, 0.5));
    int answers = 0;
    for (int i = 0; i < 100; i++) {
      answers += isAnswer(master.ask(1, READ)) ? 1 : 0;
    }
    long floated = heard.stream().filter("fault/no-bias"::equals).count();
    assertTrue(floated > 50, floated + " times");
    assertTrue(answers > 0 && answers < 100, answers + " answers");
    assertTrue(collided.isEmpty(), "nothing drives a floating pair");
  }

  @Test
  void aBabblingSlaveDrivesThePairUntilItsTimeIsOver() throws PortException {
    TestMaster master = master();
    bench.faults().add(Fault.always("two", FaultKind.BABBLE).during(0, 3 * SECOND));
    simulation.runFor(MS);
    assertTrue(!isAnswer(master.ask(1, READ)));
    assertTrue(collided.contains(List.of("fault/babble/two", "master")), collided.toString());
    simulation.runUntil(4 * SECOND);
    assertTrue(isAnswer(master.ask(1, READ)));
    assertTrue(ports.pair("pair").busyNanos() > 2 * SECOND);
  }

  @Test
  void aBabblingSlaveIsSilentOnceItIsCleared() throws PortException {
    TestMaster master = master();
    bench.faults().add(Fault.always("two", FaultKind.BABBLE));
    simulation.runFor(SECOND);
    bench.faults().clear("two");
    simulation.runFor(100 * MS);
    assertTrue(isAnswer(master.ask(1, READ)));
  }

  @Test
  void twoDevicesWithOneUnitIdGarbleEachOtherAtOnceAndAnswerTwiceApart() throws PortException {
    TestMaster master = master();
    bench.faults().add(Fault.always("one", FaultKind.DUPLICATE).during(0, 10 * SECOND));
    assertTrue(!isAnswer(master.ask(1, READ)));
    assertTrue(collided.contains(List.of("slaves", "fault/duplicate/one")), collided.toString());
    assertTrue(isAnswer(master.ask(2, READ)));
    bench.faults().clear("one");
    heard.clear();
    bench.faults().add(Fault.always("one", FaultKind.DUPLICATE).delayedBy(30 * MS));
    assertTrue(isAnswer(master.ask(1, READ)));
    simulation.runFor(SECOND);
    assertEquals(List.of("master", "slaves", "fault/duplicate/one"), heard);
  }

  @Test
  void anotherMasterAsksOnItsOwnSchedule() {
    bench.faults().add(Fault.sometimes("one", FaultKind.SECOND_MASTER, 5));
    simulation.runFor(2 * SECOND - MS);
    assertEquals(10, heard.stream().filter("fault/second-master"::equals).count());
    assertEquals(10, heard.stream().filter("slaves"::equals).count());
    bench.faults().clear("one");
    heard.clear();
    bench.faults().add(Fault.sometimes("pair", FaultKind.SECOND_MASTER, 10));
    simulation.runFor(SECOND - MS);
    assertEquals(10, heard.stream().filter("slaves"::equals).count(), "each unit in turn");
  }

  @Test
  void aUnitAtAnotherSpeedExecutesNothing() throws PortException {
    TestMaster master = master();
    bench.faults().add(Fault.always("one", FaultKind.WRONG_BAUD));
    int silences = 0;
    for (int i = 0; i < 40; i++) {
      Outcome outcome = master.ask(1, WRITE);
      assertTrue(!isAnswer(outcome), outcome.toString());
      silences += outcome instanceof Outcome.Silence ? 1 : 0;
    }
    assertTrue(silences > 10 && silences < 40, silences + " silences");
    assertTrue(isAnswer(master.ask(2, READ)));
    bench.faults().clear("one");
    simulation.runFor(SECOND);
    assertEquals(1, first(master.ask(1, READ)));
  }

  @Test
  void aUnitWithAnotherParityExecutesAndIsNotUnderstood() throws PortException {
    TestMaster master = master();
    bench.faults().add(Fault.always("one", FaultKind.WRONG_PARITY));
    Outcome outcome = master.ask(1, WRITE);
    assertTrue(!isAnswer(outcome), outcome.toString());
    bench.faults().clear("one");
    simulation.runFor(SECOND);
    assertEquals(77, first(master.ask(1, READ)));
  }

  private static int first(Outcome outcome) {
    Outcome.Answered answered = assertInstanceOf(Outcome.Answered.class, outcome);
    Response.Registers registers = assertInstanceOf(Response.Registers.class, answered.response());
    return registers.registers().register(0);
  }

  @Test
  void theSameSeedBringsTheSameFaultsAndAnotherSeedOthers() throws PortException {
    assertEquals(digest(1), digest(1));
    assertNotEquals(digest(1), digest(2));
  }

  private static long digest(long seed) throws PortException {
    BusSimulation run = new BusSimulation(seed, Transcript.fingerprint());
    VirtualPorts media = new VirtualPorts(run, Adapter.UART);
    List<Fault> faults =
        RandomFaults.draw(seed, List.of("pair"), List.of("one", "two"), 20 * SECOND, 40);
    RunningBench running = RunningBench.start(described(faults), run, media);
    TestMaster master =
        TestMaster.serial(
            run, media.pair("pair").opener("master", SETTINGS, Adapter.UART).open(), SETTINGS);
    while (run.nowNanos() < 20 * SECOND) {
      master.ask(1 + (int) (run.nowNanos() % 2), READ);
    }
    assertTrue(
        running.faults().struck().values().stream().filter(count -> count > 0).count() > 5,
        running.faults().struck().toString());
    return run.transcript().digest();
  }
}
