package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Keeps what a client session wanted done.
class ClientLog implements ClientEffects {
  final List<byte[]> sent = new ArrayList<>();
  final List<Long> transactions = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  int closes;

  @Override
  public void send(byte[] bytes, int offset, int length) {
    sent.add(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void concluded(
      long transaction,
      UnitId unit,
      Request request,
      Outcome outcome,
      long sentNanos,
      long nowNanos) {
    transactions.add(transaction);
    outcomes.add(kept(outcome));
  }

  @Override
  public void close() {
    closes++;
  }

  private static Outcome kept(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(Response response) -> new Outcome.Answered(response.copy());
      case Outcome.Refused _,
          Outcome.Silence _,
          Outcome.Noise _,
          Outcome.Aborted _,
          Outcome.Broadcast _ ->
          outcome;
    };
  }
}
