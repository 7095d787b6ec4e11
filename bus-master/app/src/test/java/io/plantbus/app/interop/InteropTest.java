package io.plantbus.app.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.plantbus.app.interop.peers.Certificates;
import io.plantbus.app.interop.peers.Peers;
import io.plantbus.app.interop.peers.PlantbusPeer;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InteropTest {
  private static final PlantbusPeer OURS = new PlantbusPeer();

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void makeCertificates() throws Exception {
    if (Certificates.unavailable() == null) {
      Certificates.make(folder);
    }
  }

  @AfterAll
  static void close() {
    OURS.close();
  }

  static Stream<Meeting> meetings() {
    return Peers.all(folder).stream()
        .flatMap(
            peer ->
                Stream.of(Transport.values())
                    .flatMap(
                        transport ->
                            Stream.of(
                                new Meeting(peer, OURS, transport),
                                new Meeting(OURS, peer, transport))))
        .filter(Meeting::isPossible);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("meetings")
  @Timeout(60)
  void everyReplyIsRight(Meeting meeting) throws Exception {
    requirePeers(meeting);
    List<Operation> operations = meeting.operations();
    assertEquals(
        lines(operations, meeting.expected(operations)),
        lines(operations, meeting.replies(operations, folder)));
  }

  /// One meeting for each fault that loses a request.
  static Stream<Meeting> lostMeetings() {
    return KnownFaults.ALL.stream()
        .filter(fault -> !fault.lost().isEmpty())
        .flatMap(
            fault ->
                meetings()
                    .filter(
                        meeting ->
                            KnownFaults.between(
                                    meeting.client(), meeting.server(), meeting.transport())
                                .contains(fault))
                    .limit(1));
  }

  @ParameterizedTest(name = "a known request is lost when {0}")
  @MethodSource("lostMeetings")
  @Timeout(60)
  void whatIsKnownToBeLostStillIs(Meeting meeting) throws Exception {
    requirePeers(meeting);
    List<Operation> lost =
        KnownFaults.between(meeting.client(), meeting.server(), meeting.transport()).stream()
            .flatMap(fault -> fault.lost().stream().limit(1))
            .toList();
    String reply = meeting.replies(lost, folder).getFirst();
    assertNotEquals("ok", reply.split(" ", 2)[0], lost + " -> " + reply);
  }

  private static void requirePeers(Meeting meeting) {
    String obstacle = meeting.obstacle();
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
