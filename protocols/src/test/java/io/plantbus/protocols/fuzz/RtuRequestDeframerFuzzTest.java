package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.RtuRequestDeframer;

class RtuRequestDeframerFuzzTest {
  private final Wiring wire = new Wiring();

  @Covers(Requirement.SERIAL_CHUNKING)
  @FuzzTest
  void whatIsFoundDoesNotDependOnChunking(byte[] input) {
    long whole = play(new Script(input), false);
    if (Script.isPlayedTwice(input)) {
      assertEquals(whole, play(new Script(input), true));
    }
  }

  private long play(Script script, boolean oneByOne) {
    wire.begin(script.isLong());
    Listener listener = new Listener();
    while (script.hasMore() && wire.hasRoom()) {
      int step = script.next(7);
      int at = wire.filled;
      switch (step) {
        case 0 -> wire.filled += script.take(script.next(), wire.bytes, at);
        case 1 -> {
          int taken = script.take(1 + script.next(253), wire.bytes, at);
          wire.filled += Crc16.append(wire.bytes, at, taken);
        }
        case 2, 3 -> {
          wire.bytes[at] = (byte) (step == 2 ? Listener.OURS : script.next());
          int pdu = Samples.put(script.next(), wire.bytes, at + 1);
          wire.filled += Crc16.append(wire.bytes, at, 1 + pdu);
        }
        case 4 -> wire.deliver(1 + script.next(), oneByOne, listener);
        case 5 -> {
          wire.deliver(Wiring.ALL, oneByOne, listener);
          listener.silence();
        }
        default -> listener.deframer.spoil();
      }
    }
    wire.deliver(wire.filled, oneByOne, listener);
    listener.silence();
    return listener.found;
  }

  /// Asks for requests as a server does.
  private static final class Listener implements Wiring.Receiver {
    static final int OURS = 17;

    final RtuRequestDeframer deframer = new RtuRequestDeframer();
    long found;

    @Override
    public void receive(byte[] bytes, int offset, int length) {
      int at = offset;
      while (at < offset + length) {
        int stored = deframer.store(bytes, at, offset + length - at);
        assertTrue(stored >= 1);
        at += stored;
        while (deframer.next()) {
          hear();
        }
      }
      assertTrue(deframer.buffered() >= 0);
    }

    void silence() {
      if (deframer.silence()) {
        hear();
      }
      deframer.clear();
      found = 31 * found + 1;
    }

    private void hear() {
      int length = 1 + deframer.pduLength() + Crc16.BYTES;
      assertTrue(length >= 4 && length <= RtuRequestDeframer.MAX_FRAME_BYTES);
      assertTrue(Crc16.isValid(deframer.bytes(), deframer.offset(), length));
      for (int i = 0; i < length; i++) {
        found = 31 * found + deframer.bytes()[deframer.offset() + i];
      }
      found = 31 * found + length;
      if (deframer.unit() != OURS && deframer.unit() != 0) {
        deframer.expectAnswer();
      }
    }
  }
}
