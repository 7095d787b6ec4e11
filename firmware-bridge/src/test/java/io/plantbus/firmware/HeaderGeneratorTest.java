package io.plantbus.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.devices.profile.ProfileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderGeneratorTest {
  @Test
  void theHeaderOfTheValveActuatorIsThePublishedOne() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("valve-actuator.h")) {
      assertEquals(
          new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8),
          HeaderGenerator.of(builtIn("valve-actuator")));
    }
  }

  @Test
  void theHeadersOfAllModbusProfilesCompileTogether(@TempDir Path folder)
      throws IOException, InterruptedException {
    StringBuilder main = new StringBuilder();
    List<String> uses = new ArrayList<>();
    for (DeviceProfile profile : ProfileCatalogue.builtIn().profiles()) {
      if (profile.bus() == DeviceProfile.Bus.MODBUS) {
        Files.writeString(folder.resolve(profile.name() + ".h"), HeaderGenerator.of(profile));
        main.append("#include \"%s.h\"\n".formatted(profile.name()).repeat(2));
        uses.add(prefix(profile) + "_ALL_POINTS[0].count");
      }
    }
    main.append("int main(void) { return %s; }\n".formatted(String.join(" + ", uses)));

    assertEquals("", compile(folder, main.toString()));
  }

  @Test
  void theConstantsSayWhatTheProfileSays(@TempDir Path folder)
      throws IOException, InterruptedException {
    String header = HeaderGenerator.of(builtIn("pump-drive"));
    assertTrue(header.contains("#define PUMP_DRIVE_SPEED_SETPOINT_SCALE (0.01)\n"), header);
    Files.writeString(folder.resolve("p.h"), header);
    String facts =
        """
        #include "p.h"
        #define FACT(name, expression) typedef char name[(expression) ? 1 : -1]
        FACT(address, PUMP_DRIVE_SPEED_SETPOINT_ADDRESS == 100);
        FACT(table, PUMP_DRIVE_SPEED_SETPOINT_TABLE == PLANTBUS_HOLDING_REGISTERS);
        FACT(mask, PUMP_DRIVE_FAULT_DRY_RUN_MASK == 4);
        FACT(hours, PUMP_DRIVE_RUNNING_HOURS_COUNT == 2);
        FACT(first, PUMP_DRIVE_HOLDING_REGISTERS_FIRST == 100);
        FACT(size, PUMP_DRIVE_INPUT_REGISTERS_SIZE == 8);
        FACT(points, sizeof(PUMP_DRIVE_ALL_POINTS) == 8 * PUMP_DRIVE_NUMBER_OF_POINTS);
        int main(void) { return PUMP_DRIVE_ALL_POINTS[PUMP_DRIVE_INDEX_RUN].flags; }
        """;
    assertEquals("", compile(folder, facts));
    assertTrue(compile(folder, facts.replace("== 100", "== 101")).contains("address"));
  }

  @Test
  void aDescriptionCannotEndTheComment(@TempDir Path folder)
      throws IOException, InterruptedException {
    DeviceProfile profile =
        profile(
            "description: '*/ int x = 1; /* '\n",
            "{name: a, description: \"*/\\n\\\\\", attributes: {startingAddress: hr0},"
                + " properties: {valueType: Int64, readWrite: RW, minimum: -1, scale: -2}}");
    Files.writeString(folder.resolve("p.h"), HeaderGenerator.of(profile));
    assertEquals(
        "",
        compile(folder, "#include \"p.h\"\nint main(void) { return P7_X_ALL_POINTS[0].bits; }"));
  }

  @Test
  void namesThatAreTheSameInCAreRefused() {
    String rest =
        ", attributes: {startingAddress: co0}, properties: {valueType: Bool, readWrite: R}}";
    String second = rest.replace("co0", "co1");
    assertEquals(
        "resources 'a-b' and 'a_b' of profile '7.x' are both A_B in C; rename one",
        refusal(profile("", "{name: a-b" + rest, "{name: a_b" + second)));
    assertEquals(
        "two constants of profile '7.x' are both 7_X_INDEX_A_TABLE in C; rename a resource"
            .replace("7_X", "P7_X"),
        refusal(profile("", "{name: index-a" + rest, "{name: a-table" + second)));
  }

  @Test
  void aProfileWithoutRegisterMapIsRefused() {
    assertEquals(
        "profile 'cabinet-climate' has no register map: 'temperature' lies at sht31 temperature;"
            + " choose a profile of a Modbus device",
        refusal(builtIn("cabinet-climate")));
  }

  private static String refusal(DeviceProfile profile) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> HeaderGenerator.of(profile))
            .getMessage());
  }

  private static DeviceProfile builtIn(String name) {
    return Objects.requireNonNull(ProfileCatalogue.builtIn().find(name));
  }

  private static DeviceProfile profile(String head, String... resources) {
    String text = "name: 7.x\n" + head + "deviceResources: [" + String.join(", ", resources) + "]";
    return new ProfileReader(new DocumentReader(_ -> null)).parse("t.yaml", text).valueOrThrow();
  }

  private static String prefix(DeviceProfile profile) {
    return profile.name().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String compile(Path folder, String main) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "gcc is not installed");
    Files.writeString(folder.resolve("main.c"), main);
    Process gcc =
        new ProcessBuilder(
                "/usr/bin/gcc",
                "-std=c99",
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-fsyntax-only",
                "main.c")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    gcc.waitFor();
    return output;
  }
}
