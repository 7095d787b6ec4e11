package io.plantbus.devices.i2c;

import java.util.Locale;

/// What the multiplexer of an ADS1115 connects to its converter: an input against ground, or the
/// difference of two (data sheet, config register, MUX).
public enum Ads1115Input {
  /// Input 0 against input 1.
  AIN0_AIN1(0),
  /// Input 0 against input 3.
  AIN0_AIN3(1),
  /// Input 1 against input 3.
  AIN1_AIN3(2),
  /// Input 2 against input 3.
  AIN2_AIN3(3),
  /// Input 0 against ground.
  AIN0(4),
  /// Input 1 against ground.
  AIN1(5),
  /// Input 2 against ground.
  AIN2(6),
  /// Input 3 against ground.
  AIN3(7);

  private final int code;

  Ads1115Input(int code) {
    this.code = code;
  }

  /// The name in profiles, such as `ain0` or `ain0-ain1`.
  public String channel() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The code of the MUX field, 0..7.
  int code() {
    return code;
  }
}
