package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.protocols.ByteBlock;
import java.nio.charset.StandardCharsets;

/// Bytes, written as text or as a list of numbers.
final class BytesType {
  private BytesType() {}

  /// So many bytes or fewer.
  static Type<ByteBlock> atMost(int most) {
    Type<ByteBlock> text = Types.text().as(BytesType::ascii);
    Type<ByteBlock> list =
        Types.list(Types.integer(0, 255))
            .as(bytes -> ByteBlock.of(bytes.stream().mapToInt(Integer::intValue).toArray()));
    return Types.shorthand(text, list)
        .as(
            bytes -> {
              if (bytes.length() > most) {
                throw new IllegalArgumentException(
                    "has %d bytes; at most %d fit the answer".formatted(bytes.length(), most));
              }
              return bytes;
            });
  }

  private static ByteBlock ascii(String text) {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "only ASCII can be written as text; write other bytes as a list, such as [0xFC, 0x20]");
    }
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBlock.copyOf(bytes, 0, bytes.length);
  }
}
