package io.plantbus.app.cli;

import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SerialSlaveServer;
import io.plantbus.devices.slave.SlaveBehaviour;
import io.plantbus.devices.slave.SlaveServices;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.ThreadRunner;
import io.plantbus.hal.linux.PseudoTerminal;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import java.util.List;
import java.util.Map;

/// Unit 17 with a few registers, on a free TCP port and on a pseudo terminal.
public final class SlaveOnLoopback implements AutoCloseable {
  final RegisterBank bank =
      BankLayout.of(
          List.of(
              table(DataTable.HOLDING_REGISTERS, 100, 0x41AC, 0, 0x42F6, 0xE979, 7, 8),
              table(DataTable.INPUT_REGISTERS, 0, 0x7FC0, 0, 1, 2),
              table(DataTable.COILS, 0, 1, 0, 1)));
  private final NettyStreamPort streams = new NettyStreamPort(NanoClock.system(), (_, _) -> {});
  private final ThreadRunner threads = new ThreadRunner(NanoClock.system(), (_, _) -> {});
  private final StreamListener listener;
  private final PseudoTerminal terminal;
  private final AgentHandle serial;

  /// A slave that answers nothing but its tables.
  public SlaveOnLoopback() throws PortException {
    this(new SlaveServices());
  }

  /// A slave that answers more.
  public SlaveOnLoopback(SlaveServices services) throws PortException {
    BankSlave slave = new BankSlave(bank, SlaveBehaviour.STILL, services);
    SlaveUnits units = SlaveUnits.of(Map.of(UnitId.of(17), new SlaveUnit(slave)));
    listener = streams.listen("127.0.0.1", 0, 4, new TcpSlaveServer("slave", units));
    terminal = PseudoTerminal.open(SerialSettings.MODBUS_DEFAULT, NanoClock.system());
    serial =
        threads.start(
            new SerialSlaveServer("slave", () -> terminal, SerialSettings.MODBUS_DEFAULT, units));
  }

  private static RawTable table(DataTable table, int start, Integer... values) {
    return new RawTable(table, new AddressRange(start, values.length), List.of(values));
  }

  /// Its endpoint over TCP.
  public String tcp() {
    return "tcp://127.0.0.1:" + listener.port();
  }

  /// Its endpoint over the pseudo terminal.
  public String rtu() {
    return "rtu:" + terminal.slavePath();
  }

  @Override
  public void close() {
    serial.stop();
    streams.close();
  }
}
