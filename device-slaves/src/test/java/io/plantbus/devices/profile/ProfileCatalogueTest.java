package io.plantbus.devices.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagEncoding;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Reading;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCatalogueTest {
  private static final String PUMP =
      """
      name: %s
      deviceResources:
        - name: x
          attributes: {startingAddress: hr0}
          properties: {valueType: Int16, readWrite: R}
      """;

  private final ProfileReader reader = new ProfileReader(new DocumentReader(_ -> null));

  @Test
  void sixteenProfilesAreBuiltInWithoutAWarning() throws IOException {
    assertEquals(16, ProfileCatalogue.builtIn().names().size());
    for (String name : ProfileCatalogue.builtIn().names()) {
      Path file =
          Path.of("src/main/resources/io/plantbus/devices/profile/catalogue", name + ".yaml");
      assertEquals("", reader.parse(name, Files.readString(file)).report());
    }
  }

  @Test
  void theBuiltInProfilesHaveEveryTableAndOrderAndManyTypes() {
    Set<RegisterOrder> orders = EnumSet.noneOf(RegisterOrder.class);
    Set<DataType> types = EnumSet.noneOf(DataType.class);
    for (DeviceProfile profile : ProfileCatalogue.builtIn().profiles()) {
      for (DeviceResource resource : profile.resources()) {
        if (resource.point() instanceof Point.Modbus point) {
          orders.add(point.encoding().order());
          types.add(point.encoding().type());
        }
      }
    }
    assertEquals(EnumSet.allOf(RegisterOrder.class), orders);
    assertEquals(EnumSet.complementOf(EnumSet.of(DataType.INT64, DataType.BCD16)), types);
  }

  @Test
  void everyInitialValueFitsItsRegisters() {
    for (DeviceProfile profile : ProfileCatalogue.builtIn().profiles()) {
      for (DeviceResource resource : profile.resources()) {
        TagValue initial = resource.initial();
        if (initial != null && resource.point() instanceof Point.Modbus point) {
          TagEncoding encoded =
              point.table().isBits()
                  ? TagCodec.encodeCoil(initial)
                  : TagCodec.encode(point.encoding(), initial);
          assertFalse(
              encoded instanceof TagEncoding.Misfit,
              () -> profile.name() + " " + resource.name() + " " + encoded);
        }
      }
    }
  }

  @Test
  void aProfileOfTheUserTakesPrecedence(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.yaml"), PUMP.formatted("pump-drive"));
    Files.writeString(folder.resolve("b.yml"), PUMP.formatted("my-pump"));
    Files.writeString(folder.resolve("notes.txt"), "not a profile");

    ProfileCatalogue catalogue = ProfileCatalogue.builtIn().with(folder, reader).valueOrThrow();

    DeviceProfile pump = catalogue.find("pump-drive");
    assertNotNull(pump);
    assertEquals(1, pump.resources().size());
    assertNotNull(catalogue.find("my-pump"));
    assertNotNull(catalogue.find("flow-meter"));
  }

  @Test
  void problemsOfAllFilesAreToldTogether(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.yaml"), PUMP.formatted("same"));
    Files.writeString(folder.resolve("b.yaml"), PUMP.formatted("same"));
    Files.writeString(folder.resolve("c.yaml"), "nmae: x\n" + PUMP.formatted("c"));

    Reading<ProfileCatalogue> reading = ProfileCatalogue.builtIn().with(folder, reader);

    assertNull(reading.value());
    assertEquals(
        List.of(
            folder.resolve("b.yaml")
                + ": name: the profile 'same' is in a.yaml too; give one of them another name",
            folder.resolve("c.yaml") + ":1:1: nmae: unknown key 'nmae'; did you mean 'name'?"),
        reading.report().lines().toList());
  }

  @Test
  void aFolderThatIsNotThereIsTold(@TempDir Path folder) {
    Path missing = folder.resolve("profiles");
    assertEquals(
        missing + ": there is no such file; check its name",
        ProfileCatalogue.builtIn().with(missing, reader).report());
  }

  @Test
  void anUnknownNameIsToldWithTheNearestOne() {
    Problems problems = new Problems();
    new DocumentReader(_ -> null)
        .parse(
            "plant.yaml",
            "flow-metre",
            (node, _) -> {
              assertNull(ProfileCatalogue.builtIn().find("flow-metre", node, problems));
              return node;
            });
    assertEquals(
        "[plant.yaml:1:1: there is no profile 'flow-metre'; did you mean 'flow-meter'?]",
        problems.list().toString());
  }
}
