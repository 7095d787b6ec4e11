package io.plantbus.protocols.capture;

import io.plantbus.protocols.capture.CaptureBlock.Broken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads captures, of others too: either byte order, several sections, any resolution of time.
/// Blocks that it does not know are skipped. It holds one block at a time, of 1 MiB at most, and
/// says of a damaged file where it is damaged. Owned by one thread.
public final class PcapngReader implements CaptureReader {
  private static final int MOST_BLOCK_BYTES = 1 << 20;
  private static final int MOST_INTERFACES = 4096;
  private static final int CLASSIC = 0xA1B2C3D4;
  private static final int CLASSIC_NANOS = 0xA1B23C4D;

  private final InputStream in;
  private final List<Clock> interfaces = new ArrayList<>();
  private byte[] body = new byte[4096];
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private long offset;
  private boolean inSection;
  private @Nullable CaptureBlock last;

  /// How an interface tells time.
  ///
  /// @param resolution as in the file: a power of ten, or with the highest bit set of two
  /// @param offsetSeconds to be added
  private record Clock(int linkType, int snapLength, int resolution, long offsetSeconds) {
    long epochNanos(long units) {
      int exponent = resolution & 0x7F;
      long seconds;
      long nanos;
      if ((resolution & 0x80) != 0) {
        seconds = exponent > 63 ? 0 : units >>> exponent;
        double part = exponent > 63 ? 0 : units - (seconds << exponent);
        nanos = (long) (part * 1e9 / Math.pow(2, exponent));
      } else if (exponent <= 9) {
        long perSecond = (long) Math.pow(10, exponent);
        seconds = Long.divideUnsigned(units, perSecond);
        nanos = Long.remainderUnsigned(units, perSecond) * (1_000_000_000L / perSecond);
      } else {
        seconds = 0;
        nanos = exponent > 27 ? 0 : Long.divideUnsigned(units, (long) Math.pow(10, exponent - 9));
      }
      return (seconds + offsetSeconds) * 1_000_000_000L + nanos;
    }
  }

  /// What the options of a block tell.
  private static final class Options {
    String comment = "";
    String name = "";
    String description = "";
    int resolution = 6;
    long offsetSeconds;
    int flags;
    long received = -1;
    long dropped = -1;
  }

  /// @param in the file from its beginning; not closed
  public PcapngReader(InputStream in) {
    this.in = in;
  }

  @Override
  public CaptureBlock next() throws IOException {
    while (last == null) {
      CaptureBlock block = readBlock();
      if (block instanceof Broken || block instanceof CaptureBlock.End) {
        last = block;
      } else if (block != null) {
        return block;
      }
    }
    return last;
  }

  private @Nullable CaptureBlock readBlock() throws IOException {
    long at = offset;
    int got = fill(0, 8);
    if (got == 0) {
      return inSection ? new CaptureBlock.End() : broken(at, "the file is empty");
    }
    if (got < 8) {
      return truncated(at, inSection);
    }
    int type = word(0);
    if (type == BlockType.SECTION) {
      if (fill(8, 4) < 4) {
        return truncated(at, true);
      }
      if (!findOrder()) {
        return broken(at + 8, "this section has no byte-order magic");
      }
    } else if (!inSection) {
      return notPcapng(at, type);
    }
    int length = word(4);
    if (length < BlockType.AROUND_BODY || length > MOST_BLOCK_BYTES || length % 4 != 0) {
      return broken(
          at + 4,
          "a block of %d bytes; it must be a multiple of 4, 12..%d"
              .formatted(Integer.toUnsignedLong(length), MOST_BLOCK_BYTES));
    }
    int here = type == BlockType.SECTION ? 12 : 8;
    if (length < here + 4) {
      return broken(at + 4, "a section header of " + length + " bytes");
    }
    if (fill(here, length - here) < length - here) {
      return truncated(at, true);
    }
    if (word(length - 4) != length) {
      return broken(at + length - 4, "the two lengths of a block differ");
    }
    ByteBuffer content = ByteBuffer.wrap(body, 8, length - BlockType.AROUND_BODY).order(order);
    try {
      return content(type, content, at);
    } catch (BufferUnderflowException _) {
      return broken(at, "a block of type " + type + " that is too short for what it holds");
    }
  }

  private @Nullable CaptureBlock content(int type, ByteBuffer content, long at) {
    return switch (type) {
      case BlockType.SECTION -> {
        interfaces.clear();
        inSection = true;
        yield null;
      }
      case BlockType.INTERFACE -> describedInterface(content, at);
      case BlockType.ENHANCED_PACKET -> packet(content, at);
      case BlockType.SIMPLE_PACKET -> simplePacket(content, at);
      case BlockType.STATISTICS -> statistics(content);
      default -> null;
    };
  }

  private CaptureBlock describedInterface(ByteBuffer content, long at) {
    if (interfaces.size() == MOST_INTERFACES) {
      return broken(at, "more than " + MOST_INTERFACES + " interfaces");
    }
    int linkType = content.getShort() & 0xFFFF;
    content.getShort();
    int snapLength = content.getInt();
    Options options = options(content, BlockType.INTERFACE);
    interfaces.add(new Clock(linkType, snapLength, options.resolution, options.offsetSeconds));
    return new CaptureBlock.Interface(
        interfaces.size() - 1, options.name, options.description, linkType);
  }

