package io.plantbus.simulators.bench;

import io.plantbus.hal.PortException;
import java.util.HashMap;
import java.util.Map;

/// Where in a file the lines of a bench are written, for what is found out only when they are
/// served.
///
/// @param keys places by line and key, such as `bench.yaml:5:11: lines.net.port`; that of the line
///   itself under an empty key
public record Origins(Map<String, Map<String, String>> keys) {
  /// Of a bench that stands in no file.
  public static final Origins NONE = new Origins(Map.of());

  public Origins {
    Map<String, Map<String, String>> copy = new HashMap<>();
    keys.forEach((line, places) -> copy.put(line, Map.copyOf(places)));
    keys = Map.copyOf(copy);
  }

  /// The same failure, with the place where its cause is written; without one if there is none.
  ///
  /// @param key of the line's; the line's own place if it is not written
  public PortException tell(String line, String key, PortException failure) {
    Map<String, String> places = keys.getOrDefault(line, Map.of());
    String place = places.getOrDefault(key, places.get(""));
    return place == null
        ? failure
        : new PortException(failure.fault(), place + ": " + failure.getMessage(), failure);
  }
}
