package io.plantbus.benchmarks.net.server;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import java.util.Optional;

/// digitalpetri/modbus as it comes.
final class DigitalpetriServer extends ReadWriteModbusServices {
  private final ProcessImage image = new ProcessImage();

  private DigitalpetriServer() {
    image.with(
        all ->
            all.writeHoldingRegisters(
                registers -> {
                  for (int i = 0; i < 125; i++) {
                    registers.put(i, new byte[2]);
                  }
                }));
  }

  @Override
  protected Optional<ProcessImage> getProcessImage(int unitId) {
    return Optional.of(image);
  }

  static int start() throws Exception {
    int port = FreePort.find();
    ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                config -> config.setBindAddress("127.0.0.1").setPort(port)),
            new DigitalpetriServer())
        .start();
    return port;
  }
}
