package io.plantbus.app.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.app.conformance.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceOfConformanceTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final PublishedFile PAGE = PublishedFile.of("conformance.md");

  @Test
  void everyRequirementHasATestAndEveryTestARequirement() throws IOException {
    assertEquals(List.of(), Ledger.read(ROOT).faults());
  }

  @Test
  void theRequirementsAreListedWithTheirTests() throws IOException {
    Ledger ledger = Ledger.read(ROOT);
    PAGE.mustHold("summary", ledger.summary());
    PAGE.mustHold("requirements", ledger.table());
  }
}
