package io.plantbus.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What each module may import, checked over the classes of all of them.
class ModuleRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.plantbus");

  private static final String PROTOCOLS = "io.plantbus.protocols..";
  private static final String HAL = "io.plantbus.hal";
  private static final String DEVICES = "io.plantbus.devices..";
  private static final String MASTER = "io.plantbus.master..";
  private static final String SIMULATORS = "io.plantbus.simulators..";
  private static final String JUNIT = "io.plantbus.junit..";
  private static final String FIRMWARE = "io.plantbus.firmware..";
  private static final String[] FOUNDATION = {
    "java..", "org.jspecify..", "com.google.errorprone.annotations.."
  };

  private static ArchRule mayImport(String room, String because, String... others) {
    List<String> allowed = new ArrayList<>(List.of(FOUNDATION));
    allowed.add(room);
    allowed.addAll(List.of(others));
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .because(because)
        .allowEmptyShould(true);
  }

  @Test
  void protocolsKnowTheJdkOnly() {
    mayImport(PROTOCOLS, "protocols know no wire").check(CLASSES);
  }

  @Test
  void thePortsKnowTheJdkOnly() {
    mayImport(HAL, "a port names no vendor").check(CLASSES);
  }

  @Test
  void eachAdapterKnowsThePortsAndItsOwnVendorOnly() {
    String because = "each adapter holds one vendor";
    mayImport("io.plantbus.hal.serial..", because, HAL, "com.fazecast.jSerialComm..", "org.slf4j..")
        .check(CLASSES);
    mayImport("io.plantbus.hal.tcp..", because, HAL, "io.netty..", "javax.net.ssl..", "org.slf4j..")
        .check(CLASSES);
    mayImport("io.plantbus.hal.linux..", because, HAL, "org.slf4j..").check(CLASSES);
    mayImport("io.plantbus.hal.pi4j..", because, HAL, "com.pi4j..", "org.slf4j..").check(CLASSES);
  }

  @Test
  void deviceSlavesKnowProtocolsAndPortsOnly() {
    mayImport(
            DEVICES,
            "a device is on any line",
            PROTOCOLS,
            HAL,
            "org.snakeyaml.engine..",
            "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void simulatorsStandBehindThePortsAndKnowNoMaster() {
    mayImport(
            SIMULATORS,
            "a simulator stands behind the same port as the hardware",
            DEVICES,
            PROTOCOLS,
            HAL,
            "org.hipparchus..",
            "org.junit.jupiter.api..",
            "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void theJunitExtensionServesBenchesOnAdaptersOfItsOwn() {
    mayImport(
            JUNIT,
            "it is a composition root for tests: no master, no app",
            SIMULATORS,
            DEVICES,
            PROTOCOLS,
            HAL,
            "io.plantbus.hal.tcp..",
            "io.plantbus.hal.linux..",
            "io.plantbus.hal.pi4j..",
            "com.pi4j..",
            "org.junit.jupiter.api..",
            "org.junit.platform.commons..",
            "org.opentest4j..",
            "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void pi4jIsNeededOnlyByWhoAsksForIt() {
    noClasses()
        .that()
        .resideInAPackage(JUNIT)
        .and()
        .doNotHaveSimpleName("Pi4jContexts")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.pi4j..", "io.plantbus.hal.pi4j..")
        .because("users of the extension need not have Pi4J")
        .check(CLASSES);
  }

  @Test
  void nothingOfTheProductNeedsTheJunitExtension() {
    noClasses()
        .that()
        .resideOutsideOfPackage(JUNIT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(JUNIT)
        .because("the extension is for tests")
        .check(CLASSES);
  }

  @Test
  void theFirmwareBridgeKnowsDevicesProtocolsAndPortsOnly() {
    mayImport(FIRMWARE, "firmware is a device", DEVICES, PROTOCOLS, HAL, "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void theMasterKnowsNeitherVendorsNorSimulators() {
    mayImport(MASTER, "the master runs over any ports", DEVICES, PROTOCOLS, HAL, "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void onlyTheAppAndTheJunitExtensionChooseAdapters() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.plantbus.app..", "io.plantbus.benchmarks..", JUNIT, "io.plantbus.hal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plantbus.hal.serial..",
            "io.plantbus.hal.tcp..",
            "io.plantbus.hal.linux..",
            "io.plantbus.hal.pi4j..",
            "io.plantbus.app..")
        .because("only a composition root chooses")
        .check(CLASSES);
  }

  @Test
  void onlyTheEdgeReadsAClock() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.plantbus.hal..", "io.plantbus.app..", "io.plantbus.benchmarks..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .because("time is an argument; only the edge reads a clock")
        .check(CLASSES);
  }

  @Test
  void packagesOfARoomDoNotImportEachOtherInCircles() {
    for (String room : List.of("protocols", "devices", "simulators", "junit", "master", "app")) {
      SlicesRuleDefinition.slices()
          .matching("io.plantbus." + room + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package that is imported does not import back")
          .check(CLASSES);
    }
  }
}
