package io.plantbus.simulators.twin;

import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.capture.traffic.CapturedExchange;
import io.plantbus.protocols.capture.traffic.CapturedServer;
import io.plantbus.protocols.capture.traffic.CapturedTraffic;
import io.plantbus.protocols.modbus.trace.LineFraming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A bench of the slaves that were heard in a capture.
///
/// @param lines one for each server with a slave that answered, in their order
/// @param notes what of the capture did not get into it, a sentence each
public record TwinBench(List<Line> lines, List<String> notes) {
  private static final int FIRST_PORT = 5020;
  private static final int LAST_FREE_OF_PRIVILEGE = 1024;
  private static final Pattern SERIAL = Pattern.compile("\\b([0-9]{3,7}) ([5-8][NEO][12])\\b");
  private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})$");

  /// A line of it.
  ///
  /// @param name unique in the bench
  /// @param server who it stands for
  /// @param units by unit id
  public record Line(String name, CapturedServer server, Map<Integer, Unit> units) {}

  /// A slave.
  ///
  /// @param keys what a bench file says of it besides its recording
  public record Unit(TwinRecording recording, List<String> keys) {}

  public TwinBench {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /// What a line for a server is called.
  public static String name(CapturedServer server) {
    String plain = server.name().replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^-+|-+$", "");
    String name = plain.matches("[A-Za-z].*") ? plain : "tcp-" + plain;
    return name.substring(0, Math.min(name.length(), 64));
  }

  /// Learns a bench from a capture.
  public static TwinBench of(CapturedTraffic traffic) {
    List<CapturedExchange> all = traffic.exchanges();
    List<String> notes = new ArrayList<>(traffic.notes());
    List<Line> lines = new ArrayList<>();
    if (all.isEmpty()) {
      return new TwinBench(lines, notes);
    }
    long start = all.getFirst().requestNanos();
    long end = all.stream().mapToLong(CapturedExchange::responseNanos).max().orElse(start);
    Map<CapturedServer, Map<Integer, TwinLearner>> learners = new LinkedHashMap<>();
    for (CapturedExchange exchange : all) {
      Decoded decoded = Decoded.of(exchange);
      if (decoded != null) {
        Map<Integer, TwinLearner> units =
            learners.computeIfAbsent(exchange.server(), _ -> new TreeMap<>());
        if (exchange.isBroadcast()) {
          units.values().forEach(each -> each.learn(decoded, 0));
        } else {
          units
              .computeIfAbsent(exchange.unit(), _ -> new TwinLearner(start))
              .learn(decoded, wireNanos(exchange));
        }
      }
    }
    learners.forEach(
        (server, units) -> {
          Map<Integer, Unit> known = new TreeMap<>();
          units.forEach(
              (id, learner) -> {
                if (!learner.isKnown()) {
                  notes.add("unit %d of %s never answered".formatted(id, server.name()));
                } else {
                  known.put(
                      id,
                      new Unit(
                          learner.recording(Math.max(1, end - start)), learner.identity().keys()));
                  if (learner.isFull()) {
                    notes.add(
                        "unit %d of %s changes too often: its last values are left"
                            .formatted(id, server.name()));
                  }
                }
              });
          if (!known.isEmpty()) {
            lines.add(new Line(name(server), server, known));
          }
        });
    return new TwinBench(lines, notes);
  }

  /// How long the bytes of an exchange take on its serial line, as far as the capture tells: heard
  /// at the master, its request ends later and its answer begins earlier.
  private static long wireNanos(CapturedExchange exchange) {
    SerialSettings settings = settings(exchange.server());
    var response = exchange.response();
    if (settings == null || response == null) {
      return 0;
    }
    int around = exchange.server().framing().isSerial() ? 6 : 0;
    int characters = exchange.request().length() + response.length() + around;
    return (long) (characters * settings.bitsPerCharacter() * 1e9 / settings.baud());
  }

  private static @Nullable SerialSettings settings(CapturedServer server) {
    Matcher matcher = SERIAL.matcher(server.description());
    if (!server.framing().isSerial() || !matcher.find()) {
      return null;
    }
    try {
      return SerialSettings.of(Integer.parseInt(matcher.group(1)), matcher.group(2));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// Writes the bench file, and a recording beside it for each slave.
  ///
  /// @param file in place of one of the same name
  /// @param capture what it was made of, for a comment
  /// @param loop whether the recordings begin anew at their end
  /// @return every file that was written
  /// @throws IOException if one cannot be written
  public List<Path> write(Path file, String capture, boolean loop) throws IOException {
    String stem = String.valueOf(file.getFileName()).replaceFirst("[.]ya?ml$", "");
    List<Path> written = new ArrayList<>(List.of(file));
    StringBuilder text = new StringBuilder();
    text.append("# Twin of ").append(capture).append("\nname: twin\nlines:\n");
    Set<Integer> ports = new TreeSet<>();
    for (Line line : lines) {
      text.append("  ").append(line.name()).append(":\n").append(head(line.server(), ports));
      text.append("    units:\n");
      for (Map.Entry<Integer, Unit> each : line.units().entrySet()) {
        String name = "%s-%s-%d.twin".formatted(stem, line.name(), each.getKey());
        Path recording = file.resolveSibling(name);
        TwinFile.write(
            recording,
            each.getValue().recording(),
            "unit %d of %s in %s".formatted(each.getKey(), line.server().name(), capture));
        written.add(recording);
        text.append("      ").append(each.getKey()).append(":\n");
        text.append("        replay: \"").append(name).append("\"\n");
        if (!loop) {
          text.append("        loop: false\n");
        }
        each.getValue().keys().forEach(key -> text.append("        ").append(key).append("\n"));
      }
    }
    Files.writeString(file, text);
    return written;
  }

  private static String head(CapturedServer server, Set<Integer> ports) {
    return switch (server.framing()) {
      case RTU, ASCII -> {
        SerialSettings settings = settings(server);
        Matcher matcher = SERIAL.matcher(server.description());
        yield "    type: serial\n"
            + (server.framing() == LineFraming.ASCII ? "    framing: ascii\n" : "")
            + (settings != null && matcher.find()
                ? "    baud: %s\n    format: %s\n".formatted(matcher.group(1), matcher.group(2))
                : "");
      }
      case MBAP_STREAM -> "    type: tcp\n    port: " + port(server, ports) + "\n";
      case MBAP_DATAGRAM -> "    type: udp\n    port: " + port(server, ports) + "\n";
    };
  }

  private static int port(CapturedServer server, Set<Integer> ports) {
    Matcher matcher = PORT.matcher(server.name());
    int port = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    if (port < LAST_FREE_OF_PRIVILEGE || port > 65_535) {
      port = FIRST_PORT;
    }
    while (!ports.add(port)) {
      port = port == 65_535 ? FIRST_PORT : port + 1;
    }
    return port;
  }
}
