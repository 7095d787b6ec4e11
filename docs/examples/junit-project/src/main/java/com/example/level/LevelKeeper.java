package com.example.level;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.InputRegister;

/// Keeps a tank between two levels with a pump. It talks Modbus TCP through j2mod and knows nothing
/// of simulations.
public final class LevelKeeper implements AutoCloseable {
  private static final int TANK = 1;
  private static final int PUMP = 2;

  private final ModbusTCPMaster master;
  private boolean alarm;

  public LevelKeeper(String host, int port) throws Exception {
    master = new ModbusTCPMaster(host, port, 200, false);
    master.setRetries(0);
    master.connect();
  }

  /// Looks at the level once and does what it asks for.
  public void check() throws ModbusException {
    try {
      InputRegister[] words = master.readInputRegisters(TANK, 0, 2);
      float level = Float.intBitsToFloat(words[0].getValue() << 16 | words[1].getValue());
      alarm = false;
      if (level < 1.2) {
        master.writeCoil(PUMP, 0, true);
      } else if (level > 2) {
        master.writeCoil(PUMP, 0, false);
      }
    } catch (ModbusException silence) {
      alarm = true;
      master.writeCoil(PUMP, 0, false); // who does not know the level does not pump
    }
  }

  /// Whether the level is unknown.
  public boolean alarm() {
    return alarm;
  }

  @Override
  public void close() {
    master.disconnect();
  }
}
