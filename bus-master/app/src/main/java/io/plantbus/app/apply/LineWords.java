package io.plantbus.app.apply;

import io.plantbus.app.device.Endpoint;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import java.util.ArrayList;
import java.util.List;

/// What is different about a line, in words.
final class LineWords {
  private LineWords() {}

  /// Where it leads, such as `tcp://10.0.0.7:502`.
  static String endpoint(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Serial _, Transport.Tcp _, Transport.Udp _ ->
          Endpoint.of(line.transport()).toString();
      case Transport.I2c i2c -> "I2C, " + i2c.device();
    };
  }

  /// One phrase for each thing that changed.
  static List<String> changes(LineSpec before, LineSpec after) {
    List<String> words = new ArrayList<>();
    if (!endpoint(before).equals(endpoint(after))) {
      words.add(endpoint(before) + " → " + endpoint(after));
    } else if (!before.transport().equals(after.transport())) {
      words.add("settings of its port");
    }
    if (before.responseTimeoutNanos() != after.responseTimeoutNanos()) {
      words.add(
          Phrases.changed(
              "timeout",
              Phrases.span(before.responseTimeoutNanos()),
              Phrases.span(after.responseTimeoutNanos())));
    }
    if (before.retries() != after.retries()) {
      words.add(
          Phrases.changed(
              "retries", Integer.toString(before.retries()), Integer.toString(after.retries())));
    }
    if (before.reconnectMinNanos() != after.reconnectMinNanos()
        || before.reconnectMaxNanos() != after.reconnectMaxNanos()) {
      words.add("pauses before it is opened again");
    }
    if (!before.isolation().equals(after.isolation())) {
      words.add("isolation of its devices");
    }
    if (before.captureBytes() != after.captureBytes()) {
      words.add("how much of it is kept for captures");
    }
    return words;
  }
}
