package io.plantbus.protocols.capture.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.capture.LineRecorder;
import io.plantbus.protocols.capture.PcapngWriter;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.trace.Channel;
import io.plantbus.protocols.modbus.trace.EavesdropperSettings;
import io.plantbus.protocols.modbus.trace.LineFraming;
import io.plantbus.protocols.modbus.trace.TraceText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficReaderTest {
  private static final String ASK_1 = "000100000006050300640001";
  private static final String TELL_1 = "0001000000050503020007";
  private static final String ASK_2 = "000200000006050300650001";
  private static final String TELL_2 = "0002000000050503020008";

  private static List<String> told(CapturedTraffic traffic) {
    return traffic.exchanges().stream()
        .map(
            each -> {
              ByteBlock response = each.response();
              return "%d %s -> %s"
                  .formatted(
                      each.unit(),
                      hex(each.request()),
                      response == null ? "nothing" : hex(response));
            })
        .toList();
  }

  private static String hex(ByteBlock block) {
    return HexFormat.of().formatHex(block.toArray());
  }

  private static final List<String> BOTH =
      List.of("5 0300640001 -> 03020007", "5 0300650001 -> 03020008");

  private static PcapFile both(PcapFile file) {
    return file.handshake().client(ASK_1).server(TELL_1).client(ASK_2).server(TELL_2);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0000000000010000000000020800",
    "1, 0000000000010000000000028100006408" + "00",
    "0, 02000000",
    "0, 00000002",
    "108, 00000002",
    "12, ''",
    "101, ''",
    "228, ''",
    "113, 00000001000600000000000100000800",
    "276, 0800000000000001000100060000000000000000"
  })
  void connectionsAreReadOverAnyUsualLink(int linkType, String header) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      for (boolean nanos : new boolean[] {false, true}) {
        CapturedTraffic traffic = both(new PcapFile(linkType, order, nanos, header)).read();

        assertEquals(BOTH, told(traffic));
        assertEquals(List.of(), traffic.notes());
        assertEquals("10.0.0.2:502", traffic.servers().getFirst().name());
        CapturedExchange first = traffic.exchanges().getFirst();
        assertEquals(3, first.packet());
        assertEquals(1_700_000_000_002_000_000L, first.requestNanos());
        assertEquals(1_000_000, first.turnaroundNanos());
      }
    }
  }

  @Test
  void ipv6IsReadAndAnyPortWhoseConnectionWasSeenToBegin() {
    CapturedTraffic traffic =
        both(PcapFile.ethernet().port(60_000).overIpv6("00000000000100000000000286dd")).read();

    assertEquals(BOTH, told(traffic));
    assertEquals("[0:0:0:1:0:0:0:2]:60000", traffic.servers().getFirst().name());
  }

  @Test
  void segmentsAreCutJoinedRepeatedAndReordered() {
    CapturedTraffic traffic =
        PcapFile.ethernet()
            .handshake()
            .client(ASK_1.substring(0, 10))
            .client(ASK_1.substring(10))
            .serverAt(4, TELL_1.substring(8))
            .serverAt(0, TELL_1.substring(0, 10))
            .serverAt(0, TELL_1)
            .missedFromServer(TELL_1.length() / 2)
            .client(ASK_2)
            .serverAt(-3, TELL_1.substring(16) + TELL_2)
            .read();

    assertEquals(BOTH, told(traffic));
    assertEquals(List.of(), traffic.notes());
  }

  @Test
  void aConnectionThatBeganBeforeIsTakenFromItsNextFrameOn() {
    CapturedTraffic traffic =
        PcapFile.ethernet()
            .server("0000000705")
            .client(ASK_1)
            .server(TELL_1)
            .client(ASK_2)
            .server(TELL_2)
            .read();

    assertEquals(BOTH, told(traffic));
    assertEquals(new CapturedTraffic.Leftovers(1, 1), traffic.leftovers().get(Leftover.NOT_MODBUS));
  }

  @Test
  void whatTheCaptureMissedIsLeftAndTheRestIsRead() {
    PcapFile file = PcapFile.ethernet().handshake().client(ASK_1).missedFromServer(11);
    for (int i = 0; i < 20; i++) {
      String id = "%04x".formatted(2 + i);
      file.client(id + ASK_2.substring(4)).server(id + TELL_2.substring(4));
    }

    CapturedTraffic traffic = file.read();

    assertTrue(traffic.leftovers().containsKey(Leftover.GAP), traffic.notes().toString());
    assertTrue(told(traffic).stream().allMatch(BOTH.get(1)::equals), told(traffic).toString());
    assertTrue(traffic.exchanges().size() >= 15, traffic.notes() + " " + told(traffic));
  }

  @Test
  void fragmentsOtherProtocolsAndSecuredConnectionsAreNamed() {
    CapturedTraffic traffic =
        PcapFile.ethernet()
            .client(ASK_1)
            .asFragment()
            .raw("000000000001000000000002080600010800")
            .raw("0000")
            .read();
    CapturedTraffic secured =
        PcapFile.ethernet().port(802).handshake().client("160301000100000001").read();
    CapturedTraffic web =
        PcapFile.ethernet().port(80).handshake().client("474554202f20485454502f312e310d0a").read();

    assertEquals(
        List.of(
            "left: 1 packets that are neither TCP nor UDP; first at packet 2",
            "left: 1 fragments of IP packets, which are not put together; first at packet 1",
            "left: 1 packets with impossible headers; first at packet 3"),
        traffic.notes());
    assertTrue(secured.notes().getFirst().contains("secured with TLS"), secured.notes().toString());
    assertTrue(web.notes().getFirst().contains("do not carry Modbus"), web.notes().toString());
  }

  @Test
  void aDamagedFileGivesWhatStandsBeforeTheDamage() {
    byte[] file = both(PcapFile.ethernet()).bytes();

    CapturedTraffic cut = PcapFile.read(Arrays.copyOf(file, file.length - 5));
    CapturedTraffic text = PcapFile.read("not a capture".getBytes(StandardCharsets.US_ASCII));

    assertEquals(BOTH.subList(0, 1), told(cut));
    assertTrue(cut.notes().getLast().contains("the file ends within this packet"));
    assertTrue(cut.notes().getLast().startsWith("read up to packet 5 only: at byte "));
    assertTrue(text.damage().contains("this is no pcapng capture"), text.damage());
  }

  @Test
  void aSerialLineOfOurOwnCaptureIsReadWithItsName() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    PcapngWriter writer = new PcapngWriter(block -> put(file, block), "plantbus test", "");
    LineRecorder recorder =
        new LineRecorder(
            writer,
            0,
            "rs485",
            "/dev/ttyUSB0 19200 8E1",
            new EavesdropperSettings(LineFraming.RTU, 20_000_000, 1_000_000_000),
            TraceText.ALL_UNITS,
            true);
    heard(recorder, Channel.FROM_CLIENT, "050300640001", 1_000_000);
    heard(recorder, Channel.FROM_SERVER, "0503020007", 5_000_000);
    heard(recorder, Channel.FROM_CLIENT, "000600640001", 20_000_000);
    heard(recorder, Channel.FROM_CLIENT, "060300640001", 900_000_000);
    heard(recorder, Channel.FROM_CLIENT, "050300640001", 2_000_000_000);
    recorder.close(2_100_000_000L);

    CapturedTraffic traffic = PcapFile.read(file.toByteArray());

    assertEquals(
        List.of("5 0300640001 -> 03020007", "0 0600640001 -> nothing", "6 0300640001 -> nothing"),
        told(traffic));
    assertEquals(
        new CapturedServer("rs485", "/dev/ttyUSB0 19200 8E1", LineFraming.RTU),
        traffic.servers().getFirst());
    assertTrue(traffic.exchanges().get(1).isBroadcast());
    assertNull(traffic.exchanges().get(2).response());
    assertTrue(traffic.leftovers().containsKey(Leftover.OPEN));
  }

  @Test
  void linesThatStandOneAfterTheOtherKeepTheirTimes() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    PcapngWriter writer = new PcapngWriter(block -> put(file, block), "plantbus test", "");
    for (int line = 0; line < 2; line++) {
      LineRecorder recorder =
          new LineRecorder(
              writer,
              line,
              "line-" + line,
              "",
              new EavesdropperSettings(LineFraming.RTU, 20_000_000, 1_000_000_000),
              TraceText.ALL_UNITS,
              true);
      for (int i = 1; i < 4; i++) {
        heard(recorder, Channel.FROM_CLIENT, "050300640001", i * 100_000_000L + line);
        heard(recorder, Channel.FROM_SERVER, "0503020007", i * 100_000_000L + 5_000_000);
      }
    }

    CapturedTraffic traffic = PcapFile.read(file.toByteArray());

    assertEquals(
        List.of("line-0", "line-1", "line-0", "line-1", "line-0", "line-1"),
        traffic.exchanges().stream().map(each -> each.server().name()).toList());
    assertEquals(300_000_001L, traffic.exchanges().getLast().requestNanos());
  }

  private static void heard(LineRecorder recorder, Channel from, String hex, long nanos)
      throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    byte[] frame = Arrays.copyOf(bytes, bytes.length + 2);
    int crc = Crc16.of(bytes, 0, bytes.length);
    frame[bytes.length] = (byte) crc;
    frame[bytes.length + 1] = (byte) (crc >> 8);
    recorder.heard(from, frame, 0, frame.length, nanos);
  }

  private static void put(ByteArrayOutputStream file, ByteBuffer block) {
    byte[] copy = new byte[block.remaining()];
    block.get(copy);
    file.writeBytes(copy);
  }
}
