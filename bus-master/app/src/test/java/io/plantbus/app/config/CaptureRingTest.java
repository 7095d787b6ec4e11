package io.plantbus.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.document.Reading;
import org.junit.jupiter.api.Test;

class CaptureRingTest {
  private static Reading<PlantFile> plant(String key) {
    return PlantFile.parse(
        "plant.yaml",
        """
        plant: rings
        lines:
          net: {tcp: "10.0.0.1"%s}
        devices:
          a: {line: net, unit: 1, poll: 1s, tags: {x: "holding:2"}}
        """
            .formatted(key),
        _ -> null);
  }

  private static int kept(String key) {
    return plant(key).valueOrThrow().plant().lines().getFirst().captureBytes();
  }

  @Test
  void aLineKeepsAsMuchAsIsWritten() {
    assertEquals(1 << 20, kept(""));
    assertEquals(1 << 16, kept(", capture-ring: 64KiB"));
    assertEquals(1 << 26, kept(", capture-ring: 64MiB"));
    assertEquals(0, kept(", capture-ring: 0"));
  }

  @Test
  void anotherSizeIsRefusedWithWhatToWrite() {
    for (String size : new String[] {"63KiB", "65MiB", "1MB", "lots", "99999MiB"}) {
      String told = plant(", capture-ring: " + size).problems().toString();
      assertTrue(told.contains("write 64KiB to 64MiB, such as 1MiB, or 0"), told);
    }
  }
}
