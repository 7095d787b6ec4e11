package io.plantbus.simulators.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Agent;
import io.plantbus.hal.DatagramLink;
import io.plantbus.hal.DatagramPort.DatagramListener;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.ListenSettings.WhenFull;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.simulators.BusSimulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedDatagramPortTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int PORT = 502;

  private final BusSimulation simulation = new BusSimulation(5);
  private final SimulatedDatagramPort network = new SimulatedDatagramPort(simulation, "lan");

  /// Sends back what it gets.
  private record Echo(DatagramLink link) implements Agent {
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

  private Link open() throws PortException {
    Link link = network.opener(network.newRunner(), "localhost", PORT).open();
    simulation.runFor(0);
    return link;
  }

  /// Sends datagrams whose bytes are all their number, of that many bytes and one.
  private static void send(Link link, int first, int last) throws PortException {
    for (int number = first; number <= last; number++) {
      byte[] datagram = new byte[number + 1];
      Arrays.fill(datagram, (byte) number);
      assertEquals(datagram.length, link.write(datagram, 0, datagram.length));
    }
  }

  /// The numbers of what arrived, negative where bytes are missing.
  private static List<Integer> numbers(Link link) throws PortException {
    List<Integer> numbers = new ArrayList<>();
    byte[] bytes = new byte[64];
    for (int count = link.read(bytes, 0, 64); count > 0; count = link.read(bytes, 0, 64)) {
      numbers.add(count == bytes[0] + 1 ? bytes[0] : -bytes[0]);
    }
    return numbers;
  }

  private List<Integer> afterRoundTrips(DatagramConditions conditions) throws PortException {
    network.setConditions(conditions);
    Link link = open();
    List<Integer> heard = new ArrayList<>();
    for (int burst = 0; burst < 10; burst++) {
      send(link, 3 * burst + 1, 3 * burst + 3);
      simulation.runFor(SECOND);
      heard.addAll(numbers(link));
    }
    return heard;
  }

  private static List<Integer> oneToThirty() {
    List<Integer> all = new ArrayList<>();
    for (int number = 1; number <= 30; number++) {
      all.add(number);
    }
    return all;
  }

  @Test
  void datagramsComeBackOneByOneAfterTheLatency() throws PortException {
    network.listen("127.0.0.1", PORT, 4, Echo::new);
    Link link = open();
    send(link, 1, 2);
    simulation.runFor(400_000);
    byte[] bytes = new byte[64];
    assertEquals(2, link.read(bytes, 0, 64));
    assertEquals(400_000, link.arrivalNanos());
    assertEquals(2, link.read(bytes, 0, 2), "a longer datagram is cut by its reader");
    assertEquals(0, link.read(bytes, 0, 64));
  }

  @Test
  void withoutDisturbancesEveryDatagramArrivesOnceInOrder() throws PortException {
    network.listen("127.0.0.1", PORT, 4, Echo::new);
    assertEquals(oneToThirty(), afterRoundTrips(DatagramConditions.LOCAL));
  }

  @Test
  void jitterReordersAndLosesNothing() throws PortException {
    network.listen("127.0.0.1", PORT, 4, Echo::new);
    List<Integer> heard = afterRoundTrips(DatagramConditions.LOCAL.delaying(1_000_000, 50_000_000));
    assertNotEquals(oneToThirty(), heard);
    Collections.sort(heard);
    assertEquals(oneToThirty(), heard);
  }

  @Test
  void lossesDuplicatesAndTruncationsComeAtTheirRates() throws PortException {
    network.listen("127.0.0.1", PORT, 8, Echo::new);
    int kept = afterRoundTrips(DatagramConditions.LOCAL.losing(0.3)).size();
    assertTrue(kept > 5 && kept < 25, kept + " of 30 survived");
    assertEquals(List.of(), afterRoundTrips(DatagramConditions.LOCAL.losing(1)));
    assertEquals(120, afterRoundTrips(DatagramConditions.LOCAL.duplicating(1)).size());
    List<Integer> cut = afterRoundTrips(DatagramConditions.LOCAL.truncating(1));
    assertEquals(30, cut.size());
    assertTrue(cut.stream().allMatch(number -> number < 0), cut.toString());
  }

  @Test
  void theSameSeedBringsTheSameDisturbances() throws PortException {
    DatagramConditions bad = new DatagramConditions(1_000_000, 20_000_000, 0.2, 0.2, 0.2);
    List<List<Integer>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      SimulatedDatagramPortTest one = new SimulatedDatagramPortTest();
      one.network.listen("127.0.0.1", PORT, 4, Echo::new);
      runs.add(one.afterRoundTrips(bad));
    }
    assertEquals(runs.get(0), runs.get(1));
    assertNotEquals(oneToThirty(), runs.get(0));
  }

  @Test
  void whereNobodyListensTheSenderIsTold() throws PortException {
    Link link = open();
    send(link, 1, 1);
    simulation.runFor(SECOND);
    assertEquals(LinkState.LOST, link.state());
    PortException told = assertThrows(PortException.class, () -> numbers(link));
    assertEquals(PortFault.REFUSED, told.fault());
    assertTrue(told.getMessage().contains("localhost:502"), told.getMessage());
  }

  @Test
  void anUnknownHostIsTold() throws PortException {
    Link link = network.opener(network.newRunner(), "nowhere", PORT).open();
    assertEquals(LinkState.CONNECTING, link.state());
    simulation.runFor(SECOND);
    assertEquals(
        PortFault.UNKNOWN_HOST, assertThrows(PortException.class, () -> numbers(link)).fault());
  }

  @Test
  void aBlackHoleSwallowsAndGivesNothingBack() throws PortException {
    network.listen("127.0.0.1", PORT, 4, Echo::new);
    Link link = open();
    network.setBlackHole(PORT, true);
    send(link, 1, 1);
    simulation.runFor(SECOND);
    network.setBlackHole(PORT, false);
    simulation.runFor(SECOND);
    assertEquals(List.of(), numbers(link));
    send(link, 2, 2);
    simulation.runFor(SECOND);
    assertEquals(List.of(2), numbers(link));
  }

  @Test
  void aPeerTooManyIsDroppedUntilAnotherWasSilentForTheIdleTime() throws PortException {
    DatagramListener listener =
        network.listen(
            "127.0.0.1", PORT, ListenSettings.of(1).closingIdleAfter(5 * SECOND), Echo::new);
    Link first = open();
    Link second = open();
    send(first, 1, 1);
    simulation.runFor(SECOND);
    send(second, 2, 2);
    simulation.runFor(SECOND);
    assertEquals(List.of(1), numbers(first));
    assertEquals(List.of(), numbers(second));
    assertEquals(1, listener.refusedDatagrams());
    simulation.runFor(5 * SECOND);
    assertEquals(0, listener.peers());
    send(second, 3, 3);
    simulation.runFor(SECOND);
    assertEquals(List.of(3), numbers(second));
  }

  @Test
  void aFullListenerMayGiveThePlaceOfTheMostSilentPeer() throws PortException {
    DatagramListener listener =
        network.listen(
            "127.0.0.1", PORT, ListenSettings.of(1).whenFull(WhenFull.CLOSE_IDLEST), Echo::new);
    Link first = open();
    Link second = open();
    for (Link link : List.of(first, second, first)) {
      send(link, 4, 4);
      simulation.runFor(SECOND);
      assertEquals(List.of(4), numbers(link));
    }
    assertEquals(1, listener.peers());
    assertEquals(0, listener.refusedDatagrams());
  }

  @Test
  void aQueueThatNobodyReadsLosesTheNewest() throws PortException {
    network.listen("127.0.0.1", PORT, 4, Echo::new);
    Link link = open();
    for (int i = 0; i < 2 * DatagramEnd.CAPACITY; i++) {
      send(link, 1, 1);
      simulation.runFor(SECOND);
    }
    assertEquals(DatagramEnd.CAPACITY, numbers(link).size());
    assertEquals(2L * DatagramEnd.CAPACITY, link.overruns());
  }

  @Test
  void aTakenPortIsToldAndFreeAgainOnceClosed() throws PortException {
    DatagramListener listener = network.listen("127.0.0.1", PORT, 4, Echo::new);
    PortException taken =
        assertThrows(
            PortException.class, () -> network.listen("127.0.0.1", PORT, 4, Echo::new).close());
    assertEquals(PortFault.BUSY, taken.fault());
    listener.close();
    network.listen("127.0.0.1", PORT, 4, Echo::new).close();
  }
}
