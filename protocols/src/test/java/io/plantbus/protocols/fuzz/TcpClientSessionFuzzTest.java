package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;

class TcpClientSessionFuzzTest {
  private final Wiring wire = new Wiring();

  @Covers({Requirement.ANY_BYTES, Requirement.SEGMENTS, Requirement.TCP_ANSWER_IS_CHECKED})
  @FuzzTest
  void everyTransactionEndsOnceAndOnlyByItsOwnAnswer(byte[] script) {
    long whole = new TcpClientRun(new Script(script), wire, false).play();
    if (Script.isPlayedTwice(script)) {
      long oneByOne = new TcpClientRun(new Script(script), wire, true).play();
      assertEquals(whole, oneByOne, "the outcomes depend on how the bytes were chunked");
    }
  }
}
