package io.plantbus.simulators.i2c;

/// The times of a bus at one clock frequency, in nanoseconds: the minima of UM10204, table 10, for
/// the slowest mode that allows the frequency, and the rest of each clock period as its high phase.
///
/// ```
///        ┌ lead ┬ tHD;STA ┐      tLOW   high              tLOW   tSU;STA tHD;STA       tLOW tSU;STO rest
///  SDA ──────────┐        │    ╱─────────────╲                   ╱───────┐                      ╱─────
///  SCL ───────────────────┐__________╱──────────┐ …  ┐____________╱──────────────┐ …  ┐__________╱─────────
///       └── one period ───┘└── one period ──────┘    └── one period and extra ───┘    └── one period ──┘
/// ```
///
/// A repeated START may need more than a period; a transfer with one gives its START that much
/// less. So a transfer takes a period for each START, repeated START and STOP and nine for each
/// byte.
///
/// @param period of SCL
/// @param low how long a controller holds SCL low
/// @param high how long it leaves SCL high
/// @param data from the falling edge of SCL to a change of SDA, tHD;DAT
/// @param startSetup from SCL high to a repeated START, tSU;STA
/// @param startHold from a START to SCL low, tHD;STA
/// @param stopSetup from SCL high to a STOP, tSU;STO
/// @param free between a STOP and the next START, tBUF
record BusTiming(
    int period,
    int low,
    int high,
    int data,
    int startSetup,
    int startHold,
    int stopSetup,
    int free) {
  private static final int DATA_HOLD = 300;

  /// The times at a frequency.
  ///
  /// @param clockHertz 1,000..5,000,000; above 1 MHz the proportions are those of 1 MHz
  static BusTiming at(int clockHertz) {
    int period = 1_000_000_000 / clockHertz;
    if (clockHertz <= 100_000) {
      return of(period, 4_700, 4_700, 4_000, 4_700);
    }
    if (clockHertz <= 400_000) {
      return of(period, 1_300, 600, 600, 1_300);
    }
    if (clockHertz <= 1_000_000) {
      return of(period, 500, 260, 260, 500);
    }
    return of(period, period / 2, period * 26 / 100, period * 26 / 100, period / 2);
  }

  private static BusTiming of(int period, int leastLow, int startSetup, int hold, int free) {
    int low = Math.max(leastLow, period * 47 / 100);
    int data = Math.min(DATA_HOLD, low / 4);
    return new BusTiming(period, low, period - low, data, startSetup, hold, hold, free);
  }

  /// By how much a repeated START is longer than a period.
  int extra() {
    return Math.max(0, low + startSetup + startHold - period);
  }

  /// From the begin of a transfer to its START.
  ///
  /// @param repeats whether it will have a repeated START
  int lead(boolean repeats) {
    return period - startHold - (repeats ? extra() : 0);
  }

  /// From SCL high to the repeated START, so that it takes at least a period.
  int repeatSetup() {
    return Math.max(startSetup, period - low - startHold);
  }

  /// What is left of the period of a STOP after it.
  int rest() {
    return period - low - stopSetup;
  }
}
