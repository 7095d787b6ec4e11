package io.plantbus.hal.linux;

/// The pull resistor of a digital line, as the chip provides it.
public enum LineBias {
  /// Whatever it is now.
  AS_IS(0),
  /// No pull resistor.
  NONE(1 << 10),
  /// Towards the supply.
  PULL_UP(1 << 8),
  /// Towards ground.
  PULL_DOWN(1 << 9);

  private final int flag;

  LineBias(int flag) {
    this.flag = flag;
  }

  /// The bit of `gpio_v2_line_flag`.
  int flag() {
    return flag;
  }
}
