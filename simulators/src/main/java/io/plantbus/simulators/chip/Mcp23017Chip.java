package io.plantbus.simulators.chip;

import java.util.Arrays;

/// Microchip MCP23017 16-bit I/O expander (DS20001952).
///
/// Both register maps (IOCON.BANK), sequential and byte mode (IOCON.SEQOP), direction, polarity,
/// pull-ups, latches, and the flags of interrupt-on-change. Channels: `gpa0` to `gpa7` and `gpb0`
/// to `gpb7`, 0 or 1. A pin that nobody drives follows its pull-up or reads 0.
public final class Mcp23017Chip implements Chip {
  private static final int IODIR = 0;
  private static final int IPOL = 1;
  private static final int GPINTEN = 2;
  private static final int DEFVAL = 3;
  private static final int INTCON = 4;
  private static final int IOCON = 5;
  private static final int GPPU = 6;
  private static final int INTF = 7;
  private static final int INTCAP = 8;
  private static final int GPIO = 9;
  private static final int OLAT = 10;
  private static final int KINDS = 11;
  private static final int BANK = 0x80;
  private static final int BYTE_MODE = 0x20;

  /// By kind, then port; guarded by this chip's monitor, as is everything else.
  private final int[][] registers = new int[KINDS][2];

  private final int[] drivenMask = new int[2];
  private final int[] drivenLevels = new int[2];
  private int pointer;
  private boolean pointerIsSet;

  public Mcp23017Chip() {
    reset();
  }

  private void reset() {
    for (int[] ports : registers) {
      Arrays.fill(ports, 0);
    }
    registers[IODIR][0] = 0xFF;
    registers[IODIR][1] = 0xFF;
  }

  @Override
  public synchronized void powerOn() {
    reset();
    pointerIsSet = false;
  }

  @Override
  public synchronized void sense(String channel, double value) {
    int port = port(channel);
    int before = read(port);
    drivenMask[port] |= bit(channel);
    drivenLevels[port] =
        value != 0 ? drivenLevels[port] | bit(channel) : drivenLevels[port] & ~bit(channel);
    interruptOnChange(port, before);
  }

  @Override
  public synchronized double level(String channel) {
    return (pins(port(channel)) & bit(channel)) != 0 ? 1 : 0;
  }

  private static int port(String channel) {
    if (!channel.matches("gp[ab][0-7]")) {
      throw new IllegalArgumentException(
          "an MCP23017 has the channels gpa0 to gpa7 and gpb0 to gpb7, not " + channel);
    }
    return channel.charAt(2) - 'a';
  }

  private static int bit(String channel) {
    return 1 << (channel.charAt(3) - '0');
  }

  @Override
  public synchronized boolean start(boolean reading, long nowNanos) {
    pointerIsSet = reading;
    return true;
  }

  @Override
  public synchronized boolean write(int value, long nowNanos) {
    if (!pointerIsSet) {
      pointerIsSet = true;
      pointer = value;
      return true;
    }
    int kind = kind();
    int port = port();
    advance();
    if (kind < KINDS) {
      store(kind, port, value);
    }
    return true;
  }

  @Override
  public synchronized int read(long nowNanos) {
    int kind = kind();
    int port = port();
    advance();
    if (kind >= KINDS) {
      return 0;
    }
    int value = kind == GPIO ? read(port) : registers[kind][port];
    if (kind == GPIO || kind == INTCAP) {
      registers[INTF][port] = 0;
    }
    return value;
  }

  private void store(int kind, int port, int value) {
    switch (kind) {
      case GPIO -> registers[OLAT][port] = value;
      case INTF, INTCAP -> {}
      case IOCON -> {
        // One register behind two addresses; its lowest bit is not implemented.
        registers[IOCON][0] = value & 0xFE;
        registers[IOCON][1] = value & 0xFE;
      }
      default -> registers[kind][port] = value;
    }
  }

  private boolean banked() {
    return (registers[IOCON][0] & BANK) != 0;
  }

  private int kind() {
    return banked() ? pointer & 0x0F : pointer >> 1;
  }

  private int port() {
    return banked() ? pointer >> 4 & 1 : pointer & 1;
  }

  private void advance() {
    if ((registers[IOCON][0] & BYTE_MODE) == 0) {
      int last = banked() ? 0x1A : 0x15;
      pointer = pointer >= last ? 0 : pointer + 1;
    } else if (!banked()) {
      pointer ^= 1;
    }
  }

  /// The levels at the pins.
  private int pins(int port) {
    int outside =
        (drivenLevels[port] & drivenMask[port]) | (registers[GPPU][port] & ~drivenMask[port]);
    int inputs = registers[IODIR][port];
    return ((outside & inputs) | (registers[OLAT][port] & ~inputs)) & 0xFF;
  }

  /// What GPIO reads: the pins with their polarity.
  private int read(int port) {
    return pins(port) ^ registers[IPOL][port];
  }

  private void interruptOnChange(int port, int before) {
    int now = read(port);
    int against = registers[INTCON][port];
    int changed = ((now ^ before) & ~against) | ((now ^ registers[DEFVAL][port]) & against);
    int flags = changed & registers[GPINTEN][port] & registers[IODIR][port];
    if (flags != 0 && registers[INTF][port] == 0) {
      registers[INTF][port] = flags;
      registers[INTCAP][port] = now;
    }
  }
}
