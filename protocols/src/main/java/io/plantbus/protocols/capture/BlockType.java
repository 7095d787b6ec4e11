package io.plantbus.protocols.capture;

/// Numbers of blocks and options, shared by writer and reader.
final class BlockType {
  static final int SECTION = 0x0A0D0D0A;
  static final int INTERFACE = 1;
  static final int SIMPLE_PACKET = 3;
  static final int STATISTICS = 5;
  static final int ENHANCED_PACKET = 6;

  static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

  /// Type, length, and the length again.
  static final int AROUND_BODY = 12;

  static final int OPTION_END = 0;
  static final int OPTION_COMMENT = 1;
  static final int SECTION_OS = 3;
  static final int SECTION_APPLICATION = 4;
  static final int INTERFACE_NAME = 2;
  static final int INTERFACE_DESCRIPTION = 3;
  static final int INTERFACE_RESOLUTION = 9;
  static final int INTERFACE_TIME_OFFSET = 14;
  static final int PACKET_FLAGS = 2;
  static final int STATISTICS_RECEIVED = 4;
  static final int STATISTICS_DROPPED = 5;

  private BlockType() {}
}
