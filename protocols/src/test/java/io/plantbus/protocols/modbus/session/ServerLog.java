package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Keeps what a server session wanted done. Requests with blocks are kept in their written form.
final class ServerLog implements ServerEffects {
  final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  final List<Long> tickets = new ArrayList<>();
  final List<UnitId> units = new ArrayList<>();
  final List<String> requests = new ArrayList<>();
  Executor executor = (_, _) -> {};
  int closes;

  /// Executes within the call.
  interface Executor {
    void execute(long ticket, Request request);
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    sent.write(bytes, offset, length);
  }

  @Override
  public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
    tickets.add(ticket);
    units.add(unit);
    requests.add(request.toString());
    executor.execute(ticket, request);
  }

  @Override
  public void close() {
    closes++;
  }
}
