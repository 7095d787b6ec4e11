package io.plantbus.app.reference;

import static io.plantbus.app.reference.PublishedFile.code;

import io.plantbus.app.config.BenchFile;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.scenario.ScenarioFile;
import io.plantbus.devices.Quality;
import io.plantbus.devices.document.type.JsonSchema;
import io.plantbus.devices.document.type.MarkdownReference;
import io.plantbus.devices.i2c.I2cDrivers;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.devices.profile.ProfileReader;
import io.plantbus.devices.profile.ProfileSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
  private static final String PROFILE_SCHEMA = "urn:plantbus:schema:profile";
  private static final Path SOURCES = Path.of("src/test/java/io/plantbus/app/reference");

  @Test
  void thePlantFilePageListsTheKeysThatAreRead() throws IOException {
    PublishedFile.of("reference/plant-file.md").mustHold("keys", PlantFile.reference("###"));
  }

  @Test
  void theBenchFilePageListsTheKeysThatAreRead() throws IOException {
    PublishedFile.of("reference/bench-file.md").mustHold("keys", BenchFile.reference("###"));
  }

  @Test
  void theScenarioFilePageListsTheKeysThatAreRead() throws IOException {
    PublishedFile.of("reference/scenario-file.md").mustHold("keys", ScenarioFile.reference("###"));
  }

  @Test
  void theProfilePageListsTheKeysThatAreRead() throws IOException {
    PublishedFile.of("reference/device-profiles.md")
        .mustHold("keys", MarkdownReference.of(ProfileReader.type(), "###"));
  }

  @Test
  void theSchemaOfProfilesIsThatOfTheCode() throws IOException {
    PublishedFile.of("reference/schema/profile.schema.json")
        .mustBe(JsonSchema.of(PROFILE_SCHEMA, ProfileReader.type()));
  }

  @Test
  void theBuiltInProfilesAreListedWithTheirResources() throws IOException {
    StringBuilder text = new StringBuilder();
    for (DeviceProfile profile : ProfileCatalogue.builtIn().profiles()) {
      text.append(ProfileSummary.of(profile, "##")).append('\n');
    }
    PublishedFile.of("reference/built-in-profiles.md").mustHold("profiles", text.toString());
  }

  @Test
  void theCodesOfQualitiesAreListed() throws IOException {
    StringBuilder text = new StringBuilder("| Quality | OPC UA status code |\n|---|---|\n");
    for (Quality quality : Quality.values()) {
      text.append("| `%s` | `0x%08X` |\n".formatted(quality.symbol(), quality.statusCode()));
    }
    PublishedFile.of("reference/qualities-and-outcomes.md").mustHold("codes", text.toString());
  }

  @Test
  void theDriversOfI2cChipsAreListed() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("| Driver | Channels | Options in the plant file |\n|---|---|---|\n");
    for (I2cDrivers driver : I2cDrivers.values()) {
      text.append(
          "| `%s` | %s | %s |\n"
              .formatted(driver.keyword(), quoted(driver.channels()), quoted(driver.options())));
    }
    PublishedFile.of("reference/device-profiles.md").mustHold("drivers", text.toString());
  }

  private static String quoted(List<String> words) {
    return words.isEmpty() ? "" : "`" + String.join("`, `", words) + "`";
  }

  @ParameterizedTest
  @CsvSource({
    "reference/plant-file.md, examples/plant.yaml",
    "reference/bench-file.md, examples/bench.yaml",
    "reference/scenario-file.md, examples/acceptance.yaml",
    "reference/device-profiles.md, examples/profiles/my-profile.yaml"
  })
  void theExamplesInPagesAreTheFilesThatAreTested(String page, String source) throws IOException {
    PublishedFile.of(page).mustHold("example", code("yaml", PublishedFile.of(source).text()));
  }

  @ParameterizedTest
  @CsvSource({
    "how-to/test-against-simulated-slaves.md, SimulatedPumpTest",
    "how-to/pi4j.md, Pi4jDriverTest"
  })
  void theTestsInPagesAreThoseThatAreRun(String page, String test) throws IOException {
    String source = new PublishedFile(SOURCES.resolve(test + ".java")).text();
    String withoutPackage = source.substring(source.indexOf(";\n") + 2);
    PublishedFile.of(page).mustHold("test", code("java", withoutPackage));
  }

  @Test
  void theGuideToTestingHoldsTheProjectThatIsRun() throws IOException {
    PublishedFile guide = PublishedFile.of("how-to/test-your-own-code.md");
    String project = "examples/junit-project/src/test/";
    guide.mustHold(
        "bench",
        code("yaml", PublishedFile.of(project + "resources/com/example/level/bench.yaml").text()));
    String test = PublishedFile.of(project + "java/com/example/level/LevelKeeperTest.java").text();
    guide.mustHold("test", code("java", test.substring(test.indexOf(";\n") + 2)));
  }
}
