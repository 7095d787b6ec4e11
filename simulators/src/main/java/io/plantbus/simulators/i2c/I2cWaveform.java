package io.plantbus.simulators.i2c;

import java.util.Arrays;

/// What SDA and SCL did, edge by edge, for people: as text, or as a value change dump (IEEE 1364,
/// 18) that GTKWave and sigrok read.
///
/// ```
///  SimulatedI2cBus.draw(waveform) ─ transfers ─▶ waveform.toVcd() ─▶ transfer.vcd
/// ```
///
/// Belongs to the thread that transfers; keeps the first edges and counts the others.
public final class I2cWaveform {
  private final int capacity;
  private long[] nanos = new long[64];

  /// Levels after each edge: bit 0 is SDA, bit 1 is SCL.
  private byte[] levels = new byte[64];

  private int edges;
  private long dropped;
  private int level = 3;

  /// @param capacity edges kept, 1 or more
  public I2cWaveform(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a waveform keeps 1 edge or more, was " + capacity);
    }
    this.capacity = capacity;
  }

  void begin(long atNanos, boolean scl, boolean sda) {
    level = (scl ? 2 : 0) | (sda ? 1 : 0);
    add(atNanos);
  }

  void scl(long atNanos, boolean high) {
    level = high ? level | 2 : level & ~2;
    add(atNanos);
  }

  void sda(long atNanos, boolean high) {
    level = high ? level | 1 : level & ~1;
    add(atNanos);
  }

  /// Edges at the same time are one: somebody let go as another took over.
  private void add(long atNanos) {
    if (edges > 0 && nanos[edges - 1] == atNanos) {
      levels[edges - 1] = (byte) level;
      return;
    }
    if (edges == capacity) {
      dropped++;
      return;
    }
    if (edges == nanos.length) {
      nanos = Arrays.copyOf(nanos, Math.min(capacity, 2 * edges));
      levels = Arrays.copyOf(levels, nanos.length);
    }
    nanos[edges] = atNanos;
    levels[edges++] = (byte) level;
  }

  /// Times at which SDA or SCL changed, the begin included.
  public int edges() {
    return edges;
  }

  /// Edges that there was no room for.
  public long dropped() {
    return dropped;
  }

  /// One line per change: nanoseconds since the begin, SCL and SDA.
  public String toText() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < edges; i++) {
      text.append(nanos[i] - nanos[0]);
      text.append(" SCL=").append(levels[i] >> 1).append(" SDA=").append(levels[i] & 1);
      text.append('\n');
    }
    return text.toString();
  }

  /// A value change dump with the wires `scl` and `sda`, in nanoseconds since the begin.
  public String toVcd() {
    StringBuilder text =
        new StringBuilder(
            """
            $timescale 1 ns $end
            $scope module i2c $end
            $var wire 1 c scl $end
            $var wire 1 d sda $end
            $upscope $end
            $enddefinitions $end
            """);
    int before = -1;
    for (int i = 0; i < edges; i++) {
      int changed = before < 0 ? 3 : before ^ levels[i];
      if (changed != 0) {
        text.append('#').append(nanos[i] - nanos[0]).append('\n');
        text.append((changed & 2) == 0 ? "" : (levels[i] >> 1) + "c\n");
        text.append((changed & 1) == 0 ? "" : (levels[i] & 1) + "d\n");
      }
      before = levels[i];
    }
    return text.toString();
  }
}
