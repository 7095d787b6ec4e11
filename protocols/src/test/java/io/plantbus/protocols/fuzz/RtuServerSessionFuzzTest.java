package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

class RtuServerSessionFuzzTest {
  private final Wiring wire = new Wiring();

  @FuzzTest
  void onlyWhatWasAskedIsExecutedAndAnswered(byte[] script) {
    long whole = new RtuServerRun(new Script(script), wire, false).play();
    long oneByOne = new RtuServerRun(new Script(script), wire, true).play();
    assertEquals(whole, oneByOne, "what is done depends on how the bytes were chunked");
  }
}