  private CaptureBlock packet(ByteBuffer content, long at) {
    int number = content.getInt();
    if (number < 0 || number >= interfaces.size()) {
      return unknownInterface(at, number);
    }
    long units = Integer.toUnsignedLong(content.getInt()) << 32;
    units |= Integer.toUnsignedLong(content.getInt());
    int kept = content.getInt();
    int original = content.getInt();
    if (kept < 0 || kept > content.remaining()) {
      return broken(
          at + 20,
          "a packet of %d bytes in a block with room for %d"
              .formatted(Integer.toUnsignedLong(kept), content.remaining()));
    }
    byte[] bytes = new byte[kept];
    content.get(bytes);
    content.position(Math.min(content.limit(), content.position() + (-kept & 3)));
    Options options = options(content, BlockType.ENHANCED_PACKET);
    return new CaptureBlock.Packet(
        number,
        interfaces.get(number).epochNanos(units),
        Direction.of(options.flags),
        ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
        Math.max(kept, original),
        options.comment);
  }

  private CaptureBlock simplePacket(ByteBuffer content, long at) {
    if (interfaces.isEmpty()) {
      return unknownInterface(at, 0);
    }
    int original = content.getInt();
    int snapLength = interfaces.getFirst().snapLength();
    int kept = Math.min(content.remaining(), original < 0 ? Integer.MAX_VALUE : original);
    if (snapLength > 0) {
      kept = Math.min(kept, snapLength);
    }
    byte[] bytes = new byte[kept];
    content.get(bytes);
    return new CaptureBlock.Packet(
        0,
        0,
        Direction.UNKNOWN,
        ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
        Math.max(kept, original),
        "");
  }

  private CaptureBlock statistics(ByteBuffer content) {
    int number = content.getInt();
    content.getLong();
    Options options = options(content, BlockType.STATISTICS);
    return new CaptureBlock.Statistics(number, options.received, options.dropped);
  }

  /// Reads options up to their end; one that reaches past the block ends them.
  private Options options(ByteBuffer content, int type) {
    Options options = new Options();
    while (content.remaining() >= 4) {
      int code = content.getShort() & 0xFFFF;
      int length = content.getShort() & 0xFFFF;
      if (code == BlockType.OPTION_END || length > content.remaining()) {
        break;
      }
      int start = content.position();
      option(options, type, code, content.slice(start, length).order(order));
      content.position(Math.min(content.limit(), start + length + (-length & 3)));
    }
    return options;
  }

  private static void option(Options options, int type, int code, ByteBuffer value) {
    if (code == BlockType.OPTION_COMMENT) {
      options.comment = text(value);
    } else if (type == BlockType.INTERFACE) {
      switch (code) {
        case BlockType.INTERFACE_NAME -> options.name = text(value);
        case BlockType.INTERFACE_DESCRIPTION -> options.description = text(value);
        case BlockType.INTERFACE_RESOLUTION -> options.resolution = value.get() & 0xFF;
        case BlockType.INTERFACE_TIME_OFFSET -> options.offsetSeconds = value.getLong();
        default -> {}
      }
    } else if (type == BlockType.ENHANCED_PACKET && code == BlockType.PACKET_FLAGS) {
      options.flags = value.getInt();
    } else if (type == BlockType.STATISTICS && code == BlockType.STATISTICS_RECEIVED) {
      options.received = value.getLong();
    } else if (type == BlockType.STATISTICS && code == BlockType.STATISTICS_DROPPED) {
      options.dropped = value.getLong();
    }
  }

  private static String text(ByteBuffer value) {
    return StandardCharsets.UTF_8.decode(value).toString();
  }

  private boolean findOrder() {
    for (ByteOrder each : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      order = each;
      if (word(8) == BlockType.BYTE_ORDER_MAGIC) {
        return true;
      }
    }
    return false;
  }

  private static Broken notPcapng(long at, int type) {
    for (int magic : new int[] {type, Integer.reverseBytes(type)}) {
      if (magic == CLASSIC || magic == CLASSIC_NANOS) {
        return broken(at, "this is the older format pcap: convert it with 'editcap -F pcapng'");
      }
    }
    return broken(at, "this is no pcapng capture");
  }

  private static Broken unknownInterface(long at, int number) {
    return broken(
        at + 8,
        "a packet of interface " + Integer.toUnsignedLong(number) + ", which is not described");
  }

  private static Broken truncated(long at, boolean block) {
    return broken(at, block ? "the file ends within this block" : "this is no pcapng capture");
  }

  private static Broken broken(long at, String reason) {
    return new Broken(at, reason);
  }

  private int word(int at) {
    return ByteBuffer.wrap(body).order(order).getInt(at);
  }

  /// Reads bytes into the body; its room grows with what really comes.
  private int fill(int at, int length) throws IOException {
    int got = 0;
    while (got < length) {
      if (body.length == at + got) {
        body = Arrays.copyOf(body, Math.min(MOST_BLOCK_BYTES, 2 * body.length));
      }
      int read = in.read(body, at + got, Math.min(length - got, body.length - at - got));
      if (read < 0) {
        break;
      }
      got += read;
    }
    offset += got;
    return got;
  }
}
