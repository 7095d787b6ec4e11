package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.protocols.modbus.session.UdpServerSession;

class UdpServerSessionFuzzTest {
  private static final int LONGEST = 300;

  @Covers({Requirement.ANY_BYTES, Requirement.UDP_DATAGRAM_IS_ADU})
  @FuzzTest
  void everyDatagramThatIsOneUnitIsAnsweredOnceAndNoOther(byte[] script) {
    new Life(new Script(script)).play();
  }

  /// One life of a server of one peer, which answers at once.
  private static final class Life implements ServerEffects {
    private final Script script;
    private final byte[] datagram = new byte[LONGEST + MbapHeader.BYTES];
    private final UdpServerSession session =
        new UdpServerSession(
            4, ServerServices.of(new LineDiagnostics()).withDiagnosed(_ -> false), this);
    private int sent;

    Life(Script script) {
      this.script = script;
    }

    void play() {
      while (script.hasMore()) {
        int length = put(script.next(3));
        boolean whole =
            length > MbapHeader.BYTES
                && length <= MbapHeader.MAX_ADU_BYTES
                && word(2) == 0
                && word(4) == length - 6;
        sent = 0;
        session.receive(datagram, 0, length, 0);
        assertEquals(whole ? 1 : 0, sent);
        assertEquals(Long.MAX_VALUE, session.deadline());
      }
    }

    private int put(int kind) {
      if (kind == 0) {
        return script.take(script.next() + script.next(40), datagram, 0);
      }
      int pdu =
          kind == 1
              ? Math.max(1, script.take(script.next(), datagram, MbapHeader.BYTES))
              : Samples.put(script.next(), datagram, MbapHeader.BYTES);
      int length = MbapHeader.write(datagram, 0, script.next(), script.next(), pdu);
      return script.next(8) == 0 ? Math.max(0, length - script.next(4)) : length;
    }

    private int word(int at) {
      return (datagram[at] & 0xFF) << 8 | (datagram[at + 1] & 0xFF);
    }

    @Override
    public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
      assertEquals(datagram[6] & 0xFF, unit.value());
      session.answer(ticket, Samples.response(request, (int) ticket & 0xFF), nowNanos);
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      sent++;
      assertEquals(word(0), (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF));
      assertEquals(datagram[6], bytes[offset + 6]);
    }

    @Override
    public void close() {
      throw new AssertionError("there is no connection to close");
    }
  }
}
