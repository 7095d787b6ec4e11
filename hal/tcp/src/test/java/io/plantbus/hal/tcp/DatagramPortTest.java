package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramLink;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.DatagramPort.DatagramListener;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.ListenSettings.WhenFull;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class DatagramPortTest {
  private static final int PATIENCE_MILLIS =
      (int) TimeUnit.SECONDS.toMillis(ScriptedAgent.PATIENCE_SECONDS);

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final NettyStreamPort streams;
  private final DatagramPort port;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  DatagramPortTest(Transport transport) {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "no native epoll here");
    streams = new NettyStreamPort(transport, NanoClock.system(), 1, (_, f) -> failures.add(f));
    port = streams.datagrams();
  }

  @AfterEach
  void closePort() {
    streams.close();
    assertTrue(failures.isEmpty(), () -> "unexpected: " + failures);
  }

  /// Sends each datagram back, cut to 8 bytes; tells when it came and when it went.
  private final class Echo implements Agent {
    private final DatagramLink link;
    private final byte[] buffer = new byte[8];

    Echo(DatagramLink link) {
      this.link = link;
      events.add("accepted " + link.state());
    }

    @Override
    public String name() {
      return "echo " + link.peer();
    }

    @Override
    public long step(long nowNanos) {
      try {
        int count = link.read(buffer, 0, buffer.length);
        assertEquals(count, link.write(buffer, 0, count));
        return count > 0 ? nowNanos : NEVER;
      } catch (PortException loss) {
        events.add("lost");
        return NEVER;
      }
    }

    @Override
    public void stopped() {
      events.add("stopped");
    }
  }

  private String nextEvent() throws InterruptedException {
    return String.valueOf(events.poll(ScriptedAgent.PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  private static DatagramSocket socket() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void send(DatagramSocket socket, int to, byte... bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), to));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[3000], 3000);
    socket.receive(packet);
    return packet;
  }

  private static byte[] bytes(DatagramPacket packet) {
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @Test
  void everyPeerHasALinkOfItsOwn() throws Exception {
    try (DatagramListener listener = port.listen("127.0.0.1", 0, 4, Echo::new);
        DatagramSocket one = socket();
        DatagramSocket two = socket()) {
      for (byte round = 1; round < 4; round++) {
        send(one, listener.port(), round, (byte) 1);
        send(two, listener.port(), round, (byte) 2);
        assertArrayEquals(new byte[] {round, 1}, bytes(receive(one)));
        assertArrayEquals(new byte[] {round, 2}, bytes(receive(two)));
      }
      assertEquals(2, listener.peers());
      assertEquals("accepted OPEN", nextEvent());
      assertEquals("accepted OPEN", nextEvent());
    }
    assertEquals("stopped", nextEvent());
    assertEquals("stopped", nextEvent());
  }

  @Covers(Requirement.UDP_DATAGRAM_IS_ADU)
  @Test
  void aDatagramLongerThanAskedForIsCutAndTheNextIsWhole() throws Exception {
    try (DatagramListener listener = port.listen("127.0.0.1", 0, 4, Echo::new);
        DatagramSocket socket = socket()) {
      send(socket, listener.port(), new byte[3000]);
      send(socket, listener.port());
      send(socket, listener.port(), (byte) 1, (byte) 2);
      assertEquals(8, receive(socket).getLength());
      assertArrayEquals(new byte[] {1, 2}, bytes(receive(socket)));
    }
  }

  @Test
  void datagramsOfOneTooManyAreDroppedAndCounted() throws Exception {
    try (DatagramListener listener = port.listen("127.0.0.1", 0, 1, Echo::new);
        DatagramSocket one = socket();
        DatagramSocket two = socket()) {
      send(one, listener.port(), (byte) 1);
      receive(one);
      send(two, listener.port(), (byte) 2);
      send(one, listener.port(), (byte) 1);
      receive(one);
      assertEquals(1, listener.refusedDatagrams());
      assertEquals(1, listener.peers());
    }
  }

  @Test
  void theLeastRecentlyHeardMakesRoomIfThatIsThePolicy() throws Exception {
    ListenSettings settings = ListenSettings.of(1).whenFull(WhenFull.CLOSE_IDLEST);
    try (DatagramListener listener = port.listen("127.0.0.1", 0, settings, Echo::new);
        DatagramSocket one = socket();
        DatagramSocket two = socket()) {
      send(one, listener.port(), (byte) 1);
      receive(one);
      send(two, listener.port(), (byte) 2);
      receive(two);
      assertEquals(1, listener.peers());
      assertEquals(0, listener.refusedDatagrams());
    }
  }

  @Test
  void aSilentPeerLosesItsLinkAndGetsAnother() throws Exception {
    ListenSettings settings =
        ListenSettings.of(1).closingIdleAfter(TimeUnit.MILLISECONDS.toNanos(50));
    try (DatagramListener listener = port.listen("127.0.0.1", 0, settings, Echo::new);
        DatagramSocket socket = socket()) {
      send(socket, listener.port(), (byte) 1);
      receive(socket);
      assertEquals("accepted OPEN", nextEvent());
      assertEquals("lost", nextEvent());
      assertEquals("stopped", nextEvent());
      assertEquals(0, listener.peers());
      send(socket, listener.port(), (byte) 1);
      receive(socket);
      assertEquals("accepted OPEN", nextEvent());
    }
  }

  @Test
  void aTakenPortIsToldSo() throws Exception {
    try (DatagramListener listener = port.listen("127.0.0.1", 0, 1, Echo::new)) {
      PortException refusal =
          assertThrows(
              PortException.class, () -> port.listen("127.0.0.1", listener.port(), 1, Echo::new));
      assertEquals(PortFault.BUSY, refusal.fault());
      assertTrue(refusal.getMessage().contains("udp://127.0.0.1:" + listener.port()));
    }
  }

  /// Asks once; reads what comes back, whole datagrams of up to 512 bytes.
  private LinkAgent client(String host, int to) {
    AgentRunner runner = port.newRunner();
    LinkAgent agent =
        new LinkAgent(port.opener(runner, host, to)) {
          private boolean sent;

          @Override
          long drive(Link current, long nowNanos) throws PortException {
            if (!sent && current.state() == LinkState.OPEN) {
              assertEquals(2, current.write(new byte[] {4, 2}, 0, 2));
              sent = true;
            }
            return super.drive(current, nowNanos);
          }

          @Override
          void afterRead() {
            if (received.size() >= 3) {
              stopped.countDown();
            }
          }
        };
    return agent.startOn(runner);
  }

  @Covers(Requirement.UDP_SOURCE_CHECKED)
  @Test
  void aClientAsksAndHearsItsPeerOnly() throws Exception {
    try (DatagramSocket server = socket();
        DatagramSocket stranger = socket()) {
      LinkAgent agent = client("localhost", server.getLocalPort());
      DatagramPacket asked = receive(server);
      assertArrayEquals(new byte[] {4, 2}, bytes(asked));
      send(stranger, asked.getPort(), (byte) 66);
      send(server, asked.getPort(), (byte) 1, (byte) 2);
      send(server, asked.getPort(), (byte) 3);
      ScriptedAgent.await(agent.stopped, "the answers did not come");
      assertArrayEquals(new byte[] {1, 2, 3}, agent.received.toByteArray());
    }
  }

  @Test
  void aPortWhereNobodyListensIsRefused() throws Exception {
    int free;
    try (DatagramSocket socket = socket()) {
      free = socket.getLocalPort();
    }
    LinkAgent agent = client("127.0.0.1", free);
    ScriptedAgent.await(agent.lost, "the link was not lost");
    PortException loss = agent.losses.getFirst();
    assertEquals(PortFault.REFUSED, loss.fault(), loss.getMessage());
    assertTrue(loss.getMessage().contains("udp://127.0.0.1:" + free), loss.getMessage());
  }

  /// Asks as often as it is told to.
  private static final class Asking extends LinkAgent {
    private final AtomicInteger wanted = new AtomicInteger(1);
    private final CountDownLatch twice = new CountDownLatch(2);
    private int asked;

    Asking(LinkOpener opener) {
      super(opener);
    }

    void ask(int times) {
      wanted.addAndGet(times);
      handle().wake();
    }

    @Override
    long drive(Link current, long nowNanos) throws PortException {
      while (current.state() == LinkState.OPEN && asked < wanted.get()) {
        assertEquals(2, current.write(new byte[] {4, 2}, 0, 2));
        asked++;
        twice.countDown();
      }
      return super.drive(current, nowNanos);
    }

    @Override
    void afterRead() {
      if (received.size() > 0) {
        stopped.countDown();
      }
    }
  }

  @Test
  void aPeerThatWasHeardMayStartAgain() throws Exception {
    AgentRunner runner = port.newRunner();
    int to;
    Asking agent;
    try (DatagramSocket server = socket()) {
      to = server.getLocalPort();
      agent = new Asking(port.opener(runner, "127.0.0.1", to));
      agent.startOn(runner);
      send(server, receive(server).getPort(), (byte) 1);
      ScriptedAgent.await(agent.stopped, "the answer did not come");
    }
    agent.ask(1);
    ScriptedAgent.await(agent.twice, "it was not asked again");
    try (DatagramSocket again = new DatagramSocket(to, InetAddress.getLoopbackAddress())) {
      again.setSoTimeout(PATIENCE_MILLIS);
      agent.ask(2); // the system may tell of the refusal when the first of them is sent
      assertArrayEquals(new byte[] {4, 2}, bytes(receive(again)));
      assertEquals(List.of(), agent.losses);
    }
    agent.ask(1);
    ScriptedAgent.await(agent.lost, "the link was not lost");
    assertEquals(PortFault.REFUSED, agent.losses.getFirst().fault());
  }

  @Test
  void anUnknownHostIsToldSo() throws Exception {
    LinkAgent agent = client("no-such-host.invalid", 502);
    ScriptedAgent.await(agent.lost, "the link was not lost");
    assertEquals(PortFault.UNKNOWN_HOST, agent.losses.getFirst().fault());
  }

  @Test
  void aQueueThatOverflowsLosesTheNewestAndCounts() {
    DatagramQueue queue = new DatagramQueue();
    for (int i = 0; i < DatagramQueue.CAPACITY + 2; i++) {
      queue.put(Unpooled.wrappedBuffer(new byte[] {(byte) i, 0, 0}), 100 + i);
    }
    assertEquals(6, queue.lostBytes());
    byte[] into = new byte[2];
    for (int i = 0; i < DatagramQueue.CAPACITY; i++) {
      assertEquals(2, queue.take(into, 0, 2));
      assertEquals(i, into[0]);
      assertEquals(100 + i, queue.arrivalNanos());
    }
    assertEquals(0, queue.take(into, 0, 2));
  }
}
