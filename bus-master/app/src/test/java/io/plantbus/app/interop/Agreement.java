package io.plantbus.app.interop;

import io.plantbus.app.interop.faults.KnownFault;
import io.plantbus.app.interop.script.Model;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How well a client and a server understand each other over all that both speak, for the reference
/// page.
///
/// @param meetings of these two
record Agreement(List<Meeting> meetings) {
  private static final String EXCEPTION = "exception ";
  private static final Map<Operation, String> RIGHT = new HashMap<>();

  static {
    Model model = new Model();
    for (Operation operation : Script.OPERATIONS) {
      RIGHT.putIfAbsent(operation, model.reply(operation));
    }
  }

  /// One request over one transport.
  private record Asked(Meeting meeting, Operation operation) {
    boolean isRight() {
      return meeting.faults().stream().noneMatch(this::showsIn);
    }

    private boolean showsIn(KnownFault fault) {
      return fault.lost().contains(operation) || fault.replies().containsKey(operation);
    }

    private boolean isKnown() {
      return meeting.server().server().functions().contains(operation.function());
    }

    String right() {
      return isKnown() ? RIGHT.getOrDefault(operation, "") : Operation.exception(1);
    }
  }

  private Stream<Asked> asked() {
    return meetings.stream()
        .flatMap(
            meeting ->
                Script.OPERATIONS.stream()
                    .filter(operation -> meeting.client().can(operation, meeting.transport()))
                    .map(operation -> new Asked(meeting, operation)));
  }

  /// `yes`, `partly` or `no`, or nothing if one of them does not have the function.
  String on(int function) {
    List<Asked> all =
        asked()
            .filter(asked -> asked.operation().function() == function)
            .filter(asked -> asked.right().startsWith("ok"))
            .toList();
    long right = all.stream().filter(Asked::isRight).count();
    if (all.isEmpty()) {
      return "";
    }
    return right == all.size() ? "yes" : right > 0 ? "partly" : "no";
  }

  /// The exceptions that come across, in hexadecimal.
  String exceptions() {
    return asked()
        .filter(Asked::isRight)
        .map(Asked::right)
        .filter(right -> right.startsWith(EXCEPTION))
        .map(right -> Integer.valueOf(right.substring(EXCEPTION.length())))
        .distinct()
        .sorted()
        .map("%02X"::formatted)
        .collect(Collectors.joining(", "));
  }
}
