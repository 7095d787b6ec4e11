package io.plantbus.protocols.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcapngTest {
  private static final long TIME = 1_700_000_000_123_456_789L;

  private static byte[] sample() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    PcapngWriter writer = new PcapngWriter(block -> put(file, block), "plantbus test", "all");
    int rs485 = writer.addInterface("rs485", "/dev/ttyUSB0 19200 8E1", LinkType.UPPER_PDU);
    int net = writer.addInterface("net", "", LinkType.RAW_IP);
    writer.packet(rs485, TIME, Direction.OUTBOUND, new byte[] {1, 2, 3}, 0, 3, "Größe 3");
    writer.packet(net, TIME + 1, Direction.INBOUND, new byte[70_000], 0, 70_000, "");
    writer.statistics(rs485, TIME + 2, 5, 4);
    assertEquals(file.size(), writer.written());
    return file.toByteArray();
  }

  private static void put(ByteArrayOutputStream file, ByteBuffer block) {
    byte[] copy = new byte[block.remaining()];
    block.get(copy);
    file.writeBytes(copy);
  }

  private static List<CaptureBlock> read(byte[] file) throws IOException {
    PcapngReader reader = new PcapngReader(new ByteArrayInputStream(file));
    List<CaptureBlock> blocks = new ArrayList<>();
    do {
      blocks.add(reader.next());
    } while (!(blocks.getLast() instanceof CaptureBlock.End)
        && !(blocks.getLast() instanceof CaptureBlock.Broken));
    assertEquals(blocks.getLast(), reader.next());
    return blocks;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<CaptureBlock> blocks = read(sample());

    assertEquals(
        List.of(
            new CaptureBlock.Interface(0, "rs485", "/dev/ttyUSB0 19200 8E1", 252),
            new CaptureBlock.Interface(1, "net", "", 101),
            new CaptureBlock.Packet(
                0, TIME, Direction.OUTBOUND, ByteBuffer.wrap(new byte[] {1, 2, 3}), 3, "Größe 3"),
            new CaptureBlock.Packet(
                1,
                TIME + 1,
                Direction.INBOUND,
                ByteBuffer.wrap(new byte[PcapngWriter.MOST_PACKET_BYTES]),
                70_000,
                ""),
            new CaptureBlock.Statistics(0, 5, 4),
            new CaptureBlock.End()),
        blocks);
  }

  @Test
  void aBigEndianFileWithMicrosecondsIsRead() throws IOException {
    byte[] file =
        HexFormat.of()
            .parseHex(
                "0a0d0d0a0000001c1a2b3c4d00010000ffffffffffffffff0000001c"
                    + "00000001000000140065000000000000"
                    + "00000014"
                    + "0000000600000024000000000005f3b400000000000000030000000301020300"
                    + "00000024");

    CaptureBlock.Packet packet = assertInstanceOf(CaptureBlock.Packet.class, read(file).get(1));

    assertEquals((0x5f3b4L << 32) * 1000, packet.epochNanos());
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), packet.bytes());
  }

  @Test
  void aTruncatedFileIsBrokenAtTheBlockThatIsNotWhole() throws IOException {
    byte[] file = sample();
    List<CaptureBlock> whole = read(file);
    for (int length = 0; length < 300; length++) {
      List<CaptureBlock> blocks = read(Arrays.copyOf(file, length));
      if (blocks.getLast() instanceof CaptureBlock.Broken(long offset, String reason)) {
        assertTrue(offset <= length && !reason.isEmpty(), reason);
      }
      assertEquals(whole.subList(0, blocks.size() - 1), blocks.subList(0, blocks.size() - 1));
    }
  }

  @Test
  void aDamagedFileEndsWithAReasonAndNeverWithAnException() throws IOException {
    byte[] file = Arrays.copyOf(sample(), 4096);
    Random random = new Random(7);
    for (int run = 0; run < 20_000; run++) {
      byte[] damaged = Arrays.copyOf(file, 28 + random.nextInt(file.length - 28));
      for (int i = random.nextInt(6); i >= 0; i--) {
        damaged[random.nextInt(Math.min(damaged.length, 400))] = (byte) random.nextInt();
      }
      assertTrue(read(damaged).size() <= damaged.length / 12 + 1);
    }
  }

  @Test
  void whatIsNoCaptureIsToldInWords() throws IOException {
    assertEquals(
        new CaptureBlock.Broken(
            0, "this is the older format pcap: convert it with 'editcap -F pcapng'"),
        read(HexFormat.of().parseHex("d4c3b2a1020004000000000000000000")).getFirst());
    assertEquals(
        new CaptureBlock.Broken(0, "this is no pcapng capture"),
        read("plant: waterworks\n".getBytes(StandardCharsets.UTF_8)).getFirst());
    assertEquals(new CaptureBlock.Broken(0, "the file is empty"), read(new byte[0]).getFirst());
  }

  @Test
  void aHugeBlockIsRefusedBeforeItIsHeld() throws IOException {
    byte[] file = sample();
    int second = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    file[second + 7] = 0x7F;

    assertInstanceOf(CaptureBlock.Broken.class, read(file).getFirst());
    assertTrue(
        read(file).getFirst().toString().contains("must be a multiple of 4, 12..1048576"),
        read(file).getFirst().toString());
  }
}
