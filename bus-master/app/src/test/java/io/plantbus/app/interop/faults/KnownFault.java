package io.plantbus.app.interop.faults;

import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a peer does wrong, exactly. A test fails when the peer no longer does it.
///
/// @param peer its name
/// @param server whether it happens while the peer serves, else while it asks
/// @param transports over what
/// @param replies what the client reports instead of the right reply
/// @param lost what gets no right answer and may take the rest of the script with it, and is
///   therefore asked only by the test of the fault itself: the first of them
/// @param words for the reference page
public record KnownFault(
    String peer,
    boolean server,
    Set<Transport> transports,
    Map<Operation, String> replies,
    List<Operation> lost,
    String words) {

  /// What a server answers wrong.
  static KnownFault answered(
      String server, Set<Transport> over, Map<Operation, String> replies, String words) {
    return new KnownFault(server, true, over, replies, List.of(), words);
  }

  /// What a server does not answer.
  static KnownFault unanswered(
      String server, Set<Transport> over, List<Operation> lost, String words) {
    return new KnownFault(server, true, over, Map.of(), lost, words);
  }

  /// What a client reports wrong.
  static KnownFault reported(
      String client, Set<Transport> over, Map<Operation, String> replies, String words) {
    return new KnownFault(client, false, over, replies, List.of(), words);
  }

  /// What a client cannot get.
  static KnownFault unreported(
      String client, Set<Transport> over, List<Operation> lost, String words) {
    return new KnownFault(client, false, over, Map.of(), lost, words);
  }
}
