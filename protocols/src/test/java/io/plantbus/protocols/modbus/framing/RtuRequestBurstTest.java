package io.plantbus.protocols.modbus.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RtuRequestBurstTest {
  private static final int REQUESTS = 95;
  private static final byte[] REQUEST = {17, 6, 0, 1, 0, 3, 0, 0};
  private static final int ECHOED_BYTES = 159;

  /// Requests, and behind them data to be sent back by another unit together with its answer: more
  /// than the deframer has room for.
  private static byte[] burst() {
    byte[] request = REQUEST.clone();
    Crc16.append(request, 0, 6);
    byte[] echoed = new byte[ECHOED_BYTES];
    echoed[0] = 5;
    echoed[1] = 8;
    Crc16.append(echoed, 0, ECHOED_BYTES - 2);
    int tail = REQUESTS * request.length;
    byte[] burst = new byte[tail + 2 * ECHOED_BYTES];
    for (int i = 0; i < REQUESTS; i++) {
      System.arraycopy(request, 0, burst, i * request.length, request.length);
    }
    System.arraycopy(echoed, 0, burst, tail, ECHOED_BYTES);
    System.arraycopy(echoed, 0, burst, tail + ECHOED_BYTES, ECHOED_BYTES);
    return burst;
  }

  private static String play(byte[] burst, int chunk) {
    RtuRequestDeframer deframer = new RtuRequestDeframer();
    int found = 0;
    for (int at = 0; at < burst.length; ) {
      at += deframer.store(burst, at, Math.min(chunk, burst.length - at));
      while (deframer.next()) {
        found++;
      }
    }
    return found + " requests, then " + (deframer.silence() ? deframer.pduLength() : -1);
  }

  @Test
  void whatIsUnderstoodOfABurstDoesNotDependOnHowItWasCut() {
    byte[] burst = burst();
    for (int chunk : new int[] {1, 7, 256, 1000, 1024, burst.length}) {
      assertEquals(
          REQUESTS + " requests, then " + (ECHOED_BYTES - 3),
          play(burst, chunk),
          "chunks of " + chunk);
    }
  }
}
