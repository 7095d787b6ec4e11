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
import io.plantbus.app.wiring.HardwarePorts;
import io.plantbus.devices.Quality;
import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.StreamListener;
import io.plantbus.master.BusMaster;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.image.TagSample;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// A foreign client, the endpoint, a running master and a slave, over loopback.
class ScadaEndToEndTest {
  private static final String PLANT =
      """
      lines: {net: {tcp: "127.0.0.1:PORT", timeout: 200ms, retries: 0}}
      devices:
        plc:
          line: net
          unit: 1
          poll: 50ms
          stale: 5s
          tags:
            setpoint: {address: "holding:1", access: read-write, max: 100}
      scada:
        port: 0
        points: {"holding:10": {tag: plc.setpoint, type: uint16, writable: true}}
      """;
  private static final int POINT = 10;

  private final RegisterBank bank =
      BankLayout.of(
          List.of(
              new RawTable(
                  DataTable.HOLDING_REGISTERS, new AddressRange(0, 2), List.of(4711, 50))));
  private final SlaveUnit slave = new SlaveUnit(new BankSlave(bank));
  private final Semaphore samples = new Semaphore(0);
  private final Adapters adapters = new Adapters(NanoClock.system());
  private final BusMaster master;
  private final ScadaEndpoint endpoint;
  private final ModbusTCPMaster client;

  ScadaEndToEndTest() throws Exception {
    SlaveUnits units = SlaveUnits.of(Map.of(UnitId.of(1), slave));
    StreamListener served =
        adapters.streams().listen("127.0.0.1", 0, 2, new TcpSlaveServer("slave", units));
    PlantFile plant =
        PlantFile.parse(
                "plant.yaml", PLANT.replace("PORT", Integer.toString(served.port())), _ -> null)
            .valueOrThrow();
    master = RunningMaster.start(plant.plant(), new HardwarePorts(adapters), DriverShelf::driver);
    master.image().onSample((_, _) -> samples.release());
    endpoint =
        ScadaEndpoint.open(master, Objects.requireNonNull(plant.scada()), adapters.streams());
    client = new ModbusTCPMaster("127.0.0.1", endpoint.port());
    client.setRetries(0);
    client.connect();
    awaitSample(Quality::isGood);
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.disconnect();
    endpoint.close();
    master.stop(1_000_000_000L);
    adapters.close();
  }

  /// Waits until the set point is as a test wants it.
  private void awaitSample(Predicate<Quality> wanted) throws InterruptedException {
    while (!wanted.test(quality())) {
      assertTrue(samples.tryAcquire(10, TimeUnit.SECONDS), "no sample: " + quality());
    }
  }

  private Quality quality() {
    TagSample sample = master.image().sample("plc.setpoint", adapters.clock().nanoTime());
    return Objects.requireNonNull(sample).quality();
  }

  private int read() throws ModbusException {
    return client.readMultipleRegisters(1, POINT, 1)[0].getValue();
  }

  private void write(int value) throws ModbusException {
    client.writeSingleRegister(1, POINT, new SimpleRegister(value));
  }

  private static int refusal(Executable request) {
    return assertThrows(ModbusSlaveException.class, request).getType();
  }

  @Test
  void aGoodValueIsRead() throws ModbusException {
    assertEquals(50, read());
  }

  @Test
  void aWriteIsAnsweredWhenTheSlaveHasAcknowledgedIt() throws ModbusException {
    write(75);
    assertEquals(75, bank.register(DataTable.HOLDING_REGISTERS, 1));
    assertEquals(4711, bank.register(DataTable.HOLDING_REGISTERS, 0));
  }

  @Test
  void aWriteOutOfRangeReachesNobody() {
    assertEquals(0x03, refusal(() -> write(101)));
    assertEquals(50, bank.register(DataTable.HOLDING_REGISTERS, 1));
  }

  @Test
  void theRefusalOfTheSlaveIsPassedOn() {
    slave.fault(new SlaveFault.Refusing(Response.Refusal.of(ExceptionCode.SERVER_DEVICE_FAILURE)));
    assertEquals(0x04, refusal(() -> write(75)));
  }

  @Covers(Requirement.GATEWAY_EXCEPTIONS)
  @Test
  void aSlaveThatFallsSilentIsReadAndWrittenWithTargetFailed() throws Exception {
    slave.fault(SlaveFault.MUTE);
    assertEquals(0x0B, refusal(() -> write(75)));
    awaitSample(Quality::isBad);
    assertEquals(0x0B, refusal(this::read));
    assertEquals(50, bank.register(DataTable.HOLDING_REGISTERS, 1));
    slave.fault(SlaveFault.NONE);
    awaitSample(Quality::isGood);
    assertEquals(50, read());
  }
}
