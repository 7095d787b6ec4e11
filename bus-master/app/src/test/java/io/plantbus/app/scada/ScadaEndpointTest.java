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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
}
