package io.plantbus.app.device.diagnosis;

import io.plantbus.app.device.Asking;
import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.OutcomeText;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rounds of data that a device was to send back, function code 8/0 (AP 6.8.1).
///
/// @param rounds how many were made
/// @param roundTripsNanos of those that came back as they were, ascending
/// @param failures how many ended in which other way, by [OutcomeText#word]
/// @param last what the last one ended with
public record EchoTest(
    int rounds, List<Long> roundTripsNanos, Map<String, Integer> failures, Outcome last) {
  /// The most rounds.
  public static final int MAX_ROUNDS = 100_000;

  private static final int SILENT_ROUNDS = 3;
  private static final int PATTERN = 0xA55A;

  public EchoTest {
    roundTripsNanos = List.copyOf(roundTripsNanos);
    failures = Map.copyOf(failures);
  }

  /// Makes the rounds, each with a word of its own. It ends at once if the device refuses, and
  /// after three rounds if not one came back.
  ///
  /// @param rounds 1..[#MAX_ROUNDS]
  static EchoTest run(Asking device, int rounds) throws PortException, InterruptedException {
    List<Long> trips = new ArrayList<>();
    Map<String, Integer> failures = new TreeMap<>();
    Outcome last = new Outcome.Silence();
    int made = 0;
    while (made < rounds && (made < SILENT_ROUNDS || !trips.isEmpty())) {
      int word = made ^ PATTERN;
      Exchange exchange =
          device.ask(
              new Request.Diagnostics(
                  SubFunction.RETURN_QUERY_DATA, ByteBlock.of(word >> 8, word)));
      made++;
      last = exchange.outcome();
      if (last instanceof Outcome.Answered) {
        trips.add(exchange.roundTripNanos());
      } else {
        failures.merge(OutcomeText.word(last), 1, Integer::sum);
        if (last instanceof Outcome.Refused) {
          break;
        }
      }
    }
    Collections.sort(trips);
    return new EchoTest(made, trips, failures, last);
  }

  /// How many came back.
  public int answers() {
    return roundTripsNanos.size();
  }

  /// How many did not.
  public int lost() {
    return rounds - answers();
  }

  /// The mean round trip; 0 if none came back.
  public long meanNanos() {
    return (long) roundTripsNanos.stream().mapToLong(Long::longValue).average().orElse(0);
  }

  /// The round trip that this share of them did not exceed.
  ///
  /// @param share 0..1; 0 for the shortest, 1 for the longest
  /// @throws IllegalStateException if none came back
  public long quantileNanos(double share) {
    if (roundTripsNanos.isEmpty()) {
      throw new IllegalStateException("no round came back");
    }
    int index = (int) Math.ceil(share * roundTripsNanos.size()) - 1;
    return roundTripsNanos.get(Math.clamp(index, 0, roundTripsNanos.size() - 1));
  }
}
