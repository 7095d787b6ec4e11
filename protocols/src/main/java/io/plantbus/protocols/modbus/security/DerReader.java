package io.plantbus.protocols.modbus.security;

import java.nio.ByteBuffer;

/// Reads elements of ASN.1 in DER one after the other: tags of one byte, definite lengths in their
/// shortest form, nothing beyond the end of what surrounds it (X.690, 8.1 and 10.1).
final class DerReader {
  static final int BOOLEAN = 0x01;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTF8_STRING = 0x0C;
  static final int SEQUENCE = 0x30;

  /// The extensions of a certificate: [3], constructed.
  static final int EXTENSIONS = 0xA3;

  private static final int LONGEST_LENGTH_BYTES = 3;

  /// The bytes are not what they should be.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("malformed DER", null, false, false);
    }
  }

  private final ByteBuffer bytes;

  DerReader(byte[] bytes) {
    this(ByteBuffer.wrap(bytes));
  }

  private DerReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return bytes.hasRemaining();
  }

  /// @throws Malformed if something follows
  void requireEnd() throws Malformed {
    if (hasMore()) {
      throw new Malformed();
    }
  }

  /// The tag of the next element, which stays the next.
  int tag() throws Malformed {
    if (!hasMore()) {
      throw new Malformed();
    }
    return bytes.get(bytes.position()) & 0xFF;
  }

  /// Whether the next element, which stays the next, has this tag and content.
  boolean isNext(int tag, byte[] content) throws Malformed {
    ByteBuffer ahead = new DerReader(bytes.duplicate()).take(tag);
    return ahead.equals(ByteBuffer.wrap(content));
  }

  void skip() throws Malformed {
    var _ = take(tag());
  }

  /// Reads inside the next element, which must have this tag, and goes past it here.
  DerReader enter(int tag) throws Malformed {
    return new DerReader(take(tag));
  }

  /// The content of the next element, which must have this tag.
  ByteBuffer take(int tag) throws Malformed {
    if (tag() != tag) {
      throw new Malformed();
    }
    bytes.get();
    int length = length();
    if (length > bytes.remaining()) {
      throw new Malformed();
    }
    ByteBuffer content = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return content;
  }

  private int length() throws Malformed {
    int first = next();
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7F;
    if (count == 0 || count > LONGEST_LENGTH_BYTES) {
      throw new Malformed();
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | next();
    }
    if (length < 0x80 || length >>> (8 * (count - 1)) == 0) {
      throw new Malformed();
    }
    return length;
  }

  private int next() throws Malformed {
    if (!hasMore()) {
      throw new Malformed();
    }
    return bytes.get() & 0xFF;
  }
}
