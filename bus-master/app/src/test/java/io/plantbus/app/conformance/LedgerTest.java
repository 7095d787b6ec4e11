package io.plantbus.app.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final RequirementRow ROW =
      new RequirementRow(1, Requirement.LAST_ADDRESS, "AP 4.4", "mandatory", "", "It is legal.");

  private static CoveringMethod method(boolean isTest) {
    return new CoveringMethod("protocols", "SomeTest", "works", isTest, List.of("LAST_ADDRESS"));
  }

  private static List<String> faults(List<RequirementRow> rows, List<CoveringMethod> methods) {
    return new Ledger(rows, methods).faults();
  }

  @Test
  void aRowWithoutATestIsAFault() {
    String fault = "1 LAST_ADDRESS has no test";
    assertTrue(faults(List.of(ROW), List.of()).contains(fault));
    assertFalse(faults(List.of(ROW), List.of(method(true))).contains(fault));
  }

  @Test
  void aRequirementWithoutARowIsAFault() {
    assertTrue(faults(List.of(ROW), List.of()).contains("SEGMENTS has no row in requirements.txt"));
  }

  @Test
  void aMethodThatIsNoTestShowsNothing() {
    String fault = "protocols: SomeTest#works names requirements and is no test";
    assertTrue(faults(List.of(ROW), List.of(method(false))).contains(fault));
    assertFalse(faults(List.of(ROW), List.of(method(true))).contains(fault));
  }

  @Test
  void aPolicyTellsItsSettingAndANumberIsGivenOnce() {
    RequirementRow silent =
        new RequirementRow(1, Requirement.SEGMENTS, "MB", "policy", "", "Any split.");
    List<String> faults = faults(List.of(ROW, silent), List.of());
    assertTrue(faults.contains("1 SEGMENTS has no disposition or lacks its reason"));
    assertTrue(faults.contains("1 SEGMENTS stands twice in requirements.txt"));
  }
}
