package io.plantbus.protocols.modbus.security;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// An allow list of client addresses (the access control module of MB 4.2.3). Immutable.
///
/// @param blocks at most 256; none allows nobody
public record IpFilter(List<Block> blocks) implements Predicate<InetAddress> {
  private static final int MOST_BLOCKS = 256;

  /// All addresses that begin with the same bits.
  ///
  /// @param network its first address
  /// @param prefixBits how many bits count, 0..32 or 0..128; the others are zero in `network`
  public record Block(InetAddress network, int prefixBits) {
    public Block {
      byte[] bytes = network.getAddress();
      if (prefixBits < 0 || prefixBits > 8 * bytes.length) {
        throw new IllegalArgumentException(
            "a prefix of " + network.getHostAddress() + " must be 0.." + 8 * bytes.length);
      }
      for (int bit = prefixBits; bit < 8 * bytes.length; bit++) {
        if (isSet(bytes, bit)) {
          throw new IllegalArgumentException(
              "%s has bits set beyond its prefix of %d"
                  .formatted(network.getHostAddress(), prefixBits));
        }
      }
    }

    /// Reads `10.0.0.0/8`, `fd00::/8`, or a single address.
    ///
    /// @throws IllegalArgumentException if it is neither, with the reason
    public static Block parse(String text) {
      int slash = text.indexOf('/');
      InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      if (slash < 0) {
        return new Block(network, 8 * network.getAddress().length);
      }
      String bits = text.substring(slash + 1);
      if (!bits.matches("[0-9]{1,3}")) {
        throw new IllegalArgumentException("the prefix of '" + text + "' must be a number");
      }
      return new Block(network, Integer.parseInt(bits));
    }

    boolean contains(InetAddress address) {
      byte[] mine = network.getAddress();
      byte[] other = address.getAddress();
      if (mine.length != other.length) {
        return false;
      }
      for (int bit = 0; bit < prefixBits; bit++) {
        if (isSet(mine, bit) != isSet(other, bit)) {
          return false;
        }
      }
      return true;
    }

    private static boolean isSet(byte[] bytes, int bit) {
      return (bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
    }
  }

  public IpFilter {
    blocks = List.copyOf(blocks);
    if (blocks.size() > MOST_BLOCKS) {
      throw new IllegalArgumentException("address blocks must be 0.." + MOST_BLOCKS);
    }
  }

  /// Reads blocks as [Block#parse(String)] does.
  public static IpFilter parse(List<String> texts) {
    List<Block> blocks = new ArrayList<>();
    texts.forEach(text -> blocks.add(Block.parse(text)));
    return new IpFilter(blocks);
  }

  @Override
  public boolean test(InetAddress address) {
    for (Block block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
