package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;

class TcpServerSessionFuzzTest {
  private final Wiring wire = new Wiring();

  @Covers({Requirement.ANY_BYTES, Requirement.SEGMENTS, Requirement.ANSWERS_IN_ORDER})
  @FuzzTest
  void everyUnitIsExecutedOnceAndAnsweredInItsTurn(byte[] script) {
    long whole = new TcpServerRun(new Script(script), wire, false).play();
    if (Script.isPlayedTwice(script)) {
      long oneByOne = new TcpServerRun(new Script(script), wire, true).play();
      assertEquals(whole, oneByOne, "what is done depends on how the bytes were chunked");
    }
  }
}
