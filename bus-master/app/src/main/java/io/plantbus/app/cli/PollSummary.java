package io.plantbus.app.cli;

import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.OutcomeText;
import io.plantbus.app.run.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/// How a row of requests went.
final class PollSummary {
  private final Map<String, Long> failures = new TreeMap<>();
  private long requests;
  private long answers;
  private long leastNanos = Long.MAX_VALUE;
  private long mostNanos;
  private long sumNanos;

  void add(Exchange exchange) {
    requests++;
    if (DeviceSession.isSuccess(exchange.outcome())) {
      answers++;
      leastNanos = Math.min(leastNanos, exchange.roundTripNanos());
      mostNanos = Math.max(mostNanos, exchange.roundTripNanos());
      sumNanos += exchange.roundTripNanos();
    } else {
      failures.merge(OutcomeText.word(exchange.outcome()), 1L, Long::sum);
    }
  }

  long errors() {
    return requests - answers;
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      Json.print(
          out,
          members -> {
            members.writeNumberField("requests", requests);
            members.writeNumberField("answers", answers);
            members.writeNumberField("errors", errors());
            if (answers > 0) {
              members.writeNumberField("minMillis", leastNanos / 1e6);
              members.writeNumberField("avgMillis", sumNanos / (1e6 * answers));
              members.writeNumberField("maxMillis", mostNanos / 1e6);
            }
          });
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(requests).append(requests == 1 ? " request, " : " requests, ");
    text.append(answers).append(" answered, ").append(errors()).append(" errors");
    if (errors() > 0) {
      text.append(' ').append(failures);
    }
    if (answers > 0) {
      text.append("; round trip min/avg/max ");
      text.append(DeviceSession.millis(leastNanos)).append(" / ");
      text.append(DeviceSession.millis(sumNanos / answers)).append(" / ");
      text.append(DeviceSession.millis(mostNanos));
    }
    out.println(text);
  }
}
