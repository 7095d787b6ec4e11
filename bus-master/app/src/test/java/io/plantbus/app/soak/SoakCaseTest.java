package io.plantbus.app.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoakCaseTest {
  @Test
  void whatIsWrittenReadsAsTheSameCase() {
    BitSet devices = new BitSet();
    devices.set(0, 4);
    devices.set(7);
    BitSet writes = new BitSet();
    writes.set(12);
    SoakCase one =
        new SoakCase(42, 812_000_000_000L, new SoakCase.Without(devices, new BitSet(), writes));
    assertEquals("42/812s/devices=0..3+7/writes=12", one.toString());
    assertEquals(one, SoakCase.parse(one.toString()));
    assertEquals(SoakCase.of(-3, 1_000_000_000L), SoakCase.parse("-3/1s"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "42/",
        "42/s",
        "42/10",
        "x/10s",
        "42/0s",
        "42/10s/devices",
        "42/10s/devices=",
        "42/10s/devices=3..1",
        "42/10s/devices=-1",
        "42/10s/knobs=1",
        "42/10s/faults=0..2000000000",
        "42/9223372036854775807s"
      })
  void whatIsNoCaseIsRefusedWithAnExample(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> SoakCase.parse(text));
    assertTrue(String.valueOf(refused.getMessage()).contains("42/812s/devices=0..3+7"));
  }
}
