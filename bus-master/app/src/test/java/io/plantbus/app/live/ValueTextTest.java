package io.plantbus.app.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.TagValue;
import org.junit.jupiter.api.Test;

class ValueTextTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void numbersHaveTheDigitsThatAPersonCanUse() {
    assertEquals("1.235", ValueText.value(TagValue.of(1.23456)));
    assertEquals("123.46", ValueText.value(TagValue.of(123.456)));
    assertEquals("12345.7", ValueText.value(TagValue.of(12345.67)));
    assertEquals("1.200e-05", ValueText.value(TagValue.of(0.000012)));
    assertEquals("0.000", ValueText.value(TagValue.of(0.0)));
    assertEquals("18446744073709551615", ValueText.value(new TagValue.Whole(-1, true)));
    assertEquals("–", ValueText.value(null));
  }

  @Test
  void unitsAreWrittenAsUsual() {
    assertEquals("°C", ValueText.unit("Cel"));
    assertEquals("m³/h", ValueText.unit("m3/h"));
    assertEquals("pH", ValueText.unit("[pH]"));
    assertEquals("µS/cm", ValueText.unit("uS/cm"));
    assertEquals("kWh", ValueText.unit("kW.h"));
    assertEquals("N·m", ValueText.unit("N.m"));
    assertEquals("", ValueText.unit("1"));
  }

  @Test
  void agesGrowCoarser() {
    assertEquals("–", ValueText.age(-1));
    assertEquals("0.2 s", ValueText.age(SECOND / 5));
    assertEquals("12 s", ValueText.age(12 * SECOND));
    assertEquals("5 min", ValueText.age(300 * SECOND));
    assertEquals("3 h", ValueText.age(3 * 3600 * SECOND));
  }
}
