package io.plantbus.junit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.digitalpetri.modbus.client.ModbusClient;
import com.digitalpetri.modbus.client.ModbusRtuClient;
import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusExecutionException;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.ModbusTimeoutException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.serial.client.SerialPortClientTransport;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import com.fazecast.jSerialComm.SerialPort;
import io.plantbus.junit.BenchTime;
import io.plantbus.junit.SeenRequest;
import io.plantbus.junit.SerialEndpoint;
import io.plantbus.junit.SimulatedBench;
import io.plantbus.junit.SimulatedPlant;
import io.plantbus.junit.TcpEndpoint;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Somebody's panel for a pump drive, written with digitalpetri/modbus, over TCP and over a serial
/// line.
@SimulatedPlant("pumps.yaml")
class PumpPanelTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  /// The panel: it knows nothing of simulations.
  record PumpPanel(ModbusClient client, int unit) implements AutoCloseable {
    static PumpPanel overTcp(String host, int port, int unit) throws ModbusExecutionException {
      return connected(
          ModbusTcpClient.create(
              NettyTcpClientTransport.create(config -> config.setHostname(host).setPort(port)),
              config -> config.setRequestTimeout(Duration.ofMillis(300))),
          unit);
    }

    static PumpPanel overSerial(String device, int unit) throws ModbusExecutionException {
      return connected(
          ModbusRtuClient.create(
              SerialPortClientTransport.create(
                  config ->
                      config
                          .setSerialPort(device)
                          .setBaudRate(19_200)
                          .setParity(SerialPort.EVEN_PARITY))),
          unit);
    }

    private static PumpPanel connected(ModbusClient client, int unit)
        throws ModbusExecutionException {
      client.connect();
      return new PumpPanel(client, unit);
    }

    void start(double hertz)
        throws ModbusExecutionException, ModbusResponseException, ModbusTimeoutException {
      client.writeSingleRegister(
          unit, new WriteSingleRegisterRequest(100, (int) Math.round(hertz * 100)));
      client.writeSingleCoil(unit, new WriteSingleCoilRequest(0, true));
    }

    double setpointHertz()
        throws ModbusExecutionException, ModbusResponseException, ModbusTimeoutException {
      byte[] registers =
          client.readHoldingRegisters(unit, new ReadHoldingRegistersRequest(100, 1)).registers();
      return ((registers[0] & 0xFF) << 8 | (registers[1] & 0xFF)) / 100.0;
    }

    @Override
    public void close() throws ModbusExecutionException {
      client.disconnect();
    }
  }

  @Test
  void startsAPumpOverTcp(SimulatedBench bench) throws Exception {
    TcpEndpoint net = bench.tcp("net");
    try (PumpPanel panel = PumpPanel.overTcp(net.host(), net.port(), 3)) {
      panel.start(37.5);
    }
    assertEquals(37.5, bench.slave("feed").get("speed-setpoint"), 1e-4);
    assertTrue(bench.slave("feed").is("run"));
    assertEquals(
        List.of(6, 5),
        bench.slave("feed").requests().stream().map(SeenRequest::functionCode).toList());
  }

  @Test
  void givesUpOnAPumpWhoseAnswersAreLost(SimulatedBench bench) throws Exception {
    TcpEndpoint net = bench.tcp("net");
    bench.faults().add(Fault.always("feed", FaultKind.DROP));
    try (PumpPanel panel = PumpPanel.overTcp(net.host(), net.port(), 3)) {
      assertThrows(ModbusTimeoutException.class, () -> panel.start(37.5));
    }
    assertEquals(37.5, bench.slave("feed").awaitWrite("speed-setpoint", SOON), 1e-4);
  }

  @Test
  void startsAPumpOverASerialLine(SimulatedBench bench) throws Exception {
    startBooster(bench);
  }

  private static void startBooster(SimulatedBench bench) throws Exception {
    SerialEndpoint line = bench.serial("rs485");
    try (PumpPanel panel = PumpPanel.overSerial(line.path().toString(), 2)) {
      panel.start(42);
      assertEquals(42, panel.setpointHertz(), 1e-4);
    }
    assertEquals(42, bench.slave("booster").awaitWrite("speed-setpoint", SOON), 1e-4);
    assertTrue(bench.slave("booster").is("run"));
  }

  @Test
  @SimulatedPlant(value = "pumps.yaml", time = BenchTime.REAL)
  void startsAPumpOverASerialLineAtItsSpeed(SimulatedBench bench) throws Exception {
    startBooster(bench);
    bench.faults().add(Fault.always("booster", FaultKind.WRONG_PARITY));
    assertEquals(1, bench.faults().list().size());
  }
}
