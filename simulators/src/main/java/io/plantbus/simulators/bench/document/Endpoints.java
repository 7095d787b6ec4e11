package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.Listening;
import io.plantbus.simulators.bench.Origins;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the lines of a bench file are written, and whether they keep out of each other's way.
final class Endpoints {
  private final Node lines;
  private final Problems problems;

  /// @param lines the mapping of the lines
  Endpoints(Node lines, Problems problems) {
    this.lines = lines;
    this.problems = problems;
  }

  /// Adds a problem for each endpoint that two lines claim.
  void requireDistinct(List<BenchLine> served) {
    Map<String, String> claimed = new HashMap<>();
    for (BenchLine line : served) {
      switch (line) {
        case BenchLine.Serial serial -> {
          String link = serial.endpoint();
          if (!link.isEmpty()) {
            claim(claimed, link, link, line, "link");
          }
        }
        case BenchLine.Tcp tcp -> claim(claimed, "TCP port ", tcp.listening(), line);
        case BenchLine.Udp udp -> claim(claimed, "UDP port ", udp.listening(), line);
        case BenchLine.I2c _ -> {}
      }
    }
  }

  private void claim(
      Map<String, String> claimed, String kind, Listening listening, BenchLine line) {
    if (listening.port() != 0) {
      String what = kind + listening.port();
      claim(claimed, what + " of " + listening.host(), what, line, "port");
    }
  }

  private void claim(
      Map<String, String> claimed, String endpoint, String what, BenchLine line, String key) {
    String other = claimed.putIfAbsent(endpoint, line.name());
    if (other != null) {
      problems.error(
          at(line.name(), key), what + " is taken by line '" + other + "'", "write another one");
    }
  }

  private Node at(String line, String key) {
    Node found =
        lines instanceof Node.Mapping all && all.get(line) instanceof Node.Mapping mapping
            ? mapping.get(key)
            : null;
    return found == null ? lines : found;
  }

  /// Of every line and its keys.
  Origins origins() {
    Map<String, Map<String, String>> origins = new HashMap<>();
    if (lines instanceof Node.Mapping all) {
      for (Node.Entry line : all.entries()) {
        Map<String, String> keys = new HashMap<>();
        keys.put("", place(line.value()));
        if (line.value() instanceof Node.Mapping mapping) {
          mapping.entries().forEach(entry -> keys.put(entry.key(), place(entry.value())));
        }
        origins.put(line.key(), keys);
      }
    }
    return new Origins(origins);
  }

  private static String place(Node node) {
    return node.position() + ": " + node.path();
  }
}
