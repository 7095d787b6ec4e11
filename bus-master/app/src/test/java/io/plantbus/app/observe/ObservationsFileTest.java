package io.plantbus.app.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.observe.RefusedSpan;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationsFileTest {
  private static final DeviceObservations PUMP =
      new DeviceObservations(
          3_000_000,
          9_000_000,
          List.of(new RefusedSpan(DataTable.HOLDING_REGISTERS, new AddressRange(2, 4))),
          Map.of(DataTable.COILS, 16));

  private @TempDir Path folder;

  private ObservationsFile file() {
    return ObservationsFile.beside(folder.resolve("plant.yaml"));
  }

  private static Observations pump(DeviceObservations observed) {
    return new Observations(Map.of("pump", observed));
  }

  @Test
  void whatWasKeptIsReadAgain() throws IOException {
    assertEquals(Observations.NONE, file().read().valueOrThrow());
    assertTrue(file().keep(pump(PUMP)));
    assertEquals(pump(PUMP), file().read().valueOrThrow());
    assertEquals(folder.resolve("plant.observations.json"), file().path());
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing but the file stays behind");
    }
  }

  @Test
  void nothingIsWrittenWhileNothingChanges() throws IOException {
    ObservationsFile file = file();
    file.keep(pump(PUMP));
    assertFalse(file.keep(pump(PUMP)));
    assertFalse(
        file.keep(
            pump(new DeviceObservations(3_100_000, 8_000_000, PUMP.refused(), PUMP.limits()))),
        "a turnaround that varies as usual");
    assertTrue(
        file.keep(
            pump(new DeviceObservations(4_000_000, 9_000_000, PUMP.refused(), PUMP.limits()))));
    assertTrue(
        file.keep(pump(new DeviceObservations(4_000_000, 9_000_000, List.of(), PUMP.limits()))));
  }

  @Test
  void whatIsNoObservationIsToldWithItsPlace() throws IOException {
    Files.writeString(
        file().path(), "{\"version\": 1, \"devices\": {\"pump\": {\"refused\": [\"hold:2\"]}}}");
    var reading = file().read();
    assertNull(reading.value());
    assertTrue(reading.report().contains("observations.json:1:"), reading.report());
    assertTrue(reading.report().contains("'hold' is no table"), reading.report());
  }

  @Test
  void aFileOfALaterVersionIsLeftAlone() throws IOException {
    Files.writeString(file().path(), "{\"version\": 2, \"devices\": {}}");
    assertNull(file().read().value());
  }

  @Test
  void anEmptyOrCutFileIsAProblemAndNoCrash() throws IOException {
    file().keep(pump(PUMP));
    byte[] whole = Files.readAllBytes(file().path());
    for (int length = 0; length < whole.length - 1; length++) {
      Files.write(file().path(), Arrays.copyOf(whole, length));
      assertNull(file().read().value(), "the first " + length + " bytes");
    }
  }
}
