package io.plantbus.simulators.chip;

/// Texas Instruments ADS1115 analogue-to-digital converter (SBAS444).
///
/// ```
///  S addr W  01 C3 83 P  … 1/data rate …  S addr W  00  Sr addr R  msb lsb P
/// ```
///
/// Registers by pointer: 0 conversion, 1 configuration, 2 and 3 thresholds. Input multiplexer,
/// gain, data rate, single-shot and continuous mode; no comparator output. Channels: `ain0` to
/// `ain3`, volts.
public final class Ads1115Chip implements Chip {
  private static final int CONFIG_AFTER_RESET = 0x8583;
  private static final int OS = 0x8000;
  private static final int SINGLE_SHOT = 0x0100;
  private static final double[] FULL_SCALE_VOLTS = {
    6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256
  };
  private static final int[] SAMPLES_PER_SECOND = {8, 16, 32, 64, 128, 250, 475, 860};
  private static final int[] POSITIVE = {0, 0, 1, 2, 0, 1, 2, 3};
  private static final int[] NEGATIVE = {1, 3, 3, 3, -1, -1, -1, -1};

  /// Guarded by itself.
  private final double[] inputVolts = new double[4];

  private final int[] registers = {0, CONFIG_AFTER_RESET, 0x8000, 0x7FFF};
  private int pointer;
  private int written;
  private int received;
  private int readBytes;
  private boolean converting;
  private long readyNanos;

  /// For a difference, the world moves its positive input.
  @Override
  public void sense(String channel, double value) {
    int dash = channel.indexOf('-');
    int positive = input(dash < 0 ? channel : channel.substring(0, dash));
    int negative = dash < 0 ? -1 : input(channel.substring(dash + 1));
    synchronized (inputVolts) {
      inputVolts[positive] = value + (negative < 0 ? 0 : inputVolts[negative]);
    }
  }

  @Override
  public double level(String channel) {
    int dash = channel.indexOf('-');
    return dash < 0
        ? volts(input(channel))
        : volts(input(channel.substring(0, dash))) - volts(input(channel.substring(dash + 1)));
  }

  private static int input(String channel) {
    return switch (channel) {
      case "ain0" -> 0;
      case "ain1" -> 1;
      case "ain2" -> 2;
      case "ain3" -> 3;
      default ->
          throw new IllegalArgumentException(
              "an ADS1115 has the channels ain0 to ain3, not " + channel);
    };
  }

  private double volts(int input) {
    synchronized (inputVolts) {
      return inputVolts[input];
    }
  }

  @Override
  public boolean start(boolean reading, long nowNanos) {
    written = 0;
    received = 0;
    readBytes = 0;
    convert(nowNanos);
    return true;
  }

  @Override
  public boolean write(int value, long nowNanos) {
    if (written++ == 0) {
      pointer = value & 3;
      return true;
    }
    received = (received << 8 | value) & 0xFFFF;
    if (written == 3) {
      store(received, nowNanos);
    }
    return true;
  }

  @Override
  public int read(long nowNanos) {
    int value = registers[pointer];
    return readBytes++ % 2 == 0 ? value >> 8 : value & 0xFF;
  }

  private void store(int value, long nowNanos) {
    if (pointer == 0) {
      return;
    }
    if (pointer != 1) {
      registers[pointer] = value;
      return;
    }
    boolean starts = (value & SINGLE_SHOT) == 0 || ((value & OS) != 0 && !converting);
    registers[1] = (value & ~OS) | ((value & SINGLE_SHOT) != 0 && !starts && !converting ? OS : 0);
    if (starts) {
      converting = true;
      readyNanos = nowNanos + 1_000_000_000L / SAMPLES_PER_SECOND[value >> 5 & 7];
    }
  }

  private void convert(long nowNanos) {
    if (!converting || nowNanos < readyNanos) {
      return;
    }
    int config = registers[1];
    int mux = config >> 12 & 7;
    double volts = volts(POSITIVE[mux]) - (NEGATIVE[mux] < 0 ? 0 : volts(NEGATIVE[mux]));
    double share = volts / FULL_SCALE_VOLTS[config >> 9 & 7];
    registers[0] = Math.clamp(Math.round(share * 32_768), -32_768, 32_767) & 0xFFFF;
    if ((config & SINGLE_SHOT) != 0) {
      converting = false;
      registers[1] |= OS;
    }
  }
}
