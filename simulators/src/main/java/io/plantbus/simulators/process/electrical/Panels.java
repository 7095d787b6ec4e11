package io.plantbus.simulators.process.electrical;

/// A string of solar panels: I = G·Isc·(1 - e^((V - Voc) / Vt)), with Voc falling with temperature.
final class Panels {
  /// Voc / Vt; with it the fill factor is about 0.81.
  private static final double SHARPNESS = 20;

  private static final double VOLTAGE_PER_KELVIN = -0.003;
  private static final double STANDARD_CELSIUS = 25;

  /// Panels are this much warmer than the air in full light.
  private static final double WARMER_KELVIN = 30;

  private final double openVolts;
  private final double shortAmperes;

  /// @param peakWatts in full light at 25 °C, above 0
  /// @param openVolts in full light at 25 °C, above 0
  Panels(double peakWatts, double openVolts) {
    this.openVolts = openVolts;
    this.shortAmperes = peakWatts / unitPeak(openVolts);
  }

  private static double unitPeak(double open) {
    double best = 0;
    for (int i = 1; i < 1_000; i++) {
      double volts = open * i / 1_000;
      best = Math.max(best, volts * (1 - Math.exp((volts - open) * SHARPNESS / open)));
    }
    return best;
  }

  /// @param sun share of full light, above 0
  double openVolts(double sun, double airCelsius) {
    double celsius = airCelsius + WARMER_KELVIN * sun;
    double warm = 1 + VOLTAGE_PER_KELVIN * (celsius - STANDARD_CELSIUS);
    return openVolts * warm * (1 + Math.log(sun) / SHARPNESS / 2);
  }

  /// Current into that voltage.
  double amperes(double volts, double sun, double airCelsius) {
    double open = openVolts(sun, airCelsius);
    double current = 1 - Math.exp((volts - open) * SHARPNESS / openVolts);
    return Math.max(0, sun * shortAmperes * current);
  }
}
