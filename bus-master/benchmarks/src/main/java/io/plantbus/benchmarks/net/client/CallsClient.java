package io.plantbus.benchmarks.net.client;

import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.SingleDevice;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.TcpClientSession;
import java.util.concurrent.TimeUnit;

/// [SingleDevice]: this project's client for a caller that asks and waits.
final class CallsClient extends ThreadPerConnection {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final StreamPort port =
      new NettyStreamPort(NanoClock.system(), (_, failure) -> failure.printStackTrace());

  @Override
  Connection connect(int tcpPort, int registers) throws Exception {
    AgentRunner runner = port.newRunner();
    SingleDevice device =
        new SingleDevice(
            "device",
            runner,
            port.opener(runner, "127.0.0.1", tcpPort, TIMEOUT_NANOS),
            effects -> new TcpClientSession(1, effects),
            TIMEOUT_NANOS,
            new LineTap(TappedLine.stream("line", "tcp", StreamFraming.MBAP, TIMEOUT_NANOS)));
    Request request = new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, registers));
    Calls calls = new Calls(device, request);
    calls.ask();
    return calls;
  }

  private record Calls(SingleDevice device, Request request) implements Connection {
    @Override
    public void ask() throws Exception {
      Exchange exchange = device.call(UnitId.of(1), request, TIMEOUT_NANOS);
      if (!(exchange.outcome() instanceof Outcome.Answered)) {
        throw new IllegalStateException("a call ended as " + exchange.outcome());
      }
    }

    @Override
    public void end() {
      device.close();
    }
  }

  @Override
  public void end() throws Exception {
    super.end();
    port.close();
  }
}
