package io.plantbus.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plantbus.app.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  private static final Path FOLDER = Path.of("../../docs/reference/schema");
  private static final String HEAD =
      """
      lines: {rs485: {rtu: /dev/ttyUSB0}, net: {tcp: "10.0.0.1"}, bus: {i2c: /dev/i2c-1}}
      """;

  @Test
  void thePublishedSchemaOfPlantFilesIsThatOfTheCode() throws IOException {
    assertPublished("plant", PlantFile.schema());
  }

  @Test
  void thePublishedSchemaOfBenchFilesIsThatOfTheCode() throws IOException {
    assertPublished("bench", BenchFile.schema());
  }

  @Test
  void thePublishedSchemaOfScenarioFilesIsThatOfTheCode() throws IOException {
    assertPublished("scenario", ScenarioFile.schema());
  }

  private static void assertPublished(String name, String generated) throws IOException {
    Path file = FOLDER.resolve(name + ".schema.json");
    if (Boolean.getBoolean("plantbus.renew")) {
      Files.writeString(file, generated);
    }
    assertEquals(
        Files.exists(file) ? Files.readString(file) : "",
        generated,
        "renew it with: ./plantbus schema %s > docs/reference/schema/%s.schema.json"
            .formatted(name, name));
  }

  private static boolean schemaTakes(String yaml) {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    Schema schema = registry.getSchema(PlantFile.schema(), InputFormat.JSON);
    return schema.validate(yaml, InputFormat.YAML).isEmpty();
  }

  private static boolean readerTakes(String yaml) {
    return PlantFile.parse("plant.yaml", yaml, _ -> null).value() != null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "devices: {a: {line: rs485, unit: 1, profile: pump-drive}}",
        "devices: {a: {line: rs485, unit: 0x11, tags: {x: 40001}}}",
        "devices: {a: {line: net, unit: 255, tags: {x: {address: holding:1, bits: 3}}}}",
        "devices: {a: {line: bus, address: 0x44, profile: cabinet-climate, poll: 1.5s}}",
        "devices: {}\nx-notes: {anything: [1, 2]}",
        "devices: {}\nplant: 7",
        "devices: {}\nscada: {points: {}}",
        "devices: {a: {line: rs485, unit: 1, profile: pump-drive}}\nsafe-state: {a.run: false}"
      })
  void whatTheReaderTakesTheSchemaTakesToo(String rest) {
    assertTrue(readerTakes(HEAD + rest), PlantFile.parse("p", HEAD + rest, _ -> null).report());
    assertTrue(schemaTakes(HEAD + rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "devices: []",
        "devices: {a: {unit: 1, profile: pump-drive}}",
        "devices: {a: {line: rs485, profile: pump-drive}}",
        "devices: {a: {line: rs485, unit: 256, profile: pump-drive}}",
        "devices: {a: {line: rs485, unit: 1, address: 0x44, profile: pump-drive}}",
        "devices: {a: {line: rs485, unit: 1, profile: pump-drive, pol: 1s}}",
        "devices: {a: {line: rs485, unit: 1, profile: pump-drive, poll: 5}}",
        "devices: {}\nloops: {l: {measure: a.b}}",
        "devices: {}\nscada: {port: 70000, points: {}}",
        "devices: {}\nunknown: 1",
        "plant: p"
      })
  void whatTheSchemaRefusesTheReaderRefusesToo(String rest) {
    assertEquals(false, readerTakes(HEAD + rest));
    assertEquals(false, schemaTakes(HEAD + rest));
  }
}
