package io.plantbus.protocols.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import io.plantbus.protocols.modbus.session.RtuClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSettings;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.TcpClientSession;
import io.plantbus.protocols.modbus.session.TcpServerSession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What has crashed, blocked or deceived other implementations.
class PastVulnerabilitiesTest {
  private static final long HALF_REQUEST_NANOS = 1_000_000_000;
  private static final String WRITE = "06 00 01 00 03";

  /// Functions that a session answers by itself where they are well formed.
  private static final Set<Integer> DIAGNOSTICS = Set.of(8, 11, 12);

  private final Connection connection = new Connection();

  /// A server on one connection that writes whatever it is told to.
  private static final class Connection implements ServerEffects {
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final List<Request> executed = new ArrayList<>();
    final TcpServerSession session = new TcpServerSession(16, HALF_REQUEST_NANOS, this);
    boolean closed;

    byte[] exchange(byte[] bytes) {
      sent.reset();
      session.receive(bytes, 0, bytes.length, 0);
      return sent.toByteArray();
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      sent.write(bytes, offset, length);
    }

    @Override
    public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
      executed.add(request);
      session.answer(ticket, new Response.Refusal(4), nowNanos);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Covers({Requirement.WRITE_COILS_BYTE_COUNT, Requirement.WRITE_REGISTERS_BYTE_COUNT})
  @ParameterizedTest
  @CsvSource({
    "0f 00 00 07 b0 f6 ff, 8f 03", // announces 246 bytes, brings one
    "10 00 00 00 7b f6 00 01, 90 03",
    "10 00 00 00 02 ff 00 01 00 02, 90 03",
    "10 00 00 00 80 00, 90 03", // 256 bytes, cut to a byte
    "17 00 00 00 01 00 00 00 79 f2 00 01, 97 03",
  })
  void aByteCountIsComparedWithTheBytesThatAreThere(String request, String answer) {
    assertEquals(answer, Exchange.refusing().ask(request));
  }

  @Covers(Requirement.READ_WRITE_PAST_THE_END)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "17 ff ff 00 7d 00 00 00 01 02 00 01",
        "17 00 00 00 01 ff ff 00 02 04 00 01 00 02",
        "17 ff ff 00 02 ff ff 00 02 04 00 01 00 02",
      })
  void bothRangesOfReadingAndWritingAreChecked(String request) {
    assertEquals("97 02", Exchange.refusing().ask(request));
  }

  @Covers({Requirement.FILE_SUM, Requirement.READ_FILE_RECORDS})
  @Test
  void theGroupsOfAFileRequestAreAddedUpBeforeAnythingIsRead() {
    Exchange refusing = Exchange.refusing();
    assertEquals("94 03", refusing.ask("14 f5" + " 06 00 01 00 00 00 ff".repeat(35)));
    assertEquals("94 03", refusing.ask("14 f5" + " 06 00 01 00 00 ff ff".repeat(35)));
    // 2 + (2 + 124) + (2 + 124) bytes of answer
    assertEquals("94 03", refusing.ask("14 0e 06 00 01 00 00 00 3e 06 00 01 00 00 00 3e"));
  }

  @Covers({Requirement.SERIAL_ANSWER_IS_CHECKED, Requirement.TCP_ANSWER_IS_CHECKED})
  @ParameterizedTest
  @ValueSource(strings = {"03", "83", "03 04", "03 ff", "03 00", "01"})
  void anAnswerThatEndsAfterItsHeadIsNoAnswer(String pdu) {
    List<Outcome> outcomes = new ArrayList<>();
    Client client = new Client(outcomes);
    ClientSession tcp = new TcpClientSession(1, client);
    ask(tcp, Wire.tcp(0, 17, pdu), 0);
    ask(tcp, Wire.tcp(1, 17, "03 04 00 01 00 02"), 10_000);
    ClientSession rtu = new RtuClientSession(new RtuClientSettings(0, 0, 0, 0), client);
    ask(rtu, Wire.rtu("11 " + pdu), 0);
    ask(rtu, Wire.rtu("11 03 04 00 01 00 02"), 10_000);
    assertTrue(outcomes.get(0) instanceof Outcome.Noise(NoiseReason _), pdu);
    assertTrue(outcomes.get(1) instanceof Outcome.Answered, pdu);
    assertTrue(outcomes.get(2) instanceof Outcome.Noise(NoiseReason _), pdu);
    assertTrue(outcomes.get(3) instanceof Outcome.Answered, pdu);
  }

  private static void ask(ClientSession session, byte[] answer, long now) {
    Request two = new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 2));
    session.offer(UnitId.of(17), two, 1_000, now);
    session.receive(answer, 0, answer.length, now);
    if (session.inFlight() > 0) {
      session.advance(session.deadline());
    }
  }

  private record Client(List<Outcome> outcomes) implements ClientEffects {
    @Override
    public void send(byte[] bytes, int offset, int length) {}

    @Override
    public void concluded(
        long transaction,
        UnitId unit,
        Request request,
        Outcome outcome,
        long sentNanos,
        long nowNanos) {
      outcomes.add(outcome);
    }
  }

  @Covers(Requirement.LENGTH_FIELD_DELIMITS)
  @Test
  void aRequestHiddenBehindAnotherIsNeverExecuted() {
    String hidden = Wire.hex(Wire.tcp(2, 1, "10 00 00 00 01 02 de ad"));
    assertArrayEquals(
        Wire.tcp(1, 1, "83 03"), connection.exchange(Wire.tcp(1, 1, "03 00 00 00 01 " + hidden)));
    assertArrayEquals(
        Wire.tcp(1, 1, "90 03"),
        connection.exchange(Wire.tcp(1, 1, "10 00 00 00 01 02 00 01 " + hidden)));
    assertEquals(List.of(), connection.executed);
  }

  @Covers({Requirement.ANY_BYTES, Requirement.UNKNOWN_FUNCTION})
  @Test
  void noRequestWhateverItsFunctionAndLengthEndsTheServer() {
    for (int function = 0; function < 256; function++) {
      for (String filling : List.of(" 00", " ff", " 7f")) {
        for (int length = 0; length <= 252; length += length < 12 ? 1 : 60) {
          byte[] request = Wire.tcp(7, 1, "%02x".formatted(function) + filling.repeat(length));
          byte[] answer = connection.exchange(request);
          boolean diagnosed = answer[7] == function && DIAGNOSTICS.contains(function);
          if (!diagnosed) {
            assertEquals((byte) (function | 0x80), answer[7]);
            assertEquals(9, answer.length);
          }
        }
      }
    }
    assertFalse(connection.closed);
    connection.executed.clear();
    assertArrayEquals(Wire.tcp(8, 1, "86 04"), connection.exchange(Wire.tcp(8, 1, WRITE)));
    assertEquals(List.of(new Request.WriteSingleRegister(1, 3)), connection.executed);
  }

  @Covers({Requirement.SLOW_CLIENTS, Requirement.HALF_REQUESTS})
  @Test
  void halfARequestOnOneConnectionHoldsUpNoOther() {
    Connection slow = new Connection();
    byte[] request = Wire.tcp(1, 1, WRITE);
    slow.session.receive(request, 0, 8, 0);
    for (int i = 0; i < 100; i++) {
      byte[] next = Wire.tcp(i, 1, WRITE);
      assertArrayEquals(Wire.tcp(i, 1, "86 04"), connection.exchange(next));
    }
    slow.session.advance(HALF_REQUEST_NANOS);
    assertTrue(slow.closed);
    assertFalse(connection.closed);
  }
}
