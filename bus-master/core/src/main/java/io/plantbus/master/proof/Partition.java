package io.plantbus.master.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Devices dealt out to several lines.
final class Partition {
  private Partition() {}

  /// Each device to the line that has least, the heaviest first.
  ///
  /// @param shares what each device takes of a line
  /// @param lines 1 or more
  static List<Set<String>> of(Map<String, Double> shares, int lines) {
    List<String> heaviest = new ArrayList<>(shares.keySet());
    heaviest.sort(
        Comparator.<String>comparingDouble(device -> -shares.getOrDefault(device, 0.0))
            .thenComparing(Comparator.naturalOrder()));
    List<Set<String>> parts = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      parts.add(new HashSet<>());
    }
    double[] taken = new double[lines];
    for (String device : heaviest) {
      int least = 0;
      for (int i = 1; i < lines; i++) {
        least = taken[i] < taken[least] ? i : least;
      }
      parts.get(least).add(device);
      taken[least] += shares.getOrDefault(device, 0.0);
    }
    return parts;
  }
}
