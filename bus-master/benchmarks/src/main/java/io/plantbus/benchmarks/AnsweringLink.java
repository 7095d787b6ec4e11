package io.plantbus.benchmarks;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.StreamLink;

/// The other end in memory: each request to read one register of Modbus TCP is answered before the
/// write returns.
final class AnsweringLink implements StreamLink {
  private static final int REQUEST_BYTES = 12;
  private static final int ANSWER_BYTES = 11;

  private final byte[] answers = new byte[64 * ANSWER_BYTES];
  private int filled;
  private long arrivalNanos;

  void at(long nowNanos) {
    arrivalNanos = nowNanos;
  }

  @Override
  public int write(byte[] from, int offset, int length) {
    for (int at = offset; at < offset + length; at += REQUEST_BYTES) {
      answers[filled] = from[at];
      answers[filled + 1] = from[at + 1];
      answers[filled + 5] = 5;
      answers[filled + 6] = from[at + 6];
      answers[filled + 7] = 3;
      answers[filled + 8] = 2;
      answers[filled + 10] = 7;
      filled += ANSWER_BYTES;
    }
    return length;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int taken = filled;
    System.arraycopy(answers, 0, into, offset, taken);
    filled = 0;
    return taken;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String peer() {
    return "memory";
  }

  @Override
  public LinkState state() {
    return LinkState.OPEN;
  }

  @Override
  public long arrivalNanos() {
    return arrivalNanos;
  }

  @Override
  public void discardInput() {
    filled = 0;
  }

  @Override
  public long overruns() {
    return 0;
  }

  @Override
  public void onActivity(Runnable callback) {}

  @Override
  public void close() {}
}
