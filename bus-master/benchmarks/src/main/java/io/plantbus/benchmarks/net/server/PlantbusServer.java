package io.plantbus.benchmarks.net.server;

import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The slave server of this project: one unit with 125 holding registers.
public final class PlantbusServer {
  private static final int REGISTERS = 125;
  private static final int MOST_CONNECTIONS = 4096;

  private PlantbusServer() {}

  static int start() throws PortException {
    NettyStreamPort port =
        new NettyStreamPort(NanoClock.system(), (_, failure) -> failure.printStackTrace());
    return port.listen("127.0.0.1", 0, MOST_CONNECTIONS, acceptor()).port();
  }

  /// What serves each connection.
  public static TcpSlaveServer acceptor() {
    BankSlave slave =
        new BankSlave(
            BankLayout.of(
                List.of(
                    new RawTable(
                        DataTable.HOLDING_REGISTERS,
                        new AddressRange(0, REGISTERS),
                        Collections.nCopies(REGISTERS, 0)))));
    return new TcpSlaveServer(
        "benchmark", SlaveUnits.of(Map.of(UnitId.of(1), new SlaveUnit(slave))));
  }
}
