package io.plantbus.app.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plantbus.app.config.BenchFile;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.wiring.PlantBench;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ExamplesTest {
  private static final Path EXAMPLES = PublishedFile.DOCS.resolve("examples");

  private static <T> T right(Reading<T> reading) {
    assertEquals(List.of(), reading.problems());
    return reading.valueOrThrow();
  }

  @Test
  void thePlantIsRightAndCanBeSimulated() {
    PlantFile plant = right(PlantFile.read(EXAMPLES.resolve("plant.yaml"), _ -> null));
    assertEquals(3, PlantBench.of(plant.plant()).lines().size());
  }

  @Test
  void theBenchHasTheLinesOfThePlant() {
    var bench = right(BenchFile.read(EXAMPLES.resolve("bench.yaml"), null, _ -> null));
    var plant = right(PlantFile.read(EXAMPLES.resolve("plant.yaml"), _ -> null)).plant();
    assertEquals(
        plant.lines().stream().map(line -> line.name()).toList(),
        bench.lines().stream().map(line -> line.name()).toList());
  }

  @Test
  void theProfilesAreRight() throws IOException {
    ProfileReader reader = new ProfileReader(new DocumentReader(_ -> null));
    try (Stream<Path> files = Files.list(EXAMPLES.resolve("profiles"))) {
      List<String> names = files.map(file -> right(reader.read(file)).name()).toList();
      assertEquals(List.of("room-sensor"), names);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plant.yaml, plant",
    "bench.yaml, bench",
    "every-function.yaml, bench",
    "secure-bench.yaml, bench",
    "process-bench.yaml, bench",
    "junit-project/src/test/resources/com/example/level/bench.yaml, bench",
    "acceptance.yaml, scenario",
    "profiles/my-profile.yaml, profile",
  })
  void theSchemasTakeTheExamples(String example, String schema) throws IOException {
    Path published = PublishedFile.DOCS.resolve("reference/schema/" + schema + ".schema.json");
    assertEquals(
        List.of(),
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(published), InputFormat.JSON)
            .validate(withoutAliases(EXAMPLES.resolve(example)), InputFormat.YAML));
  }

  /// As editors see it; the validator knows no aliases.
  private static String withoutAliases(Path file) throws IOException {
    Object document =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return new Dump(DumpSettings.builder().setDereferenceAliases(true).build())
        .dumpToString(document);
  }
}
