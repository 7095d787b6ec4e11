package io.plantbus.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.document.Reading;
import io.plantbus.master.plant.AlarmSpec;
import io.plantbus.master.plant.AlarmSpec.Kind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmsDocumentTest {
  private static Reading<PlantFile> read(String tag, String alarms) {
    return PlantFile.parse(
        "plant.yaml",
        """
        lines: { rs485: { rtu: /dev/ttyUSB0 } }
        devices:
          pump: { line: rs485, unit: 2, profile: pump-drive, tags: { %s: { alarms: %s } } }
        """
            .formatted(tag, alarms),
        _ -> null);
  }

  @Test
  void limitsAreWrittenShortOrWithDeadBandAndDelays() {
    PlantFile plant =
        read(
                "current",
                "{ low: 1, high: { limit: 20, dead-band: 2, on-delay: 1s, off-delay: 5s },"
                    + " bad-quality: { on-delay: 3s } }")
            .valueOrThrow();

    assertEquals(
        List.of(
            new AlarmSpec(Kind.LOW, 1, 0, 0, 0),
            new AlarmSpec(Kind.HIGH, 20, 2, 1_000_000_000, 5_000_000_000L),
            AlarmSpec.badQuality(3_000_000_000L, 0)),
        Objects.requireNonNull(plant.plant().tag("pump.current")).alarms());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          current | { high: 5, high-high: 4 }     | alarms.high-high: 'high-high' must be above 'high', which is 5.0; write a greater limit
          current | { higher: 5 }                 | unknown key 'higher'; did you mean 'high'?
          current | { high: { limit: x } }        | 'x' is not a number
          current | { high: { limit: 1, dead-band: -1 } } | is not a number 0..
          run     | { high: 1 }                   | run is no number and has no limits; keep bad-quality
          speed-setpoint | { high: 4000 }         | 4000.0 is out of range
          """)
  void aMistakeIsToldWithItsPlace(String tag, String alarms, String told) {
    String report = read(tag, alarms).report();

    assertTrue(report.startsWith("plant.yaml:3:"), report);
    assertTrue(report.contains(told), report);
  }
}
