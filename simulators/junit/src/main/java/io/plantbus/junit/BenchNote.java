package io.plantbus.junit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a failed test is told about its bench, as an exception that is suppressed by the failure:
/// test reports show those below it.
final class BenchNote extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int LINES = 20;

  private final transient Map<String, String> entries;

  private BenchNote(String message, Map<String, String> entries) {
    super(message, null, false, false);
    this.entries = entries;
  }

  /// @param test such as `PumpTest#stops`, for the build tool
  static BenchNote of(SimulatedBench bench, String test) {
    List<String> lines = bench.transcript();
    String latest =
        String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    String repeat = "mvn test -Dtest='%s' -Dplantbus.seed=%d".formatted(test, bench.seed());
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("plantbus.seed", Long.toString(bench.seed()));
    entries.put("plantbus.repeat", repeat);
    if (!latest.isEmpty()) {
      entries.put("plantbus.transcript", latest);
    }
    return new BenchNote(
        "bench %s had seed %d; repeat with -Dplantbus.seed=%d, as in: %s%n%s"
            .formatted(
                bench.name(),
                bench.seed(),
                bench.seed(),
                repeat,
                latest.isEmpty() ? "nothing reached its slaves" : "what happened last:\n" + latest),
        entries);
  }

  /// For the report of the test.
  Map<String, String> entries() {
    return entries;
  }
}
