package io.plantbus.benchmarks.net;

import java.util.List;

/// What the command line says.
///
/// @param rounds counted ones, after one that is not
/// @param millis of a run
/// @param only names of parties that take part, all if empty
record Settings(int rounds, long millis, List<String> only) {
  /// Reads `--rounds N`, `--millis N` and `--only NAME,NAME`.
  ///
  /// @throws IllegalArgumentException if there is anything else
  static Settings parse(String[] arguments, int rounds, long millis) {
    Settings settings = new Settings(rounds, millis, List.of());
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      String value = arguments[i + 1];
      settings =
          switch (arguments[i]) {
            case "--rounds" ->
                new Settings(Integer.parseInt(value), settings.millis, settings.only);
            case "--millis" -> new Settings(settings.rounds, Long.parseLong(value), settings.only);
            case "--only" ->
                new Settings(settings.rounds, settings.millis, List.of(value.split(",", -1)));
            default -> throw usage();
          };
    }
    if (arguments.length % 2 != 0 || settings.rounds < 1 || settings.millis < 1) {
      throw usage();
    }
    return settings;
  }

  private static IllegalArgumentException usage() {
    return new IllegalArgumentException("known are --rounds N, --millis N and --only NAME,NAME");
  }

  boolean takes(String party) {
    return only.isEmpty() || only.stream().anyMatch(party::contains);
  }
}
