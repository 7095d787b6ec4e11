package io.plantbus.app.interop.faults;

import io.plantbus.app.interop.peers.Peer;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the tests found wrong with the peers.
public final class KnownFaults {
  static final Set<Transport> EVERYWHERE = EnumSet.allOf(Transport.class);

  static final Set<Transport> RTU_AND_OVER_TCP =
      EnumSet.of(
          Transport.RTU_9600, Transport.RTU_19200, Transport.RTU_115200, Transport.RTU_OVER_TCP);

  public static final List<KnownFault> ALL =
      Stream.of(LibmodbusFaults.ALL, PymodbusFaults.ALL, J2modFaults.ALL, DigitalpetriFaults.ALL)
          .flatMap(List::stream)
          .toList();

  private KnownFaults() {}

  /// The faults that show when these two meet.
  public static List<KnownFault> between(Peer client, Peer server, Transport transport) {
    return ALL.stream()
        .filter(fault -> (fault.server() ? server : client).name().equals(fault.peer()))
        .filter(fault -> fault.transports().contains(transport))
        .toList();
  }

  /// Everything in the script that asks for one of these functions.
  static List<Operation> asking(Integer... functions) {
    return Script.OPERATIONS.stream()
        .filter(operation -> List.of(functions).contains(operation.function()))
        .toList();
  }

  /// What the device refuses with exceptions of its own choice.
  static List<Operation> refusals() {
    return Script.REFUSALS.stream().map(Script::refused).toList();
  }

  /// The same operations, each with what is reported of it.
  static Map<Operation, String> each(
      List<Operation> operations, Function<Operation, String> reply) {
    return operations.stream().distinct().collect(Collectors.toMap(Function.identity(), reply));
  }
}
