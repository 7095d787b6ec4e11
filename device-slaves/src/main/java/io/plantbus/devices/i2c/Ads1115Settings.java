package io.plantbus.devices.i2c;

import java.util.List;

/// How an ADS1115 converts (data sheet, config register, PGA and DR).
///
/// @param fullScaleVolts 6.144, 4.096, 2.048, 1.024, 0.512 or 0.256; no input may exceed the supply
///   in any case
/// @param samplesPerSecond 8, 16, 32, 64, 128, 250, 475 or 860; slower is quieter
public record Ads1115Settings(double fullScaleVolts, int samplesPerSecond) {
  private static final List<Double> FULL_SCALES = List.of(6.144, 4.096, 2.048, 1.024, 0.512, 0.256);
  private static final List<Integer> RATES = List.of(8, 16, 32, 64, 128, 250, 475, 860);

  /// What the chip does after power-up: ±2.048 V, 128 samples/s.
  public static final Ads1115Settings DEFAULT = new Ads1115Settings(2.048, 128);

  public Ads1115Settings {
    if (!FULL_SCALES.contains(fullScaleVolts)) {
      throw new IllegalArgumentException(
          "full scale must be one of " + FULL_SCALES + " volts, was " + fullScaleVolts);
    }
    if (!RATES.contains(samplesPerSecond)) {
      throw new IllegalArgumentException(
          "samples per second must be one of " + RATES + ", was " + samplesPerSecond);
    }
  }

  /// The config register that starts a single conversion, comparator off.
  int config(Ads1115Input input) {
    int gain = FULL_SCALES.indexOf(fullScaleVolts);
    int rate = RATES.indexOf(samplesPerSecond);
    return 0x8000 | (input.code() << 12) | (gain << 9) | 0x0100 | (rate << 5) | 0x0003;
  }

  /// The longest conversion: the rate may be 10 % low, and waking takes some 25 µs.
  long conversionNanos() {
    return 1_100_000_000L / samplesPerSecond + 50_000;
  }
}
