package io.plantbus.benchmarks.net.client;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.plantbus.benchmarks.net.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// digitalpetri/modbus, over its futures.
final class DigitalpetriClient implements Client {
  private final boolean tuned;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<ModbusTcpClient> clients = new ArrayList<>();
  private final List<Supplier<CompletionStage<?>>> calls = new ArrayList<>();
  private int window;

  /// @param tuned with its executor replaced by the event loop, so that nothing is handed over
  DigitalpetriClient(boolean tuned) {
    this.tuned = tuned;
  }

  @Override
  public void open(int port, Load load) throws Exception {
    window = load.window();
    for (int i = 0; i < load.connections(); i++) {
      ModbusTcpClient client =
          ModbusTcpClient.create(
              NettyTcpClientTransport.create(
                  config -> {
                    config.setHostname("127.0.0.1").setPort(port).setConnectPersistent(false);
                    if (tuned) {
                      config.setEventLoopGroup(group).setExecutor(group.next());
                    }
                  }));
      client.connect();
      clients.add(client);
      calls.add(
          () ->
              client.readHoldingRegistersAsync(
                  1, new ReadHoldingRegistersRequest(0, load.registers())));
    }
  }

  @Override
  public void run(Meter meter) throws InterruptedException {
    Futures.drive(calls, window, meter);
  }

  @Override
  public void end() throws Exception {
    for (ModbusTcpClient client : clients) {
      client.disconnect();
    }
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
