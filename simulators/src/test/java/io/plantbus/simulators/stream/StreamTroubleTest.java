package io.plantbus.simulators.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Agent;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamLink;
import io.plantbus.hal.StreamListener;
import io.plantbus.simulators.BusSimulation;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// What goes wrong with TCP, by hand.
class StreamTroubleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int PORT = 502;
  private static final byte[] REQUEST = {1, 2, 3, 4, 5, 6, 7, 8};

  private final BusSimulation simulation = new BusSimulation(3);
  private final SimulatedStreamPort network = new SimulatedStreamPort(simulation, "lan");
  private final StreamListener listener;
  private int heard;

  /// Counts what it hears and sends it back.
  private final class Echo implements Agent {
    private final StreamLink link;
    private final byte[] bytes = new byte[1_024];

    Echo(StreamLink link) {
      this.link = link;
    }

    @Override
    public String name() {
      return "echo";
    }

    @Override
    public long step(long nowNanos) {
      try {
        int count = link.read(bytes, 0, bytes.length);
        while (count > 0) {
          heard += count;
          link.write(bytes, 0, count);
          count = link.read(bytes, 0, bytes.length);
        }
      } catch (PortException _) {
        link.close();
      }
      return NEVER;
    }

    @Override
    public void stopped() {}
  }

  StreamTroubleTest() throws PortException {
    listener = network.listen("127.0.0.1", PORT, 4, Echo::new);
  }

  private Link connect() throws PortException {
    Link link = network.opener(simulation, "127.0.0.1", PORT, SECOND).open();
    simulation.runFor(2 * SECOND);
    return link;
  }

  private byte[] exchange(Link link) throws PortException {
    assertEquals(REQUEST.length, link.write(REQUEST, 0, REQUEST.length));
    simulation.runFor(SECOND);
    return readAll(link);
  }

  private static byte[] readAll(Link link) throws PortException {
    byte[] into = new byte[64];
    return Arrays.copyOf(into, link.read(into, 0, into.length));
  }

  private static PortException lossOf(Link link) {
    return assertThrows(PortException.class, () -> readAll(link));
  }

  @Test
  void aConnectionWhoseHostVanishedTakesWritesUntilTheBufferIsFull() throws PortException {
    Link client = connect();
    network.setVanished(PORT, true);
    byte[] much = new byte[1_000];
    long taken = 0;
    for (int i = 0; i < 100; i++) {
      taken += client.write(much, 0, much.length);
      simulation.runFor(SECOND);
      assertEquals(0, readAll(client).length);
    }
    assertEquals(LinkState.OPEN, client.state());
    assertEquals(65_536, taken);
    assertEquals(0, heard);
    assertEquals(PortFault.UNREACHABLE, lossOf(connect()).fault());
  }

  @Test
  void aHostThatCameBackResetsOldConnectionsAtTheNextByte() throws PortException {
    Link client = connect();
    network.setVanished(PORT, true);
    assertEquals(0, exchange(client).length);
    network.setVanished(PORT, false);
    simulation.runFor(SECOND);
    assertEquals(LinkState.OPEN, client.state());
    assertEquals(0, listener.connections());
    client.write(REQUEST, 0, 1);
    simulation.runFor(SECOND);
    assertTrue(lossOf(client).getMessage().contains("reset"));
    assertArrayEquals(REQUEST, exchange(connect()));
  }

  @Test
  void aSlowReaderHoldsItsClientBack() throws PortException {
    Link client = connect();
    network.setSlowReader(PORT, 100);
    byte[] much = new byte[70_000];
    assertEquals(65_536, client.write(much, 0, much.length));
    simulation.runFor(10 * SECOND);
    assertEquals(1_000, heard, 10);
    assertTrue(client.write(much, 0, much.length) <= 1_010);
    network.setSlowReader(PORT, 0);
    BooleanSupplier isDrained = () -> heard > 66_000;
    assertTrue(simulation.runUntil(isDrained, simulation.nowNanos() + 2 * SECOND));
  }

  @Test
  void swallowedConnectsTimeOutWhileOpenConnectionsGoOn() throws PortException {
    Link client = connect();
    network.setSwallowingConnects(PORT, true);
    assertEquals(PortFault.UNREACHABLE, lossOf(connect()).fault());
    assertArrayEquals(REQUEST, exchange(client));
    network.setSwallowingConnects(PORT, false);
    assertArrayEquals(REQUEST, exchange(connect()));
  }

  @Test
  void aRefusingPortRefusesForATime() throws PortException {
    network.setRefusing(PORT, true);
    assertEquals(PortFault.REFUSED, lossOf(connect()).fault());
    network.setRefusing(PORT, false);
    assertArrayEquals(REQUEST, exchange(connect()));
  }

  @Test
  void aResetInTheMiddleOfAnAnswerLeavesItsFirstBytes() throws PortException {
    Link client = connect();
    network.resetAfter(PORT, REQUEST.length + 3);
    assertArrayEquals(REQUEST, exchange(client));
    assertArrayEquals(new byte[] {1, 2, 3}, exchange(client));
    assertTrue(lossOf(client).getMessage().contains("was reset by the peer"));
    assertEquals(0, listener.connections());
    assertArrayEquals(REQUEST, exchange(connect()));
  }

  @Test
  void anAbortedLinkIsResetAtItsPeerAndAClosedOneClosed() throws PortException {
    StreamLink[] accepted = new StreamLink[2];
    network.listen(
        "127.0.0.1",
        503,
        2,
        link -> {
          accepted[accepted[0] == null ? 0 : 1] = link;
          return new Echo(link);
        });
    Link first = network.opener(simulation, "127.0.0.1", 503, SECOND).open();
    simulation.runFor(SECOND);
    Link second = network.opener(simulation, "127.0.0.1", 503, SECOND).open();
    simulation.runFor(SECOND);
    accepted[0].abort();
    accepted[1].close();
    simulation.runFor(SECOND);
    assertTrue(lossOf(first).getMessage().contains("was reset by the peer"));
    assertTrue(lossOf(second).getMessage().contains("was closed by the peer"));
  }

  @Test
  void numbersThatMeanNothingAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> network.setSlowReader(PORT, -1));
    assertThrows(IllegalArgumentException.class, () -> network.resetAfter(PORT, -1));
  }
}
