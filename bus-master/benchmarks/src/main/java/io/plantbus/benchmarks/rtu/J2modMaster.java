package io.plantbus.benchmarks.rtu;

import com.ghgande.j2mod.modbus.facade.ModbusSerialMaster;
import com.ghgande.j2mod.modbus.util.SerialParameters;

/// j2mod over jSerialComm. It always keeps some silence, at the highest speed the least.
final class J2modMaster implements Master {
  private static final int UNIT = 1;
  private static final int FASTEST_BAUD = 921_600;

  @Override
  public double perSecond(String device, int count, long millis, int baud) throws Exception {
    SerialParameters parameters = new SerialParameters();
    parameters.setPortName(device);
    parameters.setBaudRate(baud == 0 ? FASTEST_BAUD : baud);
    parameters.setDatabits(8);
    parameters.setStopbits(2);
    parameters.setEncoding("rtu");
    parameters.setOpenDelay(0);
    ModbusSerialMaster master = new ModbusSerialMaster(parameters, 1_000);
    master.connect();
    try {
      long start = System.nanoTime();
      long end = start + millis * 1_000_000;
      int done = 0;
      while (System.nanoTime() < end) {
        done += master.readMultipleRegisters(UNIT, 0, count).length / count;
      }
      return done * 1e9 / (System.nanoTime() - start);
    } finally {
      master.disconnect();
    }
  }
}
