package io.plantbus.devices.slave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.hal.Agent;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same slaves behind every framing.
class SlaveFramingTest {
  private static final long MILLISECOND = 1_000_000;

  private final SlaveUnit first = new SlaveUnit(bank(0x0A0B));
  private final SlaveUnit slow = new SlaveUnit(bank(0x0C0D), 30 * MILLISECOND);
  private final SlaveUnits units = SlaveUnits.of(Map.of(UnitId.of(1), first, UnitId.of(17), slow));
  private final MemoryLink link = new MemoryLink();

  private static BankSlave bank(int value) {
    return new BankSlave(
        BankLayout.of(
            List.of(
                new RawTable(
                    DataTable.HOLDING_REGISTERS, new AddressRange(0, 2), List.of(value)))));
  }

  private static int register(SlaveUnit unit) {
    return ((BankSlave) unit.device()).bank().register(DataTable.HOLDING_REGISTERS, 0);
  }

  private static String rtu(String hex) {
    byte[] frame = Arrays.copyOf(HexFormat.of().parseHex(hex), 64);
    return HexFormat.of().formatHex(frame, 0, Crc16.append(frame, 0, hex.length() / 2));
  }

  private static String ascii(String hex) {
    byte[] frame = Arrays.copyOf(HexFormat.of().parseHex(hex), 128);
    int length = AsciiFrame.seal(frame, hex.length() / 2, AsciiFrame.LINE_FEED);
    return HexFormat.of().formatHex(frame, 0, length);
  }

  private String ask(Agent server, String hex, long now) {
    link.arrive(hex, now);
    server.step(now);
    return link.sent();
  }

  @Covers({Requirement.RTU_OVER_TCP, Requirement.BROADCAST_REACHES_ALL})
  @ParameterizedTest
  @EnumSource(
      value = StreamFraming.class,
      names = {"RTU", "ASCII"})
  void serialFramesOnAStreamAreAnsweredAtOnceAndUnitZeroIsABroadcast(StreamFraming framing) {
    Agent server = new TcpSlaveServer("stream", units, framing).accept(link);
    UnaryOperator<String> frame =
        framing == StreamFraming.RTU ? SlaveFramingTest::rtu : SlaveFramingTest::ascii;
    assertEquals(frame.apply("0103020a0b"), ask(server, frame.apply("010300000001"), 0));
    assertEquals("", ask(server, frame.apply("000600000777"), MILLISECOND));
    assertEquals(0x777, register(first));
    assertEquals(0x777, register(slow));
    assertEquals("", ask(server, frame.apply("020300000001"), 2 * MILLISECOND));
    assertEquals("", ask(server, frame.apply("110300000001"), 3 * MILLISECOND));
    server.step(33 * MILLISECOND);
    assertEquals(frame.apply("1103020777"), link.sent());
    assertEquals(LinkState.OPEN, link.state());
  }

  @Covers(Requirement.RTU_OVER_TCP_RESYNC)
  @Test
  void garbageOnAnRtuStreamCostsAtMostOneRequestAndNotTheConnection() {
    Agent server = new TcpSlaveServer("stream", units, StreamFraming.RTU).accept(link);
    assertEquals("", ask(server, "0110ffff", 0));
    assertEquals("", ask(server, rtu("010300000001"), MILLISECOND));
    server.step(1_000 * MILLISECOND);
    link.sent();
    assertEquals(rtu("0103020a0b"), ask(server, rtu("010300000001"), 1_001 * MILLISECOND));
  }

  @Covers(Requirement.OTHER_UNITS)
  @Test
  void aSerialLineMayBeAscii() {
    SerialSlaveServer server =
        new SerialSlaveServer(
            "line", () -> link, SerialSettings.MODBUS_DEFAULT, SerialFraming.ASCII, units);
    assertEquals(ascii("0103020a0b"), ask(server, ascii("010300000001"), 0));
    assertEquals("", ask(server, ascii("020300000001"), MILLISECOND));
    assertEquals(1, server.counters().otherUnits());
  }

  /// A link whose other end sends and takes datagrams.
  private static final class DatagramMemoryLink implements Link {
    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private LinkState state = LinkState.OPEN;

    void arrive(String hex) {
      arriving.add(HexFormat.of().parseHex(hex));
    }

    List<String> sent() {
      List<String> all = List.copyOf(sent);
      sent.clear();
      return all;
    }

    @Override
    public String name() {
      return "udp:test";
    }

    @Override
    public LinkState state() {
      return state;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws PortException {
      if (state == LinkState.LOST) {
        throw new PortException(PortFault.LOST, "gone");
      }
      byte[] next = arriving.pollFirst();
      if (next == null) {
        return 0;
      }
      int count = Math.min(length, next.length);
      System.arraycopy(next, 0, into, offset, count);
      return count;
    }

    @Override
    public long arrivalNanos() {
      return 0;
    }

    @Override
    public int write(byte[] from, int offset, int length) {
      if (room == 0) {
        return 0;
      }
      room--;
      sent.add(HexFormat.of().formatHex(from, offset, offset + length));
      return length;
    }

    @Override
    public void discardInput() {
      arriving.clear();
    }

    @Override
    public long overruns() {
      return 0;
    }

    @Override
    public void onActivity(Runnable callback) {}

    @Override
    public void close() {
      state = LinkState.CLOSED;
    }
  }

  @Covers(Requirement.UDP_DATAGRAM_IS_ADU)
  @Test
  void eachAnswerOverUdpIsADatagramOfItsOwn() {
    DatagramMemoryLink peer = new DatagramMemoryLink();
    Agent server = new UdpSlaveServer("udp", units).accept(peer);
    peer.arrive("000100000006110300000001"); // answers after 30 ms
    peer.arrive("000200000006010300000001"); // in order behind it
    peer.arrive("00030000000601030000000100"); // longer than it says
    peer.arrive("000400000006010300000001000500000006010300000001"); // two in one
    peer.arrive("00".repeat(600));
    peer.arrive("000600000006000300000001"); // no broadcast here, and nobody's
    server.step(0);
    assertEquals(List.of(), peer.sent());
    peer.room = 1;
    server.step(30 * MILLISECOND);
    assertEquals(List.of("0001000000051103020c0d"), peer.sent());
    peer.room = 5;
    server.step(31 * MILLISECOND);
    assertEquals(List.of("0002000000050103020a0b", "00060000000300830a"), peer.sent());
    assertEquals(LinkState.OPEN, peer.state());
    peer.state = LinkState.LOST;
    assertEquals(Agent.NEVER, server.step(32 * MILLISECOND));
    assertEquals(LinkState.CLOSED, peer.state());
  }
}
