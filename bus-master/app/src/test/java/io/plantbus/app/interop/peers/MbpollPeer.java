package io.plantbus.app.interop.peers;

import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// mbpoll, a master on the command line: one process per operation.
final class MbpollPeer implements Peer {
  private static final Path MBPOLL = Path.of("/usr/bin/mbpoll");
  private static final int MOST_VALUES = 125;
  private static final int SERVER_ID = 17;

  /// What it says of exceptions.
  private static final Map<String, Integer> EXCEPTIONS =
      Map.of(
          "illegal function", 1,
          "illegal data address", 2,
          "illegal data value", 3,
          "slave device or server failure", 4,
          "acknowledge", 5,
          "slave device or server is busy", 6,
          "memory parity error", 8,
          "gateway path unavailable", 10,
          "target device failed to respond", 11);

  private static final Pattern VALUE = Pattern.compile("(?m)^\\[\\d+]:\\s+(\\d+)");
  private static final Pattern ID =
      Pattern.compile("(?m)^Id +: 0x(\\p{XDigit}+)\\s+Status: (On|Off)\\s+Data +: (.*)$");
  private static final Pattern FAILURE = Pattern.compile("(?m)failed: (.*)$");

  @Override
  public String name() {
    return "mbpoll";
  }

  @Override
  public String version() {
    return "1.4.11 (Debian `mbpoll`)";
  }

  @Override
  public @Nullable String unavailable() {
    return Files.isExecutable(MBPOLL)
        ? null
        : "mbpoll is not installed: install the package mbpoll";
  }

  @Override
  public Role client() {
    Set<Transport> transports = EnumSet.copyOf(Transport.RTU);
    transports.add(Transport.TCP);
    return new Role(transports, Set.of(1, 2, 3, 4, 5, 6, 15, 16, SERVER_ID));
  }

  @Override
  public Role server() {
    return Role.NONE;
  }

  @Override
  public Server serve(Place place) {
    throw new UnsupportedOperationException("mbpoll is a master only");
  }

  /// No more than [#MOST_VALUES] values, at least one, and the server id on a serial line only.
  @Override
  public boolean can(Operation operation, Transport transport) {
    if (operation.function() == SERVER_ID) {
      return transport.isSerial();
    }
    boolean reads = operation.function() <= 4;
    int count = reads ? operation.argument(1) : operation.values(1).length;
    return client().functions().contains(operation.function()) && count > 0 && count <= MOST_VALUES;
  }

  @Override
  public List<String> run(Place place, List<Operation> operations) {
    return operations.stream().map(operation -> reply(place, operation)).toList();
  }

  private static String reply(Place place, Operation operation) {
    List<String> words = new ArrayList<>(List.of(MBPOLL.toString(), "-1", "-0", "-o", "2"));
    words.addAll(List.of("-a", "" + Script.UNIT));
    if (operation.function() == SERVER_ID) {
      words.add("-u");
    } else {
      words.addAll(List.of("-r", "" + operation.argument(0)));
      words.addAll(List.of("-t", "" + table(operation.function())));
    }
    if (operation.function() <= 4) {
      words.addAll(List.of("-c", "" + operation.argument(1)));
    }
    if (place.transport().isSerial()) {
      words.addAll(List.of("-m", "rtu", "-b", "" + place.transport().baud(), "-P", "even"));
      words.add(place.device());
    } else {
      words.addAll(List.of("-m", "tcp", "-p", "" + place.port(), Place.HOST));
    }
    if (operation.function() > 4) {
      IntStream.of(operation.values(1)).forEach(value -> words.add("" + value));
    }
    return understood(Programs.output(words.toArray(String[]::new)), operation);
  }

  private static int table(int function) {
    return switch (function) {
      case 1, 5, 15 -> 0;
      case 2 -> 1;
      case 4 -> 3;
      case 3, 6, 16 -> 4;
      default -> throw new IllegalArgumentException("mbpoll has no function " + function);
    };
  }

  private static String understood(String said, Operation operation) {
    Matcher failure = FAILURE.matcher(said);
    if (failure.find()) {
      String reason = failure.group(1).toLowerCase(Locale.ROOT);
      Integer code = EXCEPTIONS.get(reason);
      return code == null ? "fault " + reason : Operation.exception(code);
    }
    if (operation.function() == SERVER_ID) {
      Matcher id = ID.matcher(said);
      return id.find() ? told(id) : "fault " + said;
    }
    if (operation.function() > 4) {
      return said.contains("Written " + operation.values(1).length + " ") ? "ok" : "fault " + said;
    }
    return VALUE
        .matcher(said)
        .results()
        .map(value -> " " + value.group(1))
        .collect(Collectors.joining("", "ok", ""));
  }

  private static String told(Matcher id) {
    IntStream head =
        IntStream.of(Integer.parseInt(id.group(1), 16), id.group(2).equals("On") ? 0xFF : 0);
    return Operation.ok(IntStream.concat(head, id.group(3).chars()).toArray());
  }
}
