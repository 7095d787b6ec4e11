package io.plantbus.protocols.modbus.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtuTimingTest {
  @Covers({
    Requirement.INTER_FRAME_SILENCE,
    Requirement.INTER_CHARACTER_GAP,
    Requirement.TIMES_AT_19200,
    Requirement.CHARACTER_TIME
  })
  @ParameterizedTest
  @CsvSource({
    // baud, bits, character, T1.5, T3.5
    "9600, 11, 1145834, 1718750, 4010417",
    "19200, 11, 572917, 859375, 2005209",
    "19200, 10, 520834, 781250, 1822917",
    "1200, 11, 9166667, 13750000, 32083334",
    "300, 12, 40000000, 60000000, 140000000",
  })
  void intervalsAreComputedUpToAndAt19200Baud(
      int baud, int bits, long character, long interCharacter, long interFrame) {
    RtuTiming timing = new RtuTiming(baud, bits);
    assertEquals(character, timing.characterNanos());
    assertEquals(interCharacter, timing.interCharacterNanos());
    assertEquals(interFrame, timing.interFrameNanos());
  }

  @Covers({Requirement.INTER_FRAME_SILENCE, Requirement.INTER_CHARACTER_GAP})
  @ParameterizedTest
  @CsvSource({"19201", "38400", "115200", "4000000"})
  void intervalsAreFixedAbove(int baud) {
    RtuTiming timing = new RtuTiming(baud, 11);
    assertEquals(750_000, timing.interCharacterNanos());
    assertEquals(1_750_000, timing.interFrameNanos());
  }

  @Test
  void impossibleLinesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RtuTiming(0, 11));
    assertThrows(IllegalArgumentException.class, () -> new RtuTiming(9600, 6));
    assertThrows(IllegalArgumentException.class, () -> new RtuTiming(9600, 13));
  }
}
