package io.plantbus.protocols.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads captures in the older format pcap (IETF draft-ietf-opsawg-pcap), in either byte order,
/// with times in microseconds or nanoseconds. All packets are of one interface. It holds one packet
/// at a time, of 1 MiB at most.
public final class PcapReader implements CaptureReader {
  private static final int MOST_PACKET_BYTES = 1 << 20;
  private static final int MICROSECONDS = 0xA1B2C3D4;
  private static final int NANOSECONDS = 0xA1B23C4D;
  private static final int HEADER_BYTES = 24;
  private static final int RECORD_BYTES = 16;

  private final InputStream in;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int nanosPerUnit = 1000;
  private long offset;
  private boolean described;
  private CaptureBlock last = new CaptureBlock.End();
  private boolean ended;

  /// @param in the file from its beginning; not closed
  public PcapReader(InputStream in) {
    this.in = in;
  }

  /// Whether a file that begins so has this format.
  static boolean isMagic(byte[] start) {
    return start.length >= 4
        && (isMagic(start, ByteOrder.LITTLE_ENDIAN) || isMagic(start, ByteOrder.BIG_ENDIAN));
  }

  private static boolean isMagic(byte[] start, ByteOrder order) {
    int magic = ByteBuffer.wrap(start).order(order).getInt(0);
    return magic == MICROSECONDS || magic == NANOSECONDS;
  }

  @Override
  public CaptureBlock next() throws IOException {
    if (ended) {
      return last;
    }
    CaptureBlock block = described ? packet() : header();
    described = true;
    if (block instanceof CaptureBlock.Broken || block instanceof CaptureBlock.End) {
      last = block;
      ended = true;
    }
    return block;
  }

  private CaptureBlock header() throws IOException {
    byte[] header = take(HEADER_BYTES);
    if (!isMagic(header)) {
      return new CaptureBlock.Broken(0, "this is no pcap capture");
    }
    if (header.length < HEADER_BYTES) {
      return new CaptureBlock.Broken(0, "the file ends within its header");
    }
    order =
        isMagic(header, ByteOrder.LITTLE_ENDIAN) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer words = ByteBuffer.wrap(header).order(order);
    nanosPerUnit = words.getInt(0) == NANOSECONDS ? 1 : 1000;
    return new CaptureBlock.Interface(0, "", "", words.getInt(20) & 0xFFFF);
  }

  private CaptureBlock packet() throws IOException {
    long at = offset;
    byte[] header = take(RECORD_BYTES);
    if (header.length == 0) {
      return new CaptureBlock.End();
    }
    if (header.length < RECORD_BYTES) {
      return new CaptureBlock.Broken(at, "the file ends within the header of a packet");
    }
    ByteBuffer words = ByteBuffer.wrap(header).order(order);
    int kept = words.getInt(8);
    if (kept < 0 || kept > MOST_PACKET_BYTES) {
      return new CaptureBlock.Broken(
          at + 8,
          "a packet of %d bytes; one has %d at most"
              .formatted(Integer.toUnsignedLong(kept), MOST_PACKET_BYTES));
    }
    byte[] bytes = take(kept);
    if (bytes.length < kept) {
      return new CaptureBlock.Broken(at, "the file ends within this packet");
    }
    long nanos =
        Integer.toUnsignedLong(words.getInt(0)) * 1_000_000_000L
            + Integer.toUnsignedLong(words.getInt(4)) * nanosPerUnit;
    return new CaptureBlock.Packet(
        0,
        nanos,
        Direction.UNKNOWN,
        ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
        Math.max(kept, words.getInt(12)),
        "");
  }

  private byte[] take(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    offset += bytes.length;
    return bytes;
  }
}
