package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;

class RtuClientSessionFuzzTest {
  private final SerialWire wire = new SerialWire(false);

  @Covers({
    Requirement.ANY_BYTES,
    Requirement.SERIAL_CHUNKING,
    Requirement.SERIAL_ANSWER_IS_CHECKED
  })
  @FuzzTest
  void everyTransactionEndsOnceAndOnlyByItsOwnAnswer(byte[] script) {
    long whole = new SerialClientRun(new Script(script), wire, false).play();
    if (Script.isPlayedTwice(script)) {
      long oneByOne = new SerialClientRun(new Script(script), wire, true).play();
      assertEquals(whole, oneByOne, "the outcomes depend on how the bytes were chunked");
    }
  }
}
