package io.plantbus.devices.slave;

import io.plantbus.hal.LineErrors;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamLink;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/// A link whose other end is the test.
final class MemoryLink implements SerialLine, StreamLink {
  private static final HexFormat HEX = HexFormat.of();

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private byte[] arrived = new byte[0];
  private long arrivalNanos;
  private int room = Integer.MAX_VALUE;
  private long overruns;
  private LinkState state = LinkState.OPEN;

  /// Lets bytes arrive.
  void arrive(String hex, long nanos) {
    byte[] more = HEX.parseHex(hex.replace(" ", ""));
    byte[] all = new byte[arrived.length + more.length];
    System.arraycopy(arrived, 0, all, 0, arrived.length);
    System.arraycopy(more, 0, all, arrived.length, more.length);
    arrived = all;
    arrivalNanos = nanos;
  }

  /// What was sent since the last call, in hex.
  String sent() {
    String hex = HEX.formatHex(sent.toByteArray());
    sent.reset();
    return hex;
  }

  void room(int bytes) {
    room = bytes;
  }

  /// Tells how many characters the hardware lost since it was opened.
  void overruns(long characters) {
    overruns = characters;
  }

  void lose() {
    state = LinkState.LOST;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String peer() {
    return "test:1";
  }

  @Override
  public SerialSettings settings() {
    return SerialSettings.MODBUS_DEFAULT;
  }

  @Override
  public String appliedSettings() {
    return settings().toString();
  }

  @Override
  public LinkState state() {
    return state;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    int count = Math.min(length, arrived.length);
    if (count == 0) {
      requireOpen();
    }
    System.arraycopy(arrived, 0, into, offset, count);
    arrived = Arrays.copyOfRange(arrived, count, arrived.length);
    return count;
  }

  @Override
  public long arrivalNanos() {
    return arrivalNanos;
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    requireOpen();
    int count = Math.min(length, room);
    sent.write(from, offset, count);
    room -= count;
    return count;
  }

  private void requireOpen() throws PortException {
    if (state != LinkState.OPEN) {
      throw new PortException(PortFault.LOST, "memory is gone");
    }
  }

  @Override
  public void discardInput() {
    arrived = new byte[0];
  }

  @Override
  public long overruns() {
    return 0;
  }

  @Override
  public LineErrors errors() {
    return new LineErrors(0, 0, 0, 0, overruns);
  }

  @Override
  public void onActivity(Runnable callback) {}

  @Override
  public void close() {
    state = LinkState.CLOSED;
  }
}
