package io.plantbus.benchmarks.rtu;

import com.digitalpetri.modbus.client.ModbusRtuClient;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.serial.client.SerialPortClientTransport;
import com.fazecast.jSerialComm.SerialPort;

/// digitalpetri's client over jSerialComm. It keeps no silence at all.
final class DigitalpetriMaster implements Master {
  private static final int FASTEST_BAUD = 921_600;

  @Override
  public double perSecond(String device, int count, long millis, int baud) throws Exception {
    ModbusRtuClient client =
        ModbusRtuClient.create(
            SerialPortClientTransport.create(
                config -> {
                  config.setSerialPort(device);
                  config.setBaudRate(baud == 0 ? FASTEST_BAUD : baud);
                  config.setDataBits(8);
                  config.setParity(SerialPort.NO_PARITY);
                  config.setStopBits(SerialPort.TWO_STOP_BITS);
                }));
    client.connect();
    try {
      ReadHoldingRegistersRequest request = new ReadHoldingRegistersRequest(0, count);
      long start = System.nanoTime();
      long end = start + millis * 1_000_000;
      int done = 0;
      while (System.nanoTime() < end) {
        done += client.readHoldingRegisters(1, request).registers().length / (2 * count);
      }
      return done * 1e9 / (System.nanoTime() - start);
    } finally {
      client.disconnect();
    }
  }
}
