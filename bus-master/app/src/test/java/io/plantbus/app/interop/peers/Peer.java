package io.plantbus.app.interop.peers;

import io.plantbus.app.interop.script.Operation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody who speaks Modbus: a program or a library.
public interface Peer {
  /// What a party can do in one role.
  ///
  /// @param transports over what
  /// @param functions with which function codes
  record Role(Set<Transport> transports, Set<Integer> functions) {
    /// A role that the peer does not have.
    public static final Role NONE = new Role(Set.of(), Set.of());
  }

  /// A server at work.
  interface Server extends AutoCloseable {
    /// Where it is, the port included.
    Place place();

    /// Whether ending it takes long, or holds up others of its kind: then it is put off until no
    /// other is needed.
    default boolean endsSlowly() {
      return false;
    }

    /// Ends it, within a bounded time.
    @Override
    void close() throws IOException;
  }

  /// As people call it.
  String name();

  /// Where it comes from, and the version that the reference page tells of.
  String version();

  /// Why it cannot be run on this machine and what to do about that, or null if it can.
  @Nullable String unavailable();

  /// What it does as a client.
  Role client();

  /// What it does as a server.
  Role server();

  /// Whether it can ask this over that at all, as a client.
  default boolean can(Operation operation, Transport transport) {
    return client().functions().contains(operation.function());
  }

  /// What its server answers where the specification leaves the answer to the device, if not what
  /// the model does.
  default Map<Operation, String> ownAnswers() {
    return Map.of();
  }

  /// Serves [Model] as unit [Script#UNIT]; returns when it can be reached.
  ///
  /// @throws Exception whatever keeps it from serving
  Server serve(Place place) throws Exception;

  /// Connects once and carries out operations in order.
  ///
  /// @return a reply each, see [Operation]
  /// @throws Exception whatever keeps it from running
  List<String> run(Place place, List<Operation> operations) throws Exception;
}
