package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;

class RtuServerSessionFuzzTest {
  private final SerialWire wire = new SerialWire(false);

  @Covers({Requirement.ANY_BYTES, Requirement.SERIAL_CHUNKING})
  @FuzzTest
  void onlyWhatWasAskedIsExecutedAndAnswered(byte[] script) {
    long whole = new SerialServerRun(new Script(script), wire, false).play();
    if (Script.isPlayedTwice(script)) {
      long oneByOne = new SerialServerRun(new Script(script), wire, true).play();
      assertEquals(whole, oneByOne, "what is done depends on how the bytes were chunked");
    }
  }
}
