package io.plantbus.app.scada;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.app.wiring.DriverShelf;
import io.plantbus.app.wiring.ServedBench;
import io.plantbus.app.wiring.SimulatedPorts;
import io.plantbus.devices.TagValue;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.BusMaster;
import io.plantbus.master.RunningMaster;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.simulators.bench.document.BenchDocument;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The endpoint of the demo's plant, asked by somebody else's master over loopback.
class ScadaEndpointTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final int NO_ANSWER_FROM_TARGET = 0x0B;

  @TempDir private Path folder = Path.of("");
  private Adapters adapters;
  private ServedBench bench;
  private BusMaster master;
  private ScadaEndpoint endpoint;
  private ModbusTCPMaster client;

  @BeforeEach
  void start() throws Exception {
    PlantFile plant;
    try (InputStream text =
        Objects.requireNonNull(
            PlantFile.class.getResourceAsStream("/io/plantbus/app/demo/pump-station.yaml"))) {
      plant =
          PlantFile.parse(
                  "pump-station.yaml",
                  new String(text.readAllBytes(), StandardCharsets.UTF_8),
                  _ -> null)
              .valueOrThrow();
    }
    adapters = new Adapters(NanoClock.system());
    bench = ServedBench.start(BenchDocument.pumpStation(), adapters, folder);
    master =
        RunningMaster.start(
            plant.plant(), new SimulatedPorts(adapters, bench), DriverShelf::driver);
    endpoint =
        ScadaEndpoint.open(
            master, Objects.requireNonNull(plant.scada()).withPort(0), adapters.streams());
    client = new ModbusTCPMaster("127.0.0.1", endpoint.port());
    client.connect();
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.disconnect();
    endpoint.close();
    master.stop(0);
    bench.close();
    adapters.close();
  }

  /// What reading the tank's level is answered with: 0 for a value, or the exception.
  private int answerForLevel() throws ModbusException {
    try {
      client.readInputRegisters(0, 2);
      return 0;
    } catch (ModbusSlaveException refused) {
      return refused.getType();
    }
  }

  private void awaitAnswerForLevel(int answer) throws ModbusException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int last = answerForLevel();
    while (last != answer && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      last = answerForLevel();
    }
    assertEquals(answer, last);
  }

  @Test
  void aValueIsServedWhileItIsFreshAndRefusedWhenItsDeviceIsUnplugged() throws Exception {
    awaitAnswerForLevel(0);
    bench.running().faults().unplug("tank-level");
    awaitAnswerForLevel(NO_ANSWER_FROM_TARGET);
    bench.running().faults().replug("tank-level");
    awaitAnswerForLevel(0);
  }

  @Test
  void aWriteHasReachedTheDeviceWhenItIsAnswered() throws Exception {
    awaitAnswerForLevel(0);
    client.writeSingleRegister(0, new SimpleRegister(30));
    assertEquals(
        TagValue.of(30.0),
        Objects.requireNonNull(bench.running().slave("drain-valve")).get("setpoint"));
  }

  @Test
  void aWriteToADeviceThatIsUnpluggedIsNeverCalledDone() throws Exception {
    awaitAnswerForLevel(0);
    bench.running().faults().unplug("drain-valve");
    ModbusSlaveException refused =
        assertThrows(
            ModbusSlaveException.class,
            () -> client.writeSingleRegister(0, new SimpleRegister(30)));
    assertEquals(NO_ANSWER_FROM_TARGET, refused.getType());
  }

  @Covers(Requirement.SLOW_CLIENTS)
  @Test
  void clientsThatSayNothingAndHalfARequestDoNotHoldUpOthers() throws Exception {
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        Socket half = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      half.getOutputStream().write(new byte[] {0, 1, 0, 0, 0, 6, 1});
      assertTrue(silent.isConnected());
      awaitAnswerForLevel(0);
    }
  }

  @Test
  void aCrowdOfOthersCannotLockOutAConfiguredClientAndStrangersAreTurnedAway() throws Exception {
    String scada =
        """
        plant: crowded
        lines: { line: { tcp: 127.0.0.1 } }
        devices: { valve: { line: line, unit: 1, profile: valve-actuator } }
        scada:
          max-clients: 2
          clients: [127.0.0.2]
          admit: [127.0.0.1]
          points: {}
        """;
    ScadaSpec spec =
        Objects.requireNonNull(
            PlantFile.parse("crowded.yaml", scada, _ -> null).valueOrThrow().scada());
    List<Socket> crowd = new ArrayList<>();
    try (ScadaEndpoint crowded = ScadaEndpoint.open(master, spec.withPort(0), adapters.streams())) {
      for (int i = 0; i < 20; i++) {
        crowd.add(from("127.0.0.1", crowded));
      }
      try (Socket stranger = from("127.0.0.3", crowded);
          Socket configured = from("127.0.0.2", crowded)) {
        assertEquals(-1, stranger.getInputStream().read());
        configured.getOutputStream().write(HexFormat.of().parseHex("000100000006010300000001"));
        assertEquals(
            "000100000003018302",
            HexFormat.of().formatHex(configured.getInputStream().readNBytes(9)));
      }
    } finally {
      for (Socket one : crowd) {
        one.close();
      }
    }
  }

  private static Socket from(String address, ScadaEndpoint to) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), to.port(), InetAddress.ofLiteral(address), 0);
    socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
    return socket;
  }
}
