package io.plantbus.simulators.chip;

/// Sensirion SHT31 humidity and temperature sensor (data sheet SHT3x-DIS, version 6).
///
/// ```
///  S addr W  24 00 P   … 15.5 ms …   S addr R  T_msb T_lsb crc  H_msb H_lsb crc P
/// ```
///
/// Single shot with and without clock stretching, periodic measurement, status, heater and resets.
/// A read before a measurement is ready is not acknowledged. Channels: `temperature` in degrees
/// Celsius, -45..130, and `humidity` in percent, 0..100.
public final class Sht31Chip implements Chip {
  private static final int STATUS_AFTER_RESET = 0x8010;
  private static final int STATUS_HEATER = 0x2000;
  private static final int STATUS_INVALID_COMMAND = 0x0002;
  private static final int FETCH = 0xE000;
  private static final long NEVER = Long.MAX_VALUE;

  private volatile double temperatureCelsius = 20;
  private volatile double humidityPercent = 50;

  private int command;
  private int commandBytes;
  private int status = STATUS_AFTER_RESET;
  private boolean stretching;
  private long readyNanos = NEVER;
  private long periodNanos;
  private long stretchNanos;
  private int[] answer = {};
  private int next;

  @Override
  public void sense(String channel, double value) {
    switch (channel) {
      case "temperature" -> temperatureCelsius = value;
      case "humidity" -> humidityPercent = value;
      default -> throw unknown(channel);
    }
  }

  @Override
  public double level(String channel) {
    return switch (channel) {
      case "temperature" -> temperatureCelsius;
      case "humidity" -> humidityPercent;
      default -> throw unknown(channel);
    };
  }

  private static IllegalArgumentException unknown(String channel) {
    return new IllegalArgumentException(
        "an SHT31 has the channels temperature and humidity, not " + channel);
  }

  @Override
  public boolean start(boolean reading, long nowNanos) {
    commandBytes = 0;
    next = 0;
    stretchNanos = 0;
    if (!reading || answer.length > 0) {
      return true;
    }
    boolean asked = periodNanos == 0 || command == FETCH;
    if (!asked || readyNanos == NEVER || (nowNanos < readyNanos && !stretching)) {
      return false;
    }
    stretchNanos = Math.max(0, readyNanos - nowNanos);
    answer = measured();
    readyNanos =
        periodNanos == 0
            ? NEVER
            : nowNanos + periodNanos - Math.floorMod(nowNanos - readyNanos, periodNanos);
    return true;
  }

  @Override
  public long stretchNanos(long nowNanos) {
    return stretchNanos;
  }

  @Override
  public boolean write(int value, long nowNanos) {
    command = (command << 8 | value) & 0xFFFF;
    if (++commandBytes == 2) {
      execute(nowNanos);
    }
    return commandBytes <= 2;
  }

  @Override
  public int read(long nowNanos) {
    return next < answer.length ? answer[next++] : 0xFF;
  }

  @Override
  public void stop(long nowNanos) {
    if (next > 0) {
      answer = new int[0];
    }
  }

  private void execute(long nowNanos) {
    answer = new int[0];
    status &= ~STATUS_INVALID_COMMAND;
    switch (command) {
      case 0x2400, 0x240B, 0x2416 -> measureOnce(nowNanos, false);
      case 0x2C06, 0x2C0D, 0x2C10 -> measureOnce(nowNanos, true);
      case 0x2032, 0x2024, 0x202F -> measurePeriodically(nowNanos, 2_000_000_000L);
      case 0x2130, 0x2126, 0x212D -> measurePeriodically(nowNanos, 1_000_000_000L);
      case 0x2236, 0x2220, 0x222B -> measurePeriodically(nowNanos, 500_000_000L);
      case 0x2334, 0x2322, 0x2329 -> measurePeriodically(nowNanos, 250_000_000L);
      case 0x2737, 0x2721, 0x272A -> measurePeriodically(nowNanos, 100_000_000L);
      case FETCH -> {}
      case 0x3093 -> {
        periodNanos = 0;
        readyNanos = NEVER;
      }
      case 0x306D -> status |= STATUS_HEATER;
      case 0x3066 -> status &= ~STATUS_HEATER;
      case 0x3041 -> status &= STATUS_HEATER;
      case 0xF32D -> answer = word(status);
      case 0x30A2 -> reset();
      default -> status |= STATUS_INVALID_COMMAND;
    }
  }

  private void reset() {
    status = STATUS_AFTER_RESET;
    readyNanos = NEVER;
    periodNanos = 0;
  }

  private void measureOnce(long nowNanos, boolean stretches) {
    stretching = stretches;
    periodNanos = 0;
    readyNanos = nowNanos + durationNanos();
  }

  private void measurePeriodically(long nowNanos, long period) {
    stretching = false;
    periodNanos = period;
    readyNanos = nowNanos + durationNanos();
  }

  /// The longest time that a measurement takes, by repeatability (data sheet, table 4).
  private long durationNanos() {
    return switch (command) {
      case 0x2416, 0x2C10, 0x202F, 0x212D, 0x222B, 0x2329, 0x272A -> 4_500_000;
      case 0x240B, 0x2C0D, 0x2024, 0x2126, 0x2220, 0x2322, 0x2721 -> 6_500_000;
      default -> 15_500_000;
    };
  }

  private int[] measured() {
    int temperature = raw((temperatureCelsius + 45) / 175);
    int humidity = raw(humidityPercent / 100);
    int[] first = word(temperature);
    int[] second = word(humidity);
    return new int[] {first[0], first[1], first[2], second[0], second[1], second[2]};
  }

  private static int raw(double share) {
    return (int) Math.round(Math.clamp(share, 0.0, 1.0) * 0xFFFF);
  }

  private static int[] word(int value) {
    return new int[] {value >> 8, value & 0xFF, Crc8.SENSIRION.ofWord(value)};
  }
}
