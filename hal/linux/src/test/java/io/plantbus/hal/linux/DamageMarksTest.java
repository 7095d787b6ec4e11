package io.plantbus.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamageMarksTest {
  private final DamageMarks marks = new DamageMarks();

  private String strip(String hex) {
    byte[] input = HexFormat.of().parseHex(hex);
    int kept = marks.strip(input, input.length);
    return HexFormat.of().formatHex(Arrays.copyOf(input, kept));
  }

  @Covers(Requirement.PARITY_DAMAGE)
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "010300ff, 010300, 0",
    "ffff, ff, 0",
    "ffff00ffff, ff00ff, 0",
    "01ff000203, 0103, 1",
    "ff0000, '', 1",
    "ff00ffff00ff, '', 2",
    "ffffff0041ffff, ffff, 1"
  })
  void damagedCharactersAreDroppedAndCounted(String input, String good, int dropped) {
    assertEquals(good, strip(input));
    assertEquals(dropped, marks.dropped());
  }

  @Covers(Requirement.PARITY_DAMAGE)
  @Test
  void whereReadsCutTheInputDoesNotMatter() {
    String whole = "01ffffff004102ff0000ffff03";
    for (int cut = 0; cut <= whole.length(); cut += 2) {
      long before = marks.dropped();
      assertEquals("01ff02ff03", strip(whole.substring(0, cut)) + strip(whole.substring(cut)));
      assertEquals(2, marks.dropped() - before);
    }
  }
}
