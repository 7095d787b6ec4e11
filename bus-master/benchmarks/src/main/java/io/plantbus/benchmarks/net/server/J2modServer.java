package io.plantbus.benchmarks.net.server;

import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.net.InetAddress;

/// j2mod with a pool of 64 threads; a connection keeps one for as long as it lives.
final class J2modServer {
  private static final int THREADS = 64;

  private J2modServer() {}

  static int start() throws Exception {
    int port = FreePort.find();
    SimpleProcessImage image = new SimpleProcessImage(1);
    for (int i = 0; i < 125; i++) {
      image.addRegister(new SimpleRegister(0));
    }
    ModbusSlave slave =
        ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), port, THREADS, false);
    slave.addProcessImage(1, image);
    slave.open();
    return port;
  }
}
