package io.plantbus.simulators.scenario;

import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds what happened last on the line that an expectation is about.
final class Evidence {
  private static final int MOST_LINES = 20;

  private final Bench bench;
  private final Transcript transcript;
  private final Subject subject;

  Evidence(Bench bench, Transcript transcript, Subject subject) {
    this.bench = bench;
    this.transcript = transcript;
    this.subject = subject;
  }

  /// The latest lines of the transcript that concern the condition.
  List<String> of(Condition condition) {
    return switch (condition) {
      case Condition.OfTag tag -> ofLine(subject.lineOf(tag.tag()));
      case Condition.OfDevice device -> ofLine(subject.lineOf(device.device()));
      case Condition.OfAlarm alarm -> ofLine(subject.lineOf(alarm.tag()));
      case Condition.OfSlave slave -> ofLine(lineOf(slave.place().slave()));
      case Condition.OfProcess _ -> latest(Set.of());
    };
  }

  /// The latest lines about a line and its slaves.
  List<String> ofLine(String name) {
    Set<String> names = new HashSet<>(Set.of(name));
    for (BenchLine line : bench.lines()) {
      if (line.name().equals(name)) {
        names.addAll(line.slaves());
        boolean isOnNetwork = line instanceof BenchLine.Tcp || line instanceof BenchLine.Udp;
        names.add(isOnNetwork ? "network" : name);
      }
    }
    return latest(names);
  }

  private String lineOf(String slave) {
    return bench.lines().stream()
        .filter(line -> line.slaves().contains(slave))
        .map(BenchLine::name)
        .findFirst()
        .orElse("");
  }

  private List<String> latest(Set<String> names) {
    Deque<String> latest = new ArrayDeque<>();
    for (String line : transcript.lines().reversed()) {
      String[] words = line.split(" ", 4);
      boolean concerns =
          words.length == 4
              && (names.contains(words[1])
                  || (words[1].equals("fault") && (names.isEmpty() || names.contains(words[2]))));
      if (concerns) {
        latest.addFirst(line);
      }
      if (latest.size() == MOST_LINES) {
        break;
      }
    }
    return List.copyOf(latest);
  }
}
