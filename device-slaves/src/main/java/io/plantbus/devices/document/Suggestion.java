package io.plantbus.devices.document;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a user may have meant by a misspelt word.
public final class Suggestion {
  private Suggestion() {}

  /// The candidate nearest to `word`, or null if none is near: at most one mistake in three
  /// letters, where case does not count and two exchanged letters are one mistake.
  public static @Nullable String nearest(String word, Collection<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT);
    String best = null;
    int bestDistance =
        Math.min(Math.max(1, Math.min(wanted.length(), 64) / 3) + 1, wanted.length());
    for (String candidate : candidates) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /// What to tell the user: `did you mean 'baud'?`, or all candidates if none is near.
  ///
  /// @param listed introduces all candidates, such as `lines are`
  public static String phrase(String word, Collection<String> candidates, String listed) {
    String nearest = nearest(word, candidates);
    return nearest != null
        ? "did you mean '" + nearest + "'?"
        : listed + ": " + String.join(", ", candidates);
  }

  /// Optimal string alignment: insertions, deletions, substitutions and exchanges of neighbours.
  private static int distance(String from, String to) {
    if (Math.abs(from.length() - to.length()) > 32) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : step(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int step(int[][] cost, String from, String to, int i, int j) {
    int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean exchanged =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return exchanged ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
