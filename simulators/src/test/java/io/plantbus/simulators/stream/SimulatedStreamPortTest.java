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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SimulatedStreamPortTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] TEXT = "the quick brown fox".getBytes(StandardCharsets.US_ASCII);

  private final BusSimulation simulation = new BusSimulation(3);
  private final SimulatedStreamPort network = new SimulatedStreamPort(simulation, "lan");

  /// Sends back what it gets.
  private record Echo(StreamLink link) implements Agent {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public long step(long nowNanos) {
      byte[] bytes = new byte[64];
      try {
        for (int count = link.read(bytes, 0, 64); count > 0; count = link.read(bytes, 0, 64)) {
          link.write(bytes, 0, count);
        }
      } catch (PortException _) {
        link.close();
      }
      return NEVER;
    }

    @Override
    public void stopped() {}
  }

  private Link open(String host, int port) throws PortException {
    return network.opener(network.newRunner(), host, port, SECOND).open();
  }

  private static byte[] readAll(Link link) throws PortException {
    byte[] into = new byte[4_096];
    return Arrays.copyOf(into, link.read(into, 0, into.length));
  }

  private static PortFault faultOf(Link link) {
    return assertThrows(PortException.class, () -> readAll(link)).fault();
  }

  @Test
  void bytesComeBackFromAServerAfterTheLatency() throws PortException {
    StreamListener listener = network.listen("127.0.0.1", 502, 4, Echo::new);
    Link client = open("localhost", 502);
    assertEquals(LinkState.CONNECTING, client.state());
    assertEquals(0, client.write(TEXT, 0, TEXT.length));
    simulation.runFor(400_000);
    assertEquals(LinkState.OPEN, client.state());
    assertEquals(1, listener.connections());
    client.write(TEXT, 0, TEXT.length);
    simulation.runFor(400_000);
    assertArrayEquals(TEXT, readAll(client));
    assertEquals(800_000, client.arrivalNanos());
  }

  @Test
  void segmentsOfAnySizeKeepTheOrder() throws PortException {
    network.setConditions(new NetworkConditions(1_000_000, 5_000_000, 3));
    network.listen("127.0.0.1", 502, 4, Echo::new);
    Link client = open("127.0.0.1", 502);
    simulation.runFor(SECOND);
    int[] calls = {0};
    client.onActivity(() -> calls[0]++);
    client.write(TEXT, 0, TEXT.length);
    simulation.runFor(SECOND);
    assertArrayEquals(TEXT, readAll(client));
    assertTrue(calls[0] > 5);
  }

  @Test
  void whoDoesNotListenRefusesAndWhoIsUnknownDoesNotResolve() throws PortException {
    Link refused = open("127.0.0.1", 502);
    Link unknown = open("no-such-host", 502);
    simulation.runFor(SECOND);
    assertEquals(PortFault.REFUSED, faultOf(refused));
    assertEquals(PortFault.UNKNOWN_HOST, faultOf(unknown));
  }

  @Test
  void aBlackHoleTimesOutConnectionsAndHoldsBytesBack() throws PortException {
    network.listen("127.0.0.1", 502, 4, Echo::new);
    Link client = open("127.0.0.1", 502);
    simulation.runFor(SECOND);
    network.setBlackHole(502, true);
    client.write(TEXT, 0, TEXT.length);
    Link late = open("127.0.0.1", 502);
    simulation.runFor(2 * SECOND);
    assertEquals(0, readAll(client).length);
    assertEquals(PortFault.UNREACHABLE, faultOf(late));
    network.setBlackHole(502, false);
    simulation.runFor(SECOND);
    assertArrayEquals(TEXT, readAll(client));
  }

  @Test
  void aResetLosesBothEnds() throws PortException {
    StreamListener listener = network.listen("127.0.0.1", 502, 4, Echo::new);
    Link client = open("127.0.0.1", 502);
    simulation.runFor(SECOND);
    network.reset(502);
    simulation.runFor(SECOND);
    assertEquals(LinkState.LOST, client.state());
    assertEquals(PortFault.LOST, faultOf(client));
    assertEquals(0, listener.connections());
  }

  @Test
  void whatWasSentBeforeTheCloseIsStillRead() throws PortException {
    StreamLink[] accepted = new StreamLink[1];
    network.listen(
        "127.0.0.1",
        502,
        4,
        link -> {
          accepted[0] = link;
          return new Echo(link);
        });
    Link client = open("127.0.0.1", 502);
    simulation.runFor(SECOND);
    accepted[0].write(TEXT, 0, TEXT.length);
    accepted[0].close();
    simulation.runFor(SECOND);
    assertEquals(LinkState.LOST, client.state());
    assertArrayEquals(TEXT, readAll(client));
    assertEquals(PortFault.LOST, faultOf(client));
  }

  @Test
  void oneConnectionTooManyIsClosedAndCounted() throws PortException {
    StreamListener listener = network.listen("127.0.0.1", 0, 1, Echo::new);
    Link first = open("127.0.0.1", listener.port());
    Link second = open("127.0.0.1", listener.port());
    simulation.runFor(SECOND);
    assertEquals(LinkState.OPEN, first.state());
    assertEquals(LinkState.LOST, second.state());
    assertEquals(1, listener.refusedConnections());
    first.close();
    simulation.runFor(SECOND);
    assertEquals(0, listener.connections());
  }

  @Test
  void aPortIsListenedOnOnce() throws PortException {
    StreamListener listener = network.listen("127.0.0.1", 502, 1, Echo::new);
    PortException busy =
        assertThrows(PortException.class, () -> network.listen("127.0.0.1", 502, 1, Echo::new));
    assertEquals(PortFault.BUSY, busy.fault());
    listener.close();
    network.listen("127.0.0.1", 502, 1, Echo::new);
  }
}
