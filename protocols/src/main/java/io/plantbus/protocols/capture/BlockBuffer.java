package io.plantbus.protocols.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// One block of a capture under way, in a reused buffer. Owned by one thread.
final class BlockBuffer {
  private static final int MOST_TEXT_BYTES = 2048;

  private final ByteBuffer buffer;
  private boolean options;

  /// @param capacity bytes of the longest block
  BlockBuffer(int capacity) {
    buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  BlockBuffer begin(int type) {
    buffer.clear();
    buffer.putInt(type).putInt(0);
    options = false;
    return this;
  }

  BlockBuffer word(int value) {
    buffer.putInt(value);
    return this;
  }

  BlockBuffer half(int value) {
    buffer.putShort((short) value);
    return this;
  }

  BlockBuffer longWord(long value) {
    buffer.putLong(value);
    return this;
  }

  BlockBuffer bytes(byte[] from, int offset, int length) {
    buffer.put(from, offset, length);
    pad();
    return this;
  }

  private void pad() {
    while (buffer.position() % 4 != 0) {
      buffer.put((byte) 0);
    }
  }

  private BlockBuffer option(int code, int length) {
    options = true;
    return half(code).half(length);
  }

  /// A text option; an empty one is left out, a long one is cut.
  BlockBuffer text(int code, String text) {
    if (!text.isEmpty()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int length = Math.min(bytes.length, MOST_TEXT_BYTES);
      while (length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
        length--;
      }
      option(code, length).bytes(bytes, 0, length);
    }
    return this;
  }

  BlockBuffer byteOption(int code, int value) {
    option(code, 1).buffer.put((byte) value);
    pad();
    return this;
  }

  BlockBuffer wordOption(int code, int value) {
    return option(code, 4).word(value);
  }

  BlockBuffer longOption(int code, long value) {
    return option(code, 8).longWord(value);
  }

  /// Ends the block.
  ///
  /// @return its bytes, valid until the next begins
  ByteBuffer end() {
    if (options) {
      word(BlockType.OPTION_END);
    }
    int length = buffer.position() + 4;
    buffer.putInt(length);
    buffer.putInt(4, length);
    return buffer.flip();
  }
}
