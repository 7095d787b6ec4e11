package io.plantbus.app.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.plantbus.app.interop.Gathering.Held;
import io.plantbus.app.interop.faults.KnownFault;
import io.plantbus.app.interop.faults.KnownFaults;
import io.plantbus.app.interop.peers.Certificates;
import io.plantbus.app.interop.peers.Peers;
import io.plantbus.app.interop.peers.PlantbusPeer;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InteropTest {
  private static final PlantbusPeer OURS = new PlantbusPeer();
  private static final List<Held> WHOLE = new ArrayList<>();
  private static final List<Held> LOST = new ArrayList<>();

  @TempDir private static Path folder = Path.of("");
  private static Gathering gathering = new Gathering(folder);

  @BeforeAll
  static void start() throws Exception {
    if (Certificates.unavailable() == null) {
      Certificates.make(folder);
    }
    gathering = new Gathering(folder);
    List<Meeting> meetings = possible();
    KnownFaults.ALL.stream()
        .filter(fault -> !fault.lost().isEmpty())
        .forEach(fault -> LOST.add(lost(fault, meetings)));
    meetings.forEach(meeting -> WHOLE.add(gathering.hold(meeting, meeting.operations())));
  }

  @AfterAll
  static void close() {
    gathering.close();
    OURS.close();
  }

  private static List<Meeting> possible() {
    return Peers.all(folder).stream()
        .flatMap(
            peer ->
                Stream.of(Transport.values())
                    .flatMap(
                        transport ->
                            Stream.of(
                                new Meeting(peer, OURS, transport),
                                new Meeting(OURS, peer, transport))))
        .filter(Meeting::isPossible)
        .toList();
  }

  static List<Held> meetings() {
    return WHOLE;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("meetings")
  void everyReplyIsRight(Held held) throws Exception {
    requirePeers(held);
    List<Operation> asked = held.asked();
    assertEquals(lines(asked, held.meeting().expected(asked)), lines(asked, held.replies()));
  }

  /// The first meeting in which a fault shows, with one request only.
  private static Held lost(KnownFault fault, List<Meeting> meetings) {
    Operation asked = fault.lost().getFirst();
    return meetings.stream()
        .filter(meeting -> meeting.faults().contains(fault))
        .filter(meeting -> meeting.client().can(asked, meeting.transport()))
        .findFirst()
        .map(meeting -> gathering.hold(meeting, List.of(asked)))
        .orElseThrow(() -> new IllegalStateException("nobody meets " + fault));
  }

  static List<Held> lostMeetings() {
    return LOST;
  }

  @ParameterizedTest(name = "a known request is lost when {0}")
  @MethodSource("lostMeetings")
  void whatIsKnownToBeLostStillIs(Held held) throws Exception {
    requirePeers(held);
    String reply = held.replies().getFirst();
    assertNotEquals("ok", reply.split(" ", 2)[0], held.asked() + " -> " + reply);
  }

  private static void requirePeers(Held held) {
    String obstacle = held.meeting().obstacle();
    Assumptions.assumeTrue(obstacle == null, obstacle);
  }

  private static String lines(List<Operation> operations, List<String> replies) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < operations.size(); i++) {
      text.append(operations.get(i)).append(" -> ").append(replies.get(i)).append('\n');
    }
    return text.toString();
  }
}
