package io.plantbus.benchmarks.net.client;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;

/// j2mod's master.
final class J2modClient extends ThreadPerConnection {
  @Override
  Connection connect(int port, int registers) throws Exception {
    ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1", port, 5000, false);
    master.connect();
    return new Master(master, registers);
  }

  private record Master(ModbusTCPMaster master, int registers) implements Connection {
    @Override
    public void ask() throws ModbusException {
      var _ = master.readMultipleRegisters(1, 0, registers);
    }

    @Override
    public void end() {
      master.disconnect();
    }
  }
}
