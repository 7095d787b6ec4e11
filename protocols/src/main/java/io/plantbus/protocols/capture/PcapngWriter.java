package io.plantbus.protocols.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Writes a capture of one section, little-endian, with times in nanoseconds. Each block is handed
/// to the sink as a whole, in a buffer that is used again. Owned by one thread.
///
/// ```
///  section header ─ interface description … ─ enhanced packet … ─ interface statistics …
/// ```
public final class PcapngWriter {
  /// The longest packet; more of one is cut off, and its original length told.
  public static final int MOST_PACKET_BYTES = 65_535;

  private static final int NANOSECONDS = 9;

  private final Sink sink;
  private final BlockBuffer block = new BlockBuffer(MOST_PACKET_BYTES + 8192);
  private final List<LinkType> interfaces = new ArrayList<>();
  private long written;

  /// Takes the bytes of a capture.
  @FunctionalInterface
  public interface Sink {
    /// Takes one block.
    ///
    /// @param block its bytes, valid during the call
    /// @throws IOException if it cannot be kept
    void write(ByteBuffer block) throws IOException;
  }

  /// Writes the header of the section.
  ///
  /// @param application what writes, such as `plantbus 1.2`
  /// @param comment on the whole capture; may be empty
  /// @throws IOException of the sink
  public PcapngWriter(Sink sink, String application, String comment) throws IOException {
    this.sink = sink;
    put(
        block
            .begin(BlockType.SECTION)
            .word(BlockType.BYTE_ORDER_MAGIC)
            .half(1)
            .half(0)
            .longWord(-1)
            .text(BlockType.OPTION_COMMENT, comment)
            .text(BlockType.SECTION_APPLICATION, application));
  }

  /// Describes a further interface.
  ///
  /// @param name such as the name of a line
  /// @param description what a person wants to know of it; may be empty
  /// @return its number, counted from 0
  /// @throws IOException of the sink
  public int addInterface(String name, String description, LinkType type) throws IOException {
    put(
        block
            .begin(BlockType.INTERFACE)
            .half(type.code())
            .half(0)
            .word(MOST_PACKET_BYTES)
            .text(BlockType.INTERFACE_NAME, name)
            .text(BlockType.INTERFACE_DESCRIPTION, description)
            .byteOption(BlockType.INTERFACE_RESOLUTION, NANOSECONDS));
    interfaces.add(type);
    return interfaces.size() - 1;
  }

  /// Writes a packet.
  ///
  /// @param number of its interface
  /// @param epochNanos nanoseconds since 1970 (UTC)
  /// @param comment for a person; may be empty
  /// @throws IOException of the sink
  public void packet(
      int number,
      long epochNanos,
      Direction direction,
      byte[] bytes,
      int offset,
      int length,
      String comment)
      throws IOException {
    checkInterface(number);
    int kept = Math.min(length, MOST_PACKET_BYTES);
    put(
        block
            .begin(BlockType.ENHANCED_PACKET)
            .word(number)
            .word((int) (epochNanos >>> 32))
            .word((int) epochNanos)
            .word(kept)
            .word(length)
            .bytes(bytes, offset, kept)
            .text(BlockType.OPTION_COMMENT, comment)
            .wordOption(BlockType.PACKET_FLAGS, direction.bits()));
  }

  /// Tells how much an interface saw.
  ///
  /// @param received packets heard
  /// @param dropped packets lost before they could be written
  /// @throws IOException of the sink
  public void statistics(int number, long epochNanos, long received, long dropped)
      throws IOException {
    checkInterface(number);
    put(
        block
            .begin(BlockType.STATISTICS)
            .word(number)
            .word((int) (epochNanos >>> 32))
            .word((int) epochNanos)
            .longOption(BlockType.STATISTICS_RECEIVED, received)
            .longOption(BlockType.STATISTICS_DROPPED, dropped));
  }

  /// Bytes written so far.
  public long written() {
    return written;
  }

  private void checkInterface(int number) {
    if (number < 0 || number >= interfaces.size()) {
      throw new IllegalArgumentException(
          "interface " + number + " is not described; there are " + interfaces.size());
    }
  }

  private void put(BlockBuffer ended) throws IOException {
    ByteBuffer bytes = ended.end();
    written += bytes.remaining();
    sink.write(bytes);
  }
}
