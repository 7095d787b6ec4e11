package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

class TcpClientSessionFuzzTest {
  private final Wiring wire = new Wiring();

  @FuzzTest
  void everyTransactionEndsOnceAndOnlyByItsOwnAnswer(byte[] script) {
    long whole = new TcpClientRun(new Script(script), wire, false).play();
    long oneByOne = new TcpClientRun(new Script(script), wire, true).play();
    assertEquals(whole, oneByOne, "the outcomes depend on how the bytes were chunked");
  }
}
