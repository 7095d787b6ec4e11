package io.plantbus.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@SimulatedPlant("bench.yaml")
class SimulatedBenchTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int PLC = 17;

  @Test
  void endpointsAreFreeWhateverTheFileSays(SimulatedBench bench) {
    TcpEndpoint net = bench.tcp("net");
    assertEquals("127.0.0.1", net.host());
    assertNotEquals(1502, net.port());
    assertFalse(net.secured());
    assertNotEquals(1502, bench.udp("radio").port());
    Path terminal = bench.serial("rs485").path();
    assertTrue(Files.isSymbolicLink(terminal), terminal.toString());
    assertNotEquals(Path.of("/tmp/plantbus-of-the-file"), terminal);
    assertEquals(1, bench.i2c("sensors").number());
  }

  @Test
  void theBenchTellsWhatItIs(SimulatedBench bench) {
    assertEquals("waterworks", bench.name());
    assertEquals(7, bench.seed());
    assertEquals(List.of("tank", "pump", "drive", "plc", "meter", "cabinet"), bench.slaves());
  }

  @Test
  void aNameThatIsNotInTheFileIsRefusedWithThoseThatAre(SimulatedBench bench) {
    assertEquals(
        "the bench has no TCP line 'rs485'; it has net", refused(() -> bench.tcp("rs485")));
    assertEquals(
        "the bench has no slave 'tnak'; it has cabinet, drive, meter, plc, pump, tank",
        refused(() -> bench.slave("tnak")));
    String noPart = refused(() -> bench.process("tank").get("level"));
    assertTrue(noPart.contains("basin") && noPart.endsWith("nothing for 'tank.level'"), noPart);
    assertTrue(
        refused(() -> bench.faults().unplug("nobody"))
            .startsWith("the bench has no slave or line"));
    assertTrue(
        refused(() -> bench.faults().add(Fault.always("nobody", FaultKind.DROP)))
            .startsWith("the bench has no slave or line"));
    assertTrue(
        refused(() -> bench.slave("tank").get("depth")).contains("has level, temperature, status"));
    assertTrue(refused(() -> bench.process("basin").get("colour")).contains("level"));
  }

  @Test
  void whatATestSetsIsWhatAMasterReads(SimulatedBench bench) throws IOException {
    BenchSlave plc = bench.slave("plc");
    plc.holding(101, 4_711);
    plc.coil(3, true);
    plc.discrete(4, true);
    plc.input(1, 65_535);
    bench.slave("drive").set("speed-setpoint", 45.5);
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      assertEquals(4_711, master.read(PLC, 101));
      assertEquals(4_550, master.read(1, 100));
    }
    assertTrue(plc.coil(3) && plc.discrete(4) && !plc.coil(4));
    assertEquals(65_535, plc.input(1));
  }

  @Test
  void whatDoesNotFitIsRefused(SimulatedBench bench) {
    assertEquals(
        "1.0E9 does not fit drive.speed-setpoint",
        refused(() -> bench.slave("drive").set("speed-setpoint", 1e9)));
    assertEquals(
        "a register holds 0..65535, not 65536",
        refused(() -> bench.slave("plc").holding(100, 65_536)));
    assertEquals(
        "plc has nothing at holding 99, counted from 0",
        refused(() -> bench.slave("plc").holding(99)));
    assertTrue(refused(() -> bench.slave("plc").get("level")).contains("raw tables"));
    assertTrue(refused(() -> bench.slave("cabinet").holding(0)).contains("I2C slave"));
  }

  @Test
  void aSlaveOverUdpAnswersAndIsUnplugged(SimulatedBench bench) throws IOException {
    UdpEndpoint radio = bench.udp("radio");
    byte[] request = {0, 1, 0, 0, 0, 6, 1, 4, 0, 0, 0, 1};
    InetAddress host = InetAddress.getByName(radio.host());
    try (DatagramSocket socket = new DatagramSocket()) {
      DatagramPacket sent = new DatagramPacket(request, request.length, host, radio.port());
      DatagramPacket answer = new DatagramPacket(new byte[260], 260);
      socket.setSoTimeout((int) LONG.toMillis());
      socket.send(sent);
      socket.receive(answer);
      assertEquals(4, answer.getData()[7]);
      bench.faults().unplug("meter");
      socket.setSoTimeout(200);
      socket.send(sent);
      assertThrows(SocketTimeoutException.class, () -> socket.receive(answer));
    }
    assertEquals(1, bench.slave("meter").requests().size());
  }

  @Test
  void writesOfAMasterAreWaitedFor(SimulatedBench bench) throws Exception {
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      assertEquals(6, master.write(1, 100, 4_550));
      assertEquals(45.5, bench.slave("drive").awaitWrite("speed-setpoint", LONG), 1e-4);
      Thread later = Thread.ofPlatform().daemon().start(() -> write(master, 103, 9));
      assertEquals(List.of(9), bench.slave("plc").awaitWrite(103, LONG).values());
      later.join();
    }
    assertEquals(9, bench.slave("plc").holding(103));
  }

  private static void write(ModbusTcp master, int address, int value) {
    try {
      var _ = master.write(PLC, address, value);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void aWriteThatDoesNotComeFailsTheTestWithWhatCame(SimulatedBench bench) throws IOException {
    BenchSlave plc = bench.slave("plc");
    assertEquals(
        "nobody wrote holding register 103 of plc within 50 ms; no request came at all",
        failed(() -> plc.awaitWrite(103, SHORT)));
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      assertEquals(2, master.read(PLC, 101));
      assertEquals(0x86, master.write(PLC, 99, 1));
    }
    assertEquals(
        """
        nobody wrote holding register 103 of plc within 50 ms; the latest that came:
          plc: 03 read holding 101 = 2
          plc: 06 write holding 99 = 1 refused with exception 2\
        """,
        failed(() -> plc.awaitWrite(103, SHORT)));
    assertTrue(
        refused(() -> bench.slave("tank").awaitWrite("level", SHORT))
            .contains("cannot be written"));
  }

  @Test
  void requestsAreSeenWithTimeAndValuesUntilTheyAreForgotten(SimulatedBench bench)
      throws Exception {
    bench.clock().advance(Duration.ofSeconds(3));
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      assertEquals(1, master.read(PLC, 100));
      assertEquals(4_000, master.read(1, 100));
    }
    List<SeenRequest> requests = bench.slave("plc").requests();
    assertEquals(1, requests.size());
    SeenRequest read = requests.getFirst();
    assertEquals(Duration.ofSeconds(3), read.at());
    assertEquals("net", read.line());
    assertEquals(3, read.functionCode());
    assertEquals(List.of(1), read.values());
    assertFalse(read.isWrite());
    assertEquals(2, bench.requests().list().size());
    assertEquals(
        "drive", bench.requests().await(one -> one.slave().equals("drive"), SHORT).slave());
    bench.requests().forget();
    assertEquals(List.of(), bench.requests().list());
  }

  @Test
  void aSlaveIsUnpluggedAndPluggedIn(SimulatedBench bench) throws IOException {
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      bench.faults().unplug("plc");
      assertFalse(master.answers(PLC, 100));
      bench.faults().plugIn("plc");
      assertEquals(1, master.read(PLC, 100));
    }
    assertTrue(bench.transcript().stream().anyMatch(line -> line.contains("plc unplugged")));
  }

  @Test
  void faultsAreClearedByTargetAndAltogether(BenchFaults faults) {
    faults.add(Fault.always("drive", FaultKind.FLIP));
    assertEquals(2, faults.list().size());
    faults.clear("plc");
    assertEquals(List.of(Fault.always("drive", FaultKind.FLIP)), faults.list());
    faults.clear();
    assertEquals(List.of(), faults.list());
  }

  @Test
  void aFaultThatCannotBeBroughtAboutIsRefused(BenchFaults faults) {
    assertTrue(
        refused(() -> faults.add(Fault.always("net", FaultKind.REFUSE))).contains("BLACK_HOLE"));
    assertEquals(
        "BABBLE befalls serial lines with wire: paced, in BenchTime.REAL; tank is none",
        refused(() -> faults.add(Fault.always("tank", FaultKind.BABBLE))));
  }

  @Test
  void thePhysicsCanBeToldAndAsked(SimulatedBench bench) {
    bench.process("basin").set("level", 2.5);
    assertEquals(2.5, bench.process("basin").get("level"), 1e-9);
    bench.clock().advance(SHORT);
    assertEquals(2.5, bench.slave("tank").get("level"), 1e-6);
  }

  @Test
  void aSensorSticksWhereItStands(SimulatedBench bench) {
    bench.process("sensor.tank.level").set("stuck", 1);
    bench.process("basin").set("level", 2.5);
    bench.clock().advance(Duration.ofSeconds(1));
    assertEquals(1.5, bench.slave("tank").get("level"), 1e-6);
    bench.process("sensor.tank.level").set("stuck", 0);
    bench.clock().advance(Duration.ofSeconds(1));
    assertEquals(2.5, bench.slave("tank").get("level"), 1e-6);
  }

  @Test
  void anI2cChipIsReadAndUnplugged(SimulatedBench bench) throws PortException {
    bench.slave("cabinet").set("temperature", 30);
    I2cAddress address = I2cAddress.of(0x44);
    try (I2cBus bus = bench.i2c("sensors").open()) {
      byte[] measure = {0x24, 0x00};
      assertEquals(I2cOutcome.COMPLETED, bus.transfer(address, measure, new byte[0]));
      bench.clock().advance(Duration.ofMillis(20)); // the conversion
      byte[] answer = new byte[6];
      assertEquals(I2cOutcome.COMPLETED, bus.transfer(address, new byte[0], answer));
      int raw = (answer[0] & 0xFF) << 8 | (answer[1] & 0xFF);
      assertEquals(30, -45 + 175.0 * raw / 65_535, 0.01);
      bench.faults().unplug("cabinet");
      assertEquals(I2cOutcome.NOT_ACKNOWLEDGED, bus.transfer(address, measure, new byte[0]));
    }
  }

  @Test
  @SimulatedPlant(value = "bench.yaml", time = BenchTime.REAL)
  void inRealTimeNobodyAdvancesTheClock(SimulatedBench bench) {
    Duration before = bench.clock().now();
    assertTrue(bench.clock().now().compareTo(before) >= 0);
    String message =
        String.valueOf(
            assertThrows(IllegalStateException.class, () -> bench.clock().advance(SHORT))
                .getMessage());
    assertTrue(message.contains("time = BenchTime.VIRTUAL"), message);
  }

  @Test
  @SimulatedPlant(value = "bench.yaml", time = BenchTime.REAL)
  void inRealTimeAFaultStrikesFromNowOn(SimulatedBench bench) throws IOException {
    bench.faults().add(Fault.always("plc", FaultKind.DROP), Duration.ofSeconds(30));
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      assertFalse(master.answers(PLC, 100));
    }
    bench.faults().clear("plc");
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      assertEquals(1, master.read(PLC, 100));
    }
    assertTrue(bench.clock().now().toMinutes() < 10, "counted from the start of the bench");
  }

  @Test
  @SimulatedPlant(value = "bench.yaml", time = BenchTime.REAL)
  void inRealTimePhysicsGoesByItself(SimulatedBench bench) {
    bench.slave("drive").set("run", true);
    BenchPart basin = bench.process("basin");
    for (int i = 0; i < 10_000 && basin.get("level") <= 1.5; i++) {
      LockSupport.parkNanos(1_000_000);
    }
    assertTrue(basin.get("level") > 1.5);
  }

  private static String refused(Executable action) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  private static String failed(Executable action) {
    return String.valueOf(assertThrows(AssertionError.class, action).getMessage());
  }
}
