package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class NettyStreamWriteTest extends NettyStreamBench {
  NettyStreamWriteTest(Transport transport) throws IOException {
    super(transport);
  }

  @Test
  void aSlowPeerStopsTheWriterAndLosesNothing() throws Exception {
    byte[] sent = random(8 << 20);
    AtomicLong taken = new AtomicLong();
    CountDownLatch held = new CountDownLatch(1);
    LinkAgent agent =
        new LinkAgent(opener()) {
          @Override
          long drive(Link current, long nowNanos) throws PortException {
            int at = (int) taken.get();
            int count = current.write(sent, at, Math.min(4_096, sent.length - at));
            taken.addAndGet(count);
            if (count == 0 && current.state() == LinkState.OPEN) {
              held.countDown();
            }
            return count > 0 ? nowNanos : NEVER;
          }
        };
    agent.startOn(runner);
    try (Socket peer = server.accept()) {
      ScriptedAgent.await(held, "everything was taken");
      assertTrue(taken.get() < sent.length);
      byte[] received = peer.getInputStream().readNBytes(sent.length);
      assertArrayEquals(sent, received);
      assertEquals(sent.length, taken.get());
    }
  }

  private LinkAgent writer(byte[] bytes, int piece, boolean closing) {
    return new LinkAgent(opener()) {
      private boolean written;

      @Override
      long drive(Link current, long nowNanos) throws PortException {
        if (!written && current.state() == LinkState.OPEN) {
          written = true;
          for (int at = 0; at < bytes.length; at += piece) {
            assertEquals(piece, current.write(bytes, at, piece));
          }
          if (closing) {
            current.close();
          }
        }
        return NEVER;
      }
    };
  }

  @Test
  void whatOneStepWritesIsSentInOneGo() throws Exception {
    byte[] sent = random(16 * 12);
    writer(sent, 12, false).startOn(runner);
    try (Socket peer = server.accept()) {
      byte[] received = new byte[1_000];
      assertEquals(sent.length, peer.getInputStream().read(received));
      assertArrayEquals(sent, Arrays.copyOf(received, sent.length));
    }
  }

  @Test
  void whatWasWrittenIsSentBeforeTheLinkIsClosed() throws Exception {
    byte[] sent = random(20_000);
    writer(sent, 100, true).startOn(runner);
    try (Socket peer = server.accept()) {
      assertArrayEquals(sent, peer.getInputStream().readAllBytes());
    }
  }

  @Test
  void linksThatAreWrittenInTurnsKeepTheirBytesApart() throws Exception {
    byte[] sent = random(2_000);
    LinkAgent first = new LinkAgent(opener()).startOn(runner);
    try (Socket firstPeer = server.accept()) {
      ScriptedAgent.await(first.open, "not open");
      LinkAgent second =
          new LinkAgent(opener()) {
            private int at;

            @Override
            long drive(Link current, long nowNanos) throws PortException {
              while (current.state() == LinkState.OPEN && at < sent.length) {
                Link to = at % 20 == 0 ? current : first.link();
                assertEquals(10, to.write(sent, at, 10));
                at += 10;
              }
              return NEVER;
            }
          };
      second.startOn(runner);
      try (Socket secondPeer = server.accept()) {
        byte[] ofSecond = secondPeer.getInputStream().readNBytes(sent.length / 2);
        byte[] ofFirst = firstPeer.getInputStream().readNBytes(sent.length / 2);
        for (int at = 0; at < sent.length; at++) {
          byte[] where = at / 10 % 2 == 0 ? ofSecond : ofFirst;
          assertEquals(sent[at], where[at / 20 * 10 + at % 10]);
        }
      }
    }
  }
}
